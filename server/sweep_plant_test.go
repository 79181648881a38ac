package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// plant puts there what a path leads to: the entity of its last key.
func (s *sweep) plant(v *openapi.Version, op *openapi.Operation, path, tenant string) error {
	target, err := v.Resolve(path, nil)
	if err != nil {
		return err
	}
	last := -1
	for i, segment := range target.Segments {
		if segment.Kind == openapi.FunctionSegment {
			break // what a function returns is not planted
		}
		if segment.Kind == openapi.KeySegment || segment.Kind == openapi.SingleSegment {
			last = i
		}
	}
	if op.Kind == openapi.Create || last < 0 {
		last = lastKey(target.Segments[:max(len(target.Segments)-1, 0)])
	}
	if last < 0 {
		return nil
	}
	seeds := append(s.top(v, target.Segments[:last]), graph.Seed{Version: v, Path: openapi.PathOf(target.Segments[:last+1]), Items: []graph.SeedItem{{JSON: []byte(sweepItem(op, target.Segments[last].Type()))}}})
	if member, ok := sweepMember(v, target.Segments); ok {
		seeds = append(seeds, member)
	}
	if err := s.fake.plant(tenant); err != nil {
		return err
	}
	return s.fake.store.Update(func(tx store.Writer) error { return graph.Plant(tx, tenant, seeds, nil) })
}

// top is the first entity that a path leads through. Where not all operations are
// called none may have planted it, and other sets may have its id.
func (s *sweep) top(v *openapi.Version, segments []openapi.Segment) []graph.Seed {
	i := slices.IndexFunc(segments, func(s openapi.Segment) bool { return s.Kind == openapi.KeySegment })
	if !s.sampled || i < 0 || segments[i].HasArgs() {
		return nil
	}
	return []graph.Seed{{Version: v, Path: openapi.PathOf(segments[:i]), Items: []graph.SeedItem{{ID: segments[i].Text, JSON: []byte(`{"id":"` + segments[i].Text + `"}`)}}}}
}

// sweepMember is what a function that takes one of a collection finds: the first
// member, which has the name or the id that the path asks for.
func sweepMember(v *openapi.Version, segments []openapi.Segment) (graph.Seed, bool) {
	for i, s := range segments {
		if i == 0 || s.Kind != openapi.FunctionSegment {
			continue
		}
		set, args := segments[i-1], s.Args()
		if !set.Collection() || s.Collection() || s.Type() == nil || s.Type() != set.Type() || len(args) != 1 {
			break
		}
		id, item := sweepID("member of "+set.Name), entity.Object{}
		if args[0].Name == "id" {
			id = args[0].Value
		}
		for _, name := range []string{"name", "displayName"} {
			if p := s.Type().Property(name); p != nil && args[0].Quoted {
				item.SetString(name, args[0].Value)
			}
		}
		item.SetString("id", id)
		return graph.Seed{Version: v, Path: openapi.PathOf(segments[:i]), Items: []graph.SeedItem{{ID: id, JSON: item.JSON()}}}, true
	}
	return graph.Seed{}, false
}

// sweepTyped is an empty entity of the type that a change names, where the path
// says too little of it.
func sweepTyped(op *openapi.Operation) string {
	o, err := entity.Members(op.Specimen())
	name, named := o.String("@odata.type")
	if err != nil || !named {
		return "{}"
	}
	return string(entity.Object{{Name: "@odata.type", Value: entity.Quote(nil, name)}}.JSON())
}

// sweepItem is what stands at a path: an empty entity, one of the type that a change
// names, or where bytes are read one of the type that has them in itself.
func sweepItem(op *openapi.Operation, t *openapi.Type) string {
	if op.Kind == openapi.Update || op.Kind == openapi.Replace {
		return sweepTyped(op)
	}
	if op.Kind != openapi.Stream || t == nil {
		return "{}"
	}
	for _, of := range append(t.Derived(), t) {
		if of.Property("contentBytes") != nil {
			return `{"@odata.type":"#` + of.Name + `","contentBytes":"Ynl0ZXM="}`
		}
	}
	return "{}"
}

// fill puts bytes where an operation reads or drops some.
func (s *sweep) fill(v *openapi.Version, op *openapi.Operation, path, tenant string) {
	if op.Kind != openapi.Stream || op.Method != "GET" && op.Method != "DELETE" {
		return
	}
	target, err := v.Resolve(path, nil)
	if err != nil || target.Item.Operation("PUT") == nil {
		return
	}
	put := sweepRequest(v, target.Item.Operation("PUT"), path, tenant, []byte("bytes"))
	s.fake.ServeHTTP(httptest.NewRecorder(), put)
}

// link makes the link of a collection that an operation drops, and names its
// target in the request.
func (s *sweep) link(v *openapi.Version, path, tenant string, r *http.Request) {
	target, err := v.Resolve(strings.TrimSuffix(path, "/$ref"), nil)
	if err != nil || !target.Segments[len(target.Segments)-1].Collection() {
		return
	}
	at, id := openapi.PathOf(target.Segments), sweepID("linked at "+path)
	item := graph.SeedItem{ID: id, JSON: []byte(`{"id":"` + id + `"}`)}
	_ = s.fake.store.Update(func(tx store.Writer) error {
		return graph.Plant(tx, tenant, []graph.Seed{{Version: v, Path: at, Items: []graph.SeedItem{item}}}, nil)
	})
	r.URL.RawQuery = "@id=" + url.QueryEscape("https://graph.microsoft.com/"+v.Name()+at+"/"+id)
}

// plantTarget puts an entity there to which a reference can lead, below another
// owner, from where it is linked already, and names its URL.
func (s *sweep) plantTarget(v *openapi.Version, path, tenant string) (string, error) {
	target, err := v.Resolve(strings.TrimSuffix(path, "/$ref"), nil)
	if err != nil {
		return "", err
	}
	segments := slices.Clone(target.Segments)
	for _, segment := range segments {
		if segment.Kind == openapi.FunctionSegment || segment.HasArgs() {
			return "", nil // what a function returns is not planted
		}
	}
	if last := lastKey(segments); last >= 0 {
		segments[last].Text = sweepID("another owner than at " + path)
	}
	end := segments[len(segments)-1]
	id := sweepID("target of " + path)
	at, item := openapi.PathOf(segments), graph.SeedItem{ID: id, JSON: []byte(`{"id":"` + id + `"}`)}
	err = s.fake.store.Update(func(tx store.Writer) error {
		return graph.Plant(tx, tenant, []graph.Seed{{Version: v, Path: at, Items: []graph.SeedItem{item}}}, nil)
	})
	if end.Kind == openapi.SetSegment {
		at += "/" + id
	}
	return "https://graph.microsoft.com/" + v.Name() + at, err
}

func lastKey(segments []openapi.Segment) int {
	for i, segment := range slices.Backward(segments) {
		if segment.Kind == openapi.KeySegment {
			return i
		}
	}
	return -1
}
