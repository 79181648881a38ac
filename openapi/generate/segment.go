package main

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// place is what one prefix of a path leads to.
type place struct {
	facts.Segment
	Collection bool   // more than one of Type stands there, sets included
	Owner      string // the type whose property this is; "" for all else
}

// resolver finds what stands at every path. It remembers prefixes, as a walk
// over all paths asks for each of them many times.
type resolver struct {
	schema   *schema
	builders map[string]*builder // by path
	keys     map[string]string   // paths with a key below, to its piece
	places   map[string]*place
}

func newResolver(s *schema, builders []*builder) *resolver {
	r := &resolver{schema: s, builders: map[string]*builder{}, keys: map[string]string{}, places: map[string]*place{}}
	for _, b := range builders {
		path := parseTemplate(b.Template).Path
		r.builders[path] = b
		prefix := ""
		for _, piece := range pieces(path) {
			if strings.HasPrefix(piece, "{") {
				r.keys[prefix] = piece
			}
			prefix += "/" + piece
		}
	}
	return r
}

// segments says what each piece of a path is.
func (r *resolver) segments(path string) []facts.Segment {
	var all []facts.Segment
	for end := 1; end <= len(path); end++ {
		if end == len(path) || path[end] == '/' {
			all = append(all, r.at(path[:end]).Segment)
		}
	}
	return all
}

// at is what a path leads to.
func (r *resolver) at(path string) *place {
	if known := r.places[path]; known != nil {
		return known
	}
	cut := strings.LastIndexByte(path, '/')
	piece := path[cut+1:]
	var p *place
	if cut == 0 {
		p = r.root(path, piece)
	} else {
		p = r.below(r.at(path[:cut]), path, piece)
	}
	if p.Name == "" {
		p.Name = literalName(piece)
	}
	r.places[path] = p
	return p
}

// root is an entity set, a singleton, or a set with an alternate key.
func (r *resolver) root(path, piece string) *place {
	if r.builders[path].isMethod() {
		return r.method(path, piece)
	}
	answer := r.answer(path)
	p := &place{Segment: facts.Segment{Kind: "single", Type: r.declared(literalName(piece))}}
	if strings.Contains(piece, "(") {
		p.Kind = "key"
	} else if answer.Collection || r.keys[path] != "" {
		p.Kind, p.Collection = "set", true
	}
	if p.Type == "" {
		p.Type = answer.Name
	}
	return p
}

// declared is the type that metadata gives to an entity set or singleton.
func (r *resolver) declared(name string) string {
	for _, c := range r.schema.documents {
		if t := c.Declared[name]; t != "" && r.schema.types[t] != nil {
			return t
		}
	}
	return ""
}

// below is what a piece means under something known.
func (r *resolver) below(parent *place, path, piece string) *place {
	switch {
	case piece == "$count":
		return &place{Segment: facts.Segment{Kind: "count", Type: "Edm.Int32"}}
	case piece == "$ref":
		return &place{Segment: facts.Segment{Kind: "ref", Type: parent.Type}, Collection: parent.Collection}
	case piece == "$value":
		return &place{Segment: facts.Segment{Kind: "value", Type: "Edm.Stream"}}
	case strings.HasPrefix(piece, "{"):
		return &place{Segment: facts.Segment{Kind: "key", Name: strings.Trim(piece, "{}"), Type: parent.Type}}
	case r.schema.types[piece] != nil && !r.builders[path].isMethod():
		return &place{Segment: facts.Segment{Kind: "cast", Type: piece}, Collection: parent.Collection}
	case r.builders[path].isMethod():
		return r.method(path, piece)
	case strings.HasSuffix(piece, ")"):
		p := r.member(parent, path, literalName(piece))
		p.Kind, p.Collection = "key", false
		return p
	}
	return r.member(parent, path, piece)
}

// method is an action or a function, told by what may be called there.
func (r *resolver) method(path, piece string) *place {
	b, answer := r.builders[path], r.answer(path)
	p := &place{Segment: facts.Segment{Kind: "function", Type: answer.Name, Collection: answer.Collection}, Collection: answer.Collection}
	if b != nil && b.has("POST") && !b.has("GET") && !strings.HasSuffix(piece, ")") {
		p.Kind = "action"
	}
	return p
}

// member is a property of the type before it. Where the type lacks it, the
// SDK's sentence on the builder names the owner.
func (r *resolver) member(parent *place, path, piece string) *place {
	owner := parent.Type
	known := r.schema.property(owner, piece)
	if known == nil {
		owner = r.builders[path].owner()
		known = r.schema.property(owner, piece)
	}
	if known == nil {
		answer := r.answer(path)
		known = &facts.Property{Type: answer, Navigation: true}
		known.Type.Collection = answer.Collection || r.keys[path] != ""
	}
	p := &place{Segment: facts.Segment{Kind: "property", Type: known.Type.Name, Contained: known.Contained}, Collection: known.Type.Collection, Owner: owner}
	switch {
	case known.Navigation && known.Type.Collection:
		p.Kind = "set"
	case known.Navigation:
		p.Kind = "single"
	default:
		p.Segment.Collection = known.Type.Collection
	}
	return p
}

// answer is what GET, else POST, gives at a path.
func (r *resolver) answer(path string) facts.TypeRef {
	b := r.builders[path]
	for _, method := range []string{"GET", "POST"} {
		if b != nil && b.has(method) {
			return r.schema.ref(b.call(method).Result)
		}
	}
	return facts.TypeRef{}
}

// isMethod tells actions and functions by the SDK's sentence on the builder.
func (b *builder) isMethod() bool {
	return b != nil && strings.HasPrefix(b.About, aboutMethod)
}

// owner is the type whose property a builder is said to manage.
func (b *builder) owner() string {
	if b == nil || !strings.HasPrefix(b.About, aboutMember) {
		return ""
	}
	return qualifiedName.FindString(b.About)
}

func (b *builder) has(method string) bool {
	for i := range b.Calls {
		if b.Calls[i].Method == method {
			return true
		}
	}
	return false
}
