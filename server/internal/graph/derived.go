package graph

import (
	"net/url"
	"slices"
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
//     caller under what "on" says, see mine.go: recent(), findByKbNumber(kbNumber=5),
//     filterByCurrentUser(on='principal').
//   - one that returns what the members contain, at up to three levels, lists that
//     of all members: chats/getAllMessages(), teams/getOpenShifts(). So does one of
//     an entity that asks for all of something: classes/{id}/getRecentlyModifiedSubmissions().
//   - count() counts, itemAt(index=…), item(name=…) and others of one name or id
//     take one.

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
	if op.Method != "GET" || op.Kind != openapi.Function || last < 1 || segments[last-1].Type() == nil {
		return underived
	}
	of, name := segments[last-1].Type(), plainName(segments[last].Name)
	if !segments[last-1].Collection() {
		return derivationOfOne(op, of, name)
	}
	returned := op.Response()
	switch t := returned.Type(); {
	case returned.Collection && t == of && answerable(op, of):
		return derivedMembers
	case returned.Collection && t != of && pathTo(of, t) != nil:
		return derivedContained
	case returned.Name == "Edm.Int32" && name == "count":
		return derivedCount
	case !returned.Collection && t == of && takesOne(op):
		return derivedItem
	}
	return underived
}

// derivationOfOne is how the answer of a function of one entity follows.
func derivationOfOne(op *openapi.Operation, of *openapi.Type, name string) derivation {
	t := op.Response().Type()
	if of.Kind == openapi.EntityType && op.Response().Collection && t != of && len(op.Parameters()) == 0 &&
		begins(name, "get", "retrieve") && pathTo(of, t) != nil {
		return derivedContained
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

// takesOne reports whether the one parameter is a position, a name or an id.
func takesOne(op *openapi.Operation) bool {
	p := op.Parameters()
	if len(p) != 1 {
		return false
	}
	return p[0].Name == "index" || p[0].Name == "id" || strings.HasSuffix(strings.ToLower(p[0].Name), "name")
}

// mostLevels is how many levels below an entity a function of it looks.
const mostLevels = 3

// pathTo names the navigations that lead from a type, through what its entities
// contain, to a list of entities of another; nil when none does.
func pathTo(from, to *openapi.Type) []*openapi.Property {
	if to == nil || to.Kind != openapi.EntityType {
		return nil
	}
	ways := [][]*openapi.Property{nil}
	for range mostLevels {
		var longer [][]*openapi.Property
		for _, way := range ways {
			for _, p := range below(from, way).Properties() {
				if !p.Contained || p.Type.Type() == nil {
					continue
				}
				next := append(slices.Clip(way), p)
				if p.Type.Collection && p.Type.Type() == to {
					return next
				}
				longer = append(longer, next)
			}
		}
		ways = longer
	}
	return nil
}

// below is the type at the end of a way.
func below(from *openapi.Type, way []*openapi.Property) *openapi.Type {
	if len(way) == 0 {
		return from
	}
	return way[len(way)-1].Type.Type()
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
		if refused := q.takeContained(); refused != nil {
			return call.Response{}, refused, true
		}
	case derivedMembers:
		q.takeMatching(args)
	}
	response, refused := q.listAs(resultContext(q.op.Response())+q.options.contextList(), q.listItem)
	return response, refused, true
}

// item answers with the member at a position, or of a name or an id.
func (q *run) item(which openapi.Arg) (call.Response, *refusal) {
	if e, found := q.memberBy(which); found {
		return q.entityResponse(q.success(200), e), nil
	}
	q.place.key = which.Value
	return call.Response{}, q.missing(&q.place)
}

// memberBy is the member of the place at a position, or of a name or an id.
func (q *run) memberBy(which openapi.Arg) (store.Entity, bool) {
	n, err := strconv.Atoi(which.Value)
	named := strings.HasSuffix(strings.ToLower(which.Name), "name")
	for e := range q.members() {
		if err == nil && n == 0 && which.Name == "index" || which.Name == "id" && e.ID == which.Value ||
			named && strings.EqualFold(nameOf(e), which.Value) {
			return e, true
		}
		n--
	}
	return store.Entity{}, false
}

// nameOf is what people call an entity.
func nameOf(e store.Entity) string {
	if name := fieldText(e.JSON, "name"); name != "" {
		return name
	}
	return fieldText(e.JSON, "displayName")
}

// takeMatching narrows the place to the members that the arguments ask for.
func (q *run) takeMatching(args []openapi.Arg) {
	if role := q.mine(); role != "" {
		args = []openapi.Arg{{Name: callerParameter, Value: role}}
	}
	if len(args) == 0 {
		return
	}
	list := []store.Entity{}
	for e := range q.members() {
		if q.asksFor(e, args) {
			list = append(list, copied(e))
		}
	}
	q.show(list)
}

// show puts a list in the place of what the path leads to.
func (q *run) show(list []store.Entity) {
	q.place = place{set: q.place.set, typ: q.op.Response().Type(), context: q.place.context, virtual: list}
}

// copied is an entity that stays when others are read.
func copied(e store.Entity) store.Entity {
	e.JSON = append([]byte(nil), e.JSON...)
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

// takeContained puts what the members contain in the place of them.
func (q *run) takeContained() *refusal {
	segments := q.Call.Target.Segments
	at, way := openapi.PathOf(segments[:len(segments)-1]), pathTo(q.place.typ, q.op.Response().Type())
	owners := []string{at}
	if q.place.collection() {
		owners = nil
		for e := range q.members() {
			owners = append(owners, at+"/"+url.PathEscape(e.ID))
		}
	}
	list := []store.Entity{}
	for _, owner := range owners {
		found, refused := q.contained(owner, way)
		if refused != nil {
			return refused
		}
		for _, e := range found {
			list = append(list, copied(e))
		}
	}
	q.show(list)
	return nil
}

// contained are the entities to which a way leads from the path of their owner.
func (q *run) contained(owner string, way []*openapi.Property) (list []store.Entity, refused *refusal) {
	for len(way) > 1 && !way[0].Type.Collection {
		owner, way = owner+"/"+way[0].Name, way[1:]
	}
	at := owner + "/" + way[0].Name
	members, refused := q.membersAt(at)
	if len(way) == 1 || refused != nil {
		return members, refused
	}
	for _, e := range members {
		found, refused := q.contained(at+"/"+url.PathEscape(e.ID), way[1:])
		if refused != nil {
			return nil, refused
		}
		list = append(list, found...)
	}
	return list, nil
}

// membersAt are the members of the collection that a path leads to.
func (q *run) membersAt(path string) (list []store.Entity, refused *refusal) {
	at, refused := q.locateAt(path)
	switch {
	case refused != nil:
		q.asides = append(q.asides, path)
		return nil, refused
	case at.typ == nil:
		return nil, nil
	}
	before := q.place
	q.place = at
	list = slices.Collect(q.members())
	q.place = before
	return list, nil
}

// locateAt walks another path than the call's; to nowhere, when the model has it
// and no path leads there.
func (q *run) locateAt(path string) (place, *refusal) {
	target, err := q.Call.Catalogue.Resolve(path, nil)
	if err != nil {
		return place{}, nil
	}
	return q.locateAlong(target.Segments)
}

// locateAlong is where segments lead to.
func (q *run) locateAlong(segments []openapi.Segment) (place, *refusal) {
	w := walk{run: q, at: place{set: store.SetKey{Tenant: q.Call.Tenant}}}
	for i := range segments {
		if refused := w.step(&segments[i]); refused != nil {
			return place{}, refused
		}
	}
	return w.at, nil
}

// one goes to the entity that a function in the middle of a path takes of a
// collection, as tables/itemAt(index=0)/rows does.
func (w *walk) one(s *openapi.Segment) {
	args := s.Args()
	if !w.at.collection() || s.Collection() || s.Type() == nil || s.Type() != w.at.typ || len(args) != 1 {
		return
	}
	before := w.run.place
	w.run.place = w.at
	if e, found := w.run.memberBy(args[0]); found {
		w.at.entity, w.at.found, w.at.key = e, true, e.ID
	}
	w.run.place = before
}
