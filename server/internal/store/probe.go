package store

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"syscall"
)

// The meta page of a bbolt file, twice at its start, in the byte order of the
// machine that wrote it: a page header of 16 bytes, then magic(4) version(4)
// page size(4) flags(4) root(16) freelist(8) page count(8) transaction(8)
// checksum(8) of all these (bbolt, internal/common/meta.go).
const (
	metaAt        = 16
	metaSummed    = 56
	metaSize      = metaAt + metaSummed + 8
	boltMagic     = 0xED0CDAED
	boltVersion   = 2
	leastPage     = 1 << 10
	largestPage   = 1 << 24
	pageCountAt   = 40
	transactionAt = 48
)

// boltMeta is what probe needs of a meta page.
type boltMeta struct {
	pageSize, pages, transaction uint64
}

// probe looks at a file before bbolt maps it, and returns its size. bbolt
// believes its meta page: where the file ends before the last page, reading
// memory beyond it kills the process, and no recover helps. An empty file is
// a new one.
func probe(f *os.File) (size int64, err error) {
	m, found := readMeta(f)
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if info.IsDir() {
		return 0, &fs.PathError{Op: "open", Path: f.Name(), Err: syscall.EISDIR}
	}
	size = info.Size()
	switch want := m.pages * m.pageSize; {
	case size == 0:
		return 0, nil
	case !found:
		return 0, ErrForeign
	case uint64(size) < want:
		return 0, fmt.Errorf("%w: %d of %d bytes are there", ErrTruncated, size, want)
	}
	return size, nil
}

// readMeta returns the newer of the valid meta pages. The second one is a page
// behind the first, and the page size is in either.
func readMeta(f *os.File) (newest boltMeta, found bool) {
	for at := int64(0); at <= largestPage; {
		var b [metaSize]byte
		if n, _ := f.ReadAt(b[:], at); n < len(b) {
			break
		}
		m, ok := parseMeta(b[:])
		if ok && (!found || m.transaction > newest.transaction) {
			newest, found = m, true
		}
		switch {
		case at == 0 && ok:
			at = int64(m.pageSize)
		case at == 0:
			at = leastPage
		case found:
			return newest, true
		default:
			at *= 2
		}
	}
	return newest, found
}

func parseMeta(b []byte) (boltMeta, bool) {
	b = b[metaAt:]
	e := binary.NativeEndian
	sum := fnv.New64a()
	sum.Write(b[:metaSummed])
	m := boltMeta{
		pageSize:    uint64(e.Uint32(b[8:])),
		pages:       e.Uint64(b[pageCountAt:]),
		transaction: e.Uint64(b[transactionAt:]),
	}
	valid := e.Uint32(b) == boltMagic && e.Uint32(b[4:]) == boltVersion &&
		m.pageSize >= leastPage && m.pageSize <= largestPage && m.pages < 1<<40 &&
		e.Uint64(b[metaSummed:]) == sum.Sum64()
	return m, valid
}
