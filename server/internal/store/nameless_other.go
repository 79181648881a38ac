//go:build !linux

package store

import "os"

func namelessFile() (f *os.File, discard string, err error) { return temporaryFile() }
