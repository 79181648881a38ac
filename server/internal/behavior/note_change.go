package behavior

// Evidence for changes of a page's content ("update page", "error codes"; 2021 to
// 2024):
//   - documented: an array of commands, alone or as the part "Commands" of a form;
//     targets, actions and positions, and which elements take which; the codes. The
//     examples put their texts between single quotes.
//   - assumed (2026-11): elements that want a generated id for replace take a data-id
//     too, since an example replaces a paragraph by one; delete, which only the
//     enumeration names, is for what can be replaced;
//     commands apply in order, each to what the one before left.

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// noteCommand is one change of a page.
type noteCommand struct{ Target, Action, Position, Content string }

// Amend implements [Amender].
func (NotePage) Amend(tx Tx, e *Entity, _, mediaType string, change []byte) *grapherr.Error {
	commands, fault := noteCommands(mediaType, change)
	if fault != nil {
		return fault
	}
	page, _ := tx.Stream(e.Ref, "content")
	edit := noteEdit{page}
	for _, c := range commands {
		if fault := edit.apply(c, e.ID); fault != nil {
			return fault
		}
	}
	if title, ok := titleOf(edit.page); ok {
		e.SetString("title", title)
	}
	e.SetString("lastModifiedDateTime", instant(tx.Now()))
	return tx.SetStream(e.Ref, "content", "text/html", edit.page)
}

// noteCommands reads the commands of a change.
func noteCommands(mediaType string, change []byte) ([]noteCommand, *grapherr.Error) {
	if strings.HasPrefix(strings.ToLower(mediaType), multipartForm) {
		part, err := formPart(mediaType, change, "Commands")
		if err != nil {
			return nil, noteFault("20124", "The multi-part PATCH request has no part \"Commands\".")
		}
		change = part
	}
	var commands []noteCommand
	if json.Unmarshal(change, &commands) != nil && json.Unmarshal(doubleQuoted(change), &commands) != nil {
		return nil, noteFault("20109", "The payload of the PATCH request is not constructed correctly.")
	}
	if len(commands) == 0 {
		return nil, noteFault("20125", "The PATCH request contains no actions.")
	}
	return commands, nil
}

// doubleQuoted is JSON whose texts stand between single quotes in its proper form.
func doubleQuoted(b []byte) []byte {
	var out []byte
	within := byte(0)
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case within != 0 && c == '\\' && i+1 < len(b):
			if i++; b[i] != '\'' {
				out = append(out, c)
			}
			out = append(out, b[i])
			continue
		case within == 0 && (c == '\'' || c == '"'):
			within, c = c, '"'
		case within == c:
			within, c = 0, '"'
		case within == '\'' && c == '"':
			out = append(out, '\\')
		case within != 0 && c == '\n':
			c = ' '
		}
		out = append(out, c)
	}
	return out
}

// noteEdit is a page that commands change one after the other.
type noteEdit struct{ page []byte }

func (d *noteEdit) apply(c noteCommand, id string) *grapherr.Error {
	if c.Target == "title" {
		return d.retitle(c)
	}
	at := d.find(c.Target, id)
	if at == nil {
		return noteFault("20120", "The target '"+c.Target+"' of the PATCH request cannot be located.")
	}
	if fault := takesAction(at, c.Action); fault != nil {
		return fault
	}
	from, to := at.end, at.end
	switch {
	case c.Action == "replace" || c.Action == "delete":
		from = at.start
	case c.Action == "insert" && c.Position == "before":
		from, to = at.start, at.start
	case c.Action == "prepend" || c.Action == "append" && c.Position == "before":
		from, to = at.inside, at.inside
	case c.Action == "append":
		from, to = at.close, at.close
	}
	content := string(withoutIDs([]byte(c.Content)))
	if c.Action == "delete" {
		content = ""
	}
	d.page = []byte(string(d.page[:from]) + content + string(d.page[to:]))
	return nil
}

// find is the element that a target names.
func (d *noteEdit) find(target, id string) *noteElement {
	all := outline(d.page)
	for _, e := range all {
		switch {
		case target == "body" && e.name == "body", strings.HasPrefix(target, "#") && e.dataID == target[1:] && target != "#",
			e.number > 0 && e.generatedID(id) == target:
			return e
		}
	}
	if target == "body" {
		return &noteElement{name: "body", close: len(d.page), end: len(d.page)}
	}
	return nil
}

// takesAction refuses what an element does not take.
func takesAction(e *noteElement, action string) *grapherr.Error {
	switch action {
	case "append", "prepend":
		if !slices.Contains([]string{"body", "div", "ol", "ul"}, e.name) {
			return noteFault("20138", "The element "+e.name+" does not support the append action.")
		}
	case "insert", "replace", "delete":
		if e.number == 0 || e.name == "div" && !e.div {
			return noteFault("20141", "The element "+e.name+" does not support the action "+action+".")
		}
	default:
		return noteFault("20122", "The action '"+action+"' is not supported.")
	}
	return nil
}

// retitle gives a page another title.
func (d *noteEdit) retitle(c noteCommand) *grapherr.Error {
	if c.Action != "replace" {
		return noteFault("20141", "The title does not support the action "+c.Action+".")
	}
	title := "<title>" + html.EscapeString(html.UnescapeString(c.Content)) + "</title>"
	if at := pageTitle.FindIndex(d.page); at != nil {
		d.page = []byte(string(d.page[:at[0]]) + title + string(d.page[at[1]:]))
		return nil
	}
	at := 0
	for _, e := range outline(d.page) {
		if e.name == "head" || e.name == "html" {
			at = e.inside
		}
	}
	d.page = []byte(string(d.page[:at]) + title + string(d.page[at:]))
	return nil
}
