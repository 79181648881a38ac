package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
)

// conduct is all that behaviours say of a type: of each hook the nearest one
// among the type and its bases, and everybody's rules.
type conduct struct {
	creator  behavior.Creator
	created  behavior.Created
	brought  behavior.Brought
	again    behavior.Again
	updater  behavior.Updater
	deleter  behavior.Deleter
	returned behavior.Returned
	linker   behavior.Linker
	reader   behavior.Reader
	asked    behavior.Asked
	prefers  behavior.Preferring
	gone     behavior.Remembered
	rules    behavior.Rules

	signed   func(behavior.Tx) []byte // who has made it, as the service says; nil where it does not
	dated    []string                 // times that the service sets though no rule says so
	computed []string                 // what readers see different from what is stored
	untold   bool                     // the reader does not tell what it computes
}

var noConduct conduct

// conductOf is what behaviours say of a type, found once per type.
func (e *Engine) conductOf(t *openapi.Type) *conduct {
	if t == nil {
		return &noConduct
	}
	if known, ok := e.conducts.Load(t); ok {
		return known.(*conduct)
	}
	c := &conduct{}
	for at := t; at != nil; at = at.Base() {
		c.adopt(e.Behaviors.Type(at.Name))
		c.rules = joined(c.rules, e.Behaviors.Rules(at.Name))
	}
	c.tell()
	c.date(t)
	known, _ := e.conducts.LoadOrStore(t, c)
	return known.(*conduct)
}

func (c *conduct) adopt(b any) {
	if h, ok := b.(behavior.Creator); ok && c.creator == nil {
		c.creator = h
	}
	if h, ok := b.(behavior.Created); ok && c.created == nil {
		c.created = h
	}
	if h, ok := b.(behavior.Brought); ok && c.brought == nil {
		c.brought = h
	}
	if h, ok := b.(behavior.Again); ok && c.again == nil {
		c.again = h
	}
	if h, ok := b.(behavior.Updater); ok && c.updater == nil {
		c.updater = h
	}
	if h, ok := b.(behavior.Deleter); ok && c.deleter == nil {
		c.deleter = h
	}
	if h, ok := b.(behavior.Returned); ok && c.returned == nil {
		c.returned = h
	}
	if h, ok := b.(behavior.Linker); ok && c.linker == nil {
		c.linker = h
	}
	if h, ok := b.(behavior.Reader); ok && c.reader == nil {
		c.reader = h
	}
	if h, ok := b.(behavior.Remembered); ok && c.gone == nil {
		c.gone = h
	}
	if h, ok := b.(behavior.Asked); ok && c.asked == nil {
		c.asked = h
	}
	if h, ok := b.(behavior.Preferring); ok && c.prefers == nil {
		c.prefers = h
	}
}

// computes reports whether readers see something else than what is stored.
func (c *conduct) computes() bool {
	return c.reader != nil || len(c.rules.WriteOnly)+len(c.rules.ToldOnce)+len(c.rules.Masked) > 0
}

// computesAny reports whether one of these properties may differ from what is
// stored. A reader that does not tell what it computes may compute any.
func (c *conduct) computesAny(names []string) bool {
	return c.untold || slices.ContainsFunc(names, func(name string) bool { return slices.Contains(c.computed, name) })
}

// tell notes what reading computes.
func (c *conduct) tell() {
	c.computed = slices.Concat(c.rules.WriteOnly, c.rules.ToldOnce, c.rules.Masked)
	if c.reader == nil {
		return
	}
	reader, tells := c.reader.(behavior.Computing)
	if c.untold = !tells; tells {
		c.computed = slices.Concat(c.computed, reader.Computes())
	}
}

// prescribes reports whether rules say what a create or a change may name.
func (c *conduct) prescribes() bool {
	r := &c.rules
	return len(r.Required)+len(r.Defaults)+len(r.Computed)+len(r.Immutable)+len(r.Unique)+len(r.Created)+len(r.Modified) > 0 || r.OwnID != ""
}

// joined is the rules of a type with those of a base.
func joined(own behavior.Rules, base *behavior.Rules) behavior.Rules {
	if base == nil {
		return own
	}
	return behavior.Rules{
		Required:  slices.Concat(own.Required, base.Required),
		Defaults:  slices.Concat(own.Defaults, base.Defaults),
		Completed: slices.Concat(own.Completed, base.Completed),
		Computed:  slices.Concat(own.Computed, base.Computed),
		Immutable: slices.Concat(own.Immutable, base.Immutable),
		Unique:    slices.Concat(own.Unique, base.Unique),
		WriteOnly: slices.Concat(own.WriteOnly, base.WriteOnly),
		ToldOnce:  slices.Concat(own.ToldOnce, base.ToldOnce),
		Masked:    slices.Concat(own.Masked, base.Masked),
		Created:   slices.Concat(own.Created, base.Created),
		Modified:  slices.Concat(own.Modified, base.Modified),
		Shown:     slices.Concat(own.Shown, base.Shown),
		Merged:    slices.Concat(own.Merged, base.Merged),
		Brief:     slices.Concat(own.Brief, base.Brief),
		Replaced:  slices.Concat(own.Replaced, base.Replaced),
		Upserted:  own.Upserted || base.Upserted,
		Patched:   own.Patched || base.Patched,
		Believed:  own.Believed || base.Believed,
		Upserts:   max(own.Upserts, base.Upserts),
		Echoed:    slices.Concat(own.Echoed, base.Echoed),
		Numbered:  slices.Concat(own.Numbered, base.Numbered),
		Waived:    slices.Concat(own.Waived, base.Waived),
		OwnID:     own.OwnID + base.OwnID,
		Refuses:   slices.Concat(own.Refuses, base.Refuses),
	}
}

// special is the behaviour registered for the call's operation by its path; nil
// for nearly all.
func (q *run) special() any {
	if known, ok := q.specials.Load(q.op); ok {
		return known
	}
	template := q.op.Template
	if q.op.Kind == openapi.Count {
		template = strings.TrimSuffix(template, "/$count")
	}
	found := q.Behaviors.Operation(q.op.Method, template)
	if found == nil {
		if k := keepingAt(q.Behaviors, q.Call.Target.Segments); k != nil {
			found = k
		}
	}
	q.specials.Store(q.op, found)
	return found
}

// boundTo is the behaviour of an operation that is bound to a type or one of
// its bases.
func boundTo(set *behavior.Set, t *openapi.Type, collection bool, operation string) any {
	operation = strings.TrimPrefix(operation, "microsoft.graph.")
	for ; t != nil; t = t.Base() {
		if b := set.Bound(t.Name, collection, operation); b != nil {
			return b
		}
	}
	return nil
}
