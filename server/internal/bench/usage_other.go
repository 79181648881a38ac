//go:build !unix

package main

import "time"

// processorTime is not known here; the table leaves the column empty.
func processorTime() time.Duration { return 0 }
