package table

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// Write writes a version as a table. Equal facts give equal bytes. Facts that
// contradict each other are refused, all in one error. Strings that the base has
// are left there: the table opens on that base alone; nil is for one that stands
// by itself. A base has no base of its own.
func Write(w io.Writer, v *facts.Version, base *Table) error {
	data, err := Encode(v, base)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// Encode is [Write] to memory.
func Encode(v *facts.Version, base *Table) ([]byte, error) {
	errs := &problems{}
	w := &writer{facts: v, errs: errs, pool: newPool(errs, base), types: map[string]Ref{}, profiles: map[string]uint32{}}
	w.collectTypes()
	if err := w.failed(); err != nil {
		return nil, err
	}
	w.writeTypes()
	root := w.plant()
	if err := w.failed(); err != nil {
		return nil, err
	}
	w.writeNodes(root)
	data := w.assemble()
	return data, w.failed()
}

// writer is a table under construction.
type writer struct {
	facts    *facts.Version
	errs     *problems
	pool     *pool
	types    map[string]Ref // by qualified name
	names    []string       // by row
	entities uint32
	profiles map[string]uint32

	sections [sections][]byte
}

// failed joins the problems found so far.
func (w *writer) failed() error {
	if len(w.errs.list) == 0 {
		return nil
	}
	list := w.errs.list
	if w.errs.more > 0 {
		list = append(slices.Clip(list), fmt.Errorf("and %d more", w.errs.more))
	}
	return fmt.Errorf("version %s: %w", w.facts.Name, errors.Join(list...))
}

// assemble puts header and sections together.
func (w *writer) assemble() []byte {
	head := [headNumbers]uint32{
		headName: w.pool.string(w.facts.Name), headTitle: w.pool.string(w.facts.Title), headEntityTypes: w.entities,
		headShared: uint32(w.pool.shared),
	}
	w.sections[stringSection], w.sections[recordSection] = w.pool.strings, w.pool.records
	b := appendNumber([]byte(magic), format)
	for _, n := range head {
		b = appendNumber(b, n)
	}
	at := uint32(headerSize)
	for i, s := range w.sections {
		if len(s)/widths[i] > most {
			w.errs.add("section %d has %d records, want %d or fewer", i, len(s)/widths[i], most)
		}
		b, at = appendNumber(b, at), at+uint32(len(s))
	}
	b = appendNumber(b, at)
	for _, s := range w.sections {
		b = append(b, s...)
	}
	return b
}

// add appends to a section.
func (w *writer) add(section int, record []byte) {
	w.sections[section] = append(w.sections[section], record...)
}

// code gives a word its number.
func (w *writer) code(words []string, word, what, where string) uint8 {
	i := slices.Index(words, word)
	if i < 0 {
		w.errs.add("%s: unknown %s %q", where, what, word)
		return 0
	}
	return uint8(i)
}

// ref refers to a type; zero for no name.
func (w *writer) ref(name string, collection bool) Ref {
	r := w.types[name]
	if r != 0 && collection {
		r |= refCollection
	}
	return r
}

// bit is the bit when it is set.
func bit(set bool, bit byte) byte {
	if set {
		return bit
	}
	return 0
}
