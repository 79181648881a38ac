package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"sync"
)

// Notes are a file beside the store's, to which short records are appended without a
// sync: they outlive the process, whatever ends it, but not the machine. What is too
// many pages for each transaction of the store goes there. It is safe for concurrent
// use, by one process at a time: who has the store has it.
type Notes struct {
	mu   sync.Mutex
	path string
	file *os.File
	size int64
	last uint64
	room []byte // for a record
}

// Note is one record.
type Note struct {
	Number uint64 // given by Append; it grows, also across restarts
	Kind   byte
	Tenant string
	Round  uint64 // of the tenant
	Body   []byte // not to be kept by who appends it
}

// markNote is the kind of the record that ends a file which was rewritten: its number
// is the last that was given.
const markNote = 0xff

// notesHead begins the file. Without it, it is another program's.
const notesHead = "fakegraph notes 1\n"

// OpenNotes opens the file and yields its records, oldest first. Whatever follows
// a record that is cut off or damaged is dropped; a file of another program is left
// alone and refused.
func OpenNotes(path string, each func(Note)) (*Notes, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, fileMode)
	if err != nil {
		return nil, fmt.Errorf("notes %s: %w", path, err)
	}
	all, err := io.ReadAll(f)
	if err == nil {
		all, err = headed(f, all)
	}
	n := &Notes{path: path, file: f, size: int64(len(notesHead))}
	for rest := all; err == nil; {
		note, length, ok := readNote(rest)
		if !ok {
			break
		}
		if note.Kind != markNote {
			each(note)
		}
		rest, n.last = rest[length:], note.Number
		n.size += int64(length)
	}
	if err == nil && n.size < int64(len(notesHead)+len(all)) {
		err = f.Truncate(n.size)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("notes %s: %w", path, err)
	}
	return n, nil
}

// headed is what follows the head of a file, which is written where the file is new,
// or was left before it had one.
func headed(f *os.File, all []byte) ([]byte, error) {
	if rest, ok := bytes.CutPrefix(all, []byte(notesHead)); ok {
		return rest, nil
	}
	if !strings.HasPrefix(notesHead, string(all)) {
		return nil, errors.New("not a file of fakegraph's: move it, or name another --data file")
	}
	if err := f.Truncate(0); err != nil {
		return nil, err
	}
	_, err := f.WriteString(notesHead)
	return nil, err
}

// Append adds a record and returns its number.
func (n *Notes) Append(note Note) (uint64, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	note.Number = n.last + 1
	n.room = appendRecord(n.room[:0], &note)
	written, err := n.file.Write(n.room)
	if err != nil {
		_ = n.file.Truncate(n.size) // what follows a part of a record would be lost with it
		return 0, err
	}
	n.size += int64(written)
	n.last = note.Number
	return n.last, nil
}

// Rewrite leaves only some of the records, with the numbers that they have.
func (n *Notes) Rewrite(left []Note) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	b := []byte(notesHead)
	for i := range left {
		b = appendRecord(b, &left[i])
	}
	b = appendRecord(b, &Note{Number: n.last, Kind: markNote})
	fresh, err := os.OpenFile(n.path+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC|os.O_APPEND, fileMode)
	if err != nil {
		return err
	}
	_, err = fresh.Write(b)
	if err == nil {
		err = os.Rename(n.path+".new", n.path)
	}
	if err != nil {
		return errors.Join(err, fresh.Close())
	}
	old := n.file
	n.file, n.size = fresh, int64(len(b))
	return old.Close()
}

// Size is how many bytes the file has.
func (n *Notes) Size() int64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.size
}

// Last is the number of the latest record.
func (n *Notes) Last() uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.last
}

// Close releases the file.
func (n *Notes) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.file.Close()
}

// A record is the length of its content, the content and a checksum of it.

func appendRecord(b []byte, note *Note) []byte {
	const most = 3*binary.MaxVarintLen64 + 1
	content := make([]byte, 0, most+len(note.Tenant)+len(note.Body))
	content = binary.AppendUvarint(content, note.Number)
	content = append(binary.AppendUvarint(content, note.Round), note.Kind)
	content = append(binary.AppendUvarint(content, uint64(len(note.Tenant))), note.Tenant...)
	content = append(content, note.Body...)
	b = append(binary.AppendUvarint(b, uint64(len(content))), content...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(content))
}

// readNote reads the first record and returns its length.
func readNote(b []byte) (note Note, length int, ok bool) {
	size, head := binary.Uvarint(b)
	if head <= 0 || size > uint64(len(b)-head) || len(b)-head-int(size) < crc32.Size {
		return Note{}, 0, false
	}
	content := b[head : head+int(size)]
	length = head + int(size) + crc32.Size
	if binary.BigEndian.Uint32(b[length-crc32.Size:]) != crc32.ChecksumIEEE(content) {
		return Note{}, 0, false
	}
	for _, number := range []*uint64{&note.Number, &note.Round} {
		n, width := binary.Uvarint(content)
		*number, content = n, content[max(0, width):]
	}
	if len(content) == 0 {
		return Note{}, 0, false
	}
	note.Kind, content = content[0], content[1:]
	name, width := binary.Uvarint(content)
	if width <= 0 || name > uint64(len(content)-width) {
		return Note{}, 0, false
	}
	note.Tenant, note.Body = string(content[width:width+int(name)]), content[width+int(name):]
	return note, length, true
}
