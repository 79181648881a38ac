package graph

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// root is the service root as the client addressed it.
func (q *run) root() string { return q.Call.Origin + "/" + q.Call.Catalogue.Name() }

// open begins a JSON object with its context annotation, unless the client
// wants no metadata. The fragment may come in parts.
func (q *run) open(fragment ...string) []byte { return q.openWith(0, fragment...) }

// openWith is open with room for what is to come, so that a long answer is not
// copied again and again as it grows.
func (q *run) openWith(room int, fragment ...string) []byte {
	b := make([]byte, 0, 512+room)
	b = append(b, '{')
	if q.bare() {
		return b
	}
	b = append(b, `"@odata.context":"`...)
	b = append(b, q.Call.Origin...)
	b = append(b, '/')
	b = append(b, q.Call.Catalogue.Name()...)
	b = append(b, "/$metadata#"...)
	for _, part := range fragment {
		b = append(b, part...)
	}
	return append(b, `",`...)
}

func (q *run) json(status int, body []byte) call.Response {
	r := call.Response{Status: status, Body: body, Header: make([]call.Field, 0, 4)}
	r.Header = append(r.Header, call.Field{Name: "Content-Type", Value: q.form.mediaType()})
	return r
}

// entityResponse answers with one entity.
func (q *run) entityResponse(status int, e store.Entity) call.Response {
	e = q.outward(e)
	one := "/$entity"
	if q.place.plain() {
		one = ""
	}
	b := q.openWith(len(e.JSON), q.place.fragment(), q.place.as, q.options.contextList(), one)
	b = q.annotated(q.tip(b), e, q.typeOf(e))
	response := q.json(status, q.closeEntity(b, e, q.unasked(e)))
	if tag := q.tagOf(e); tag != "" {
		response.Set("ETag", tag)
	}
	return response
}

// closeEntity appends the selected members of an entity to an object that is
// open, then the navigations shown unasked and those of $expand, and closes it.
func (q *run) closeEntity(b []byte, e store.Entity, unasked []expansion) []byte {
	b = q.own(b, e, q.keepID())
	if len(q.options.expand) > 0 || len(unasked) > 0 {
		context := q.contextOf(e)
		b = q.expand(q.expand(b, e, unasked, context), e, q.options.expand, context)
	}
	if q.full() {
		b = q.navigations(b, e)
	}
	return b
}

// own appends the members of an entity that are its own and the client wants.
func (q *run) own(b []byte, e store.Entity, keepID bool) []byte {
	start, t := len(b), q.entityType(e)
	e.JSON = q.sealed(e.JSON, t)
	if q.options.selection == nil {
		b = q.seen(b, e)
	} else {
		b = q.options.selection.append(b, e.JSON, t, keepID)
	}
	if q.reshapes(t) || t != nil && q.innerOf(t).in(e.JSON, q.options.selection) {
		b = q.reshape(b, start, t)
	}
	return b
}

// contextOf is the fragment of an entity of the place, as what follows below it
// has it in its own.
func (q *run) contextOf(e store.Entity) string {
	if q.place.single {
		return q.place.context
	}
	return q.place.context + "('" + fragmentEscape(e.ID) + "')"
}

// splice appends the members of a stored object behind an object's open brace
// and annotations.
func splice(b, object []byte) []byte {
	if len(object) <= 2 {
		return closeObject(b)
	}
	return append(b, object[1:]...)
}

func closeObject(b []byte) []byte {
	if b[len(b)-1] == ',' {
		b[len(b)-1] = '}'
		return b
	}
	return append(b, '}')
}

// typeOf is the type to write as @odata.type: a derived one always, and the
// declared one too in the Cloud PC family, whose documented entities carry it
// (graph-behaviour §13.1).
func (q *run) typeOf(e store.Entity) string {
	switch {
	case e.Type != "":
		return q.foreignType(e)
	case q.op.Family == openapi.FamilyCloudPC && q.place.typ != nil:
		return q.place.typ.Name
	}
	return ""
}

// foreignType is an entity's own type, "" where that is what the place holds.
func (q *run) foreignType(e store.Entity) string {
	if t := q.place.narrowest(); t != nil && t.Name == e.Type {
		return ""
	}
	return e.Type
}

// keepID reports whether id comes along with $select without being named:
// everywhere but in the directory (graph-behaviour §2.6), and there with
// properties that another service keeps (D, page of group get).
func (q *run) keepID() bool {
	return q.op.Family != openapi.FamilyDirectory || q.options.selection != nil && q.options.selection.apart
}

// entityURL is the canonical URL of an entity of the addressed collection.
func (q *run) entityURL(id string) string {
	path := q.Call.Path
	if q.op.Kind == openapi.Replace {
		return q.root() + path // made where it was put
	}
	if i := strings.IndexByte(path, '('); i >= 0 && strings.HasSuffix(path, ")") {
		path = path[:i]
	}
	return q.root() + strings.TrimSuffix(path, "/") + "/" + url.PathEscape(id)
}

// listItem appends one member of a collection.
func (q *run) listItem(b []byte, e store.Entity) []byte {
	e = q.outward(e)
	unasked := q.brief(e)
	if q.whole {
		unasked = q.unasked(e)
	}
	return q.closeEntity(q.annotated(append(b, '{'), e, q.foreignType(e)), e, unasked)
}

// appendCount appends a count annotation, which is an Int64 (O, JSON format
// §3.2).
func (q *run) appendCount(b []byte, name string, n int) []byte {
	b = append(entity.Quote(b, name), ':')
	if q.form.quoted {
		return append(entity.Quote(b, strconv.Itoa(n)), ',')
	}
	return append(strconv.AppendInt(b, int64(n), 10), ',')
}

// appendLink appends an annotation whose value is a URL.
func appendLink(b []byte, name, link string) []byte {
	b = append(b, '"')
	b = append(b, name...)
	b = append(b, `":`...)
	return append(entity.Quote(b, link), ',')
}

// fragmentEscape writes a key as it stands between quotes in a context
// fragment: quotes doubled, and all encoded that is not unreserved in a URL, as
// %3D, %40 and %3A are in the examples (graph-behaviour §2.2).
func fragmentEscape(key string) string {
	return strings.ReplaceAll(url.QueryEscape(strings.ReplaceAll(key, "'", "''")), "+", "%20")
}
