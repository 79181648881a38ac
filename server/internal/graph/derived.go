package graph

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Functions of a collection whose answer follows from what the collection has,
// by general rules (assumed, 2026-11, from what their pages say they return):
//   - one that returns entities of the collection's type lists them, those that
//     have the values which its parameters name properties for, or that name the
//     caller under what "on" says: recent(), findByKbNumber(kbNumber=5),
//     filterByCurrentUser(on='principal').
//   - one that returns what the members contain lists that of all members:
//     chats/getAllMessages(), onlineMeetings/getAllRecordings(…).
//   - count() counts, itemAt(index=…) and item(name=…) take one.

// derivation says how an answer follows from a collection.
type derivation uint8

// Values of derivation.
const (
	underived derivation = iota
	derivedMembers
	derivedContained
	derivedCount
	derivedItem
)

// derivationOf is how the answer of an operation on a path follows.
func derivationOf(op *openapi.Operation, segments []openapi.Segment) derivation {
	last := len(segments) - 1
	if op.Method != "GET" || op.Kind != openapi.Function || last < 1 || !segments[last-1].Collection() {
		return underived
	}
	of, returned := segments[last-1].Type(), op.Response()
	switch t := returned.Type(); {
	case of == nil:
	case returned.Collection && t == of && answerable(op, of):
		return derivedMembers
	case returned.Collection && t != of && containedIn(of, t) != "":
		return derivedContained
	case returned.Name == "Edm.Int32" && segments[last].Name == "count":
		return derivedCount
	case !returned.Collection && t == of && takesOne(op):
		return derivedItem
	}
	return underived
}

// answerable reports whether all parameters say what members to take.
func answerable(op *openapi.Operation, t *openapi.Type) bool {
	for _, p := range op.Parameters() {
		if p.Name != callerParameter && t.PropertyFold(p.Name) == nil {
			return false
		}
	}
	return true
}

// callerParameter is the parameter that says as what members name the caller.
const callerParameter = "on"

// takesOne reports whether the one parameter is a position or a name.
func takesOne(op *openapi.Operation) bool {
	p := op.Parameters()
	return len(p) == 1 && (p[0].Name == "index" || p[0].Name == "name")
}

// containedIn is the collection in which a type's entities hold those of another.
func containedIn(t, in *openapi.Type) string {
	for _, p := range t.Properties() {
		if p.Contained && p.Type.Collection && in != nil && p.Type.Type() == in {
			return p.Name
		}
	}
	return ""
}

// derived answers by a general rule; false when there is none for the call.
func (q *run) derived() (call.Response, *refusal, bool) {
	how := derivationOf(q.op, q.Call.Target.Segments)
	if how == underived {
		return call.Response{}, nil, false
	}
	if refused := q.virtual(); refused != nil {
		return call.Response{}, refused, true
	}
	args := q.Call.Target.Segments[len(q.Call.Target.Segments)-1].Args()
	switch how {
	case derivedCount:
		return q.result(behavior.Result{Value: strconv.AppendInt(nil, int64(q.total()), 10)}), nil, true
	case derivedItem:
		response, refused := q.item(args[0])
		return response, refused, true
	case derivedContained:
		q.takeContained()
	case derivedMembers:
		q.takeMatching(args)
	}
	response, refused := q.listAs(resultContext(q.op.Response())+q.options.contextList(), q.listItem)
	return response, refused, true
}

// item answers with the member at a position, or of a name.
func (q *run) item(which openapi.Arg) (call.Response, *refusal) {
	n, err := strconv.Atoi(which.Value)
	for e := range q.members(0) {
		if err == nil && n == 0 && which.Name == "index" || which.Name == "name" && strings.EqualFold(fieldText(e.JSON, "name"), which.Value) {
			return q.entityResponse(q.success(200), e), nil
		}
		n--
	}
	q.place.key = which.Value
	return call.Response{}, q.missing(&q.place)
}

// takeMatching narrows the place to the members that the arguments ask for.
func (q *run) takeMatching(args []openapi.Arg) {
	if len(args) == 0 {
		return
	}
	list := []store.Entity{}
	for e := range q.members(0) {
		if q.asksFor(e, args) {
			list = append(list, placed(e, len(list)))
		}
	}
	q.show(list)
}

// show puts a list in the place of what the path leads to.
func (q *run) show(list []store.Entity) {
	q.place = place{set: q.place.set, typ: q.op.Response().Type(), context: q.place.context, virtual: list}
}

// placed is an entity whose place in a list is its ordinal, see [run.unstored].
func placed(e store.Entity, n int) store.Entity {
	e.JSON = append([]byte(nil), e.JSON...)
	e.Ordinal = store.Ordinal(n + 1)
	return e
}

// asksFor reports whether a member has the values of a function's arguments.
func (q *run) asksFor(e store.Entity, args []openapi.Arg) bool {
	for _, a := range args {
		if a.Name == callerParameter {
			if !q.namesCaller(e, a.Value) {
				return false
			}
			continue
		}
		raw, _ := entity.Field(e.JSON, q.place.typ.PropertyFold(a.Name).Name)
		text, isText := entity.Unquote(raw)
		if !isText {
			text = string(raw)
		}
		if !strings.EqualFold(text, a.Value) {
			return false
		}
	}
	return true
}

// namesCaller reports whether a member names the caller under a role, as
// principalId or principal/id; one that has no such member may.
func (q *run) namesCaller(e store.Entity, role string) bool {
	self, ok := tx{q}.Self()
	raw, has := entity.Field(e.JSON, role+"Id")
	if !has {
		inner, _ := entity.Field(e.JSON, role)
		raw, has = entity.Field(inner, "id")
	}
	id, isText := entity.Unquote(raw)
	return !has || !isText || ok && strings.EqualFold(id, self.ID)
}

// takeContained puts what the members contain in the place of them.
func (q *run) takeContained() {
	name := containedIn(q.place.typ, q.op.Response().Type())
	list := []store.Entity{}
	for owner := range q.members(0) {
		for e := range q.reader.Scan(store.SetKey{Tenant: q.Call.Tenant, Parent: owner.Ordinal, Name: name}, 0) {
			list = append(list, placed(e, len(list)))
		}
	}
	q.show(list)
}
