package store

import (
	"os"

	"golang.org/x/sys/unix"
)

// namelessFile makes a file in memory, or a temporary one where the kernel
// refuses (sandboxes without memfd_create).
func namelessFile() (f *os.File, discard string, err error) {
	const name = "fakegraph"
	fd, err := unix.MemfdCreate(name, unix.MFD_CLOEXEC)
	if err != nil {
		return temporaryFile()
	}
	return os.NewFile(uintptr(fd), name), "", nil
}
