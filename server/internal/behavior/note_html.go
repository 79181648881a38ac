package behavior

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// noteElement is an element of a page, by where it stands in the HTML.
type noteElement struct {
	name   string
	dataID string
	number int // of those that can be changed
	div    bool

	start, inside, close, end int // of the start tag, behind it, of the end tag, behind that
}

// changeable are the elements that have ids of their own (D, "update page").
var changeable = []string{"div", "img", "object", "ol", "ul", "table", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"}

// outline finds the elements of a page, in the order of their beginnings. What is
// no HTML ends it.
func outline(page []byte) []*noteElement {
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var all, open []*noteElement
	n := 0
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		if err != nil {
			return all
		}
		to := int(d.InputOffset())
		switch t := token.(type) {
		case xml.StartElement:
			e := &noteElement{name: strings.ToLower(t.Name.Local), dataID: attribute(t, "data-id"), start: from, inside: to, close: to, end: to,
				div: slices.ContainsFunc(open, func(o *noteElement) bool { return o.name == "div" })}
			if slices.Contains(changeable, e.name) {
				n++
				e.number = n
			}
			all = append(all, e)
			if !slices.Contains(xml.HTMLAutoClose, e.name) {
				open = append(open, e)
			}
		case xml.EndElement:
			open = closed(open, strings.ToLower(t.Name.Local), from, to)
		}
	}
}

// closed ends the innermost open element of a name, and what is open within it.
func closed(open []*noteElement, name string, from, to int) []*noteElement {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].name != name {
			continue
		}
		for _, e := range open[i+1:] {
			e.close, e.end = from, from
		}
		open[i].close, open[i].end = from, to
		return open[:i]
	}
	return open
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}

// generatedID is the id that the service gives an element of a page.
func (e *noteElement) generatedID(page string) string {
	return fmt.Sprintf("%s:{%s}{%d}", e.name, strings.TrimPrefix(page, "1-"), 9+e.number)
}

// withIDs is a page with the ids of what can be changed.
func withIDs(page []byte, id string) []byte {
	return retagged(page, func(e *noteElement) string {
		if e.number == 0 {
			return ""
		}
		return ` id="` + e.generatedID(id) + `"`
	})
}

// withoutIDs is a page without the ids that its author gave.
func withoutIDs(page []byte) []byte { return idAttribute.rest(page) }

// retagged is a page with something more in its start tags.
func retagged(page []byte, more func(*noteElement) string) []byte {
	var b []byte
	from := 0
	for _, e := range outline(page) {
		at := e.start + 1 + len(e.name)
		b = append(append(b, page[from:at]...), more(e)...)
		from = at
	}
	return append(b, page[from:]...)
}

// dropped is an attribute that is taken out of start tags.
type dropped string

const idAttribute dropped = "id"

func (name dropped) rest(page []byte) []byte {
	var b []byte
	from := 0
	for _, e := range outline(page) {
		tag := page[e.start:e.inside]
		if i, n := name.find(tag); n > 0 {
			b = append(b, page[from:e.start+i]...)
			from = e.start + i + n
		}
	}
	return append(b, page[from:]...)
}

// find is where the attribute stands in a start tag, with the blank before it.
func (name dropped) find(tag []byte) (at, length int) {
	for i := 1; i+len(name)+1 < len(tag); i++ {
		if !isBlank(tag[i-1]) || !strings.EqualFold(string(tag[i:i+len(name)]), string(name)) || tag[i+len(name)] != '=' {
			continue
		}
		from := i + len(name) + 1
		quote := tag[from]
		if quote != '"' && quote != '\'' {
			return 0, 0
		}
		if n := bytes.IndexByte(tag[from+1:], quote); n >= 0 {
			return i - 1, from + n + 2 - (i - 1)
		}
	}
	return 0, 0
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
