package graph

import (
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// The services of Graph set two times of their entities by themselves, under the
// same names everywhere: pages of resources call both read-only, and the examples
// of nearly every create show them although their requests have none (D). A value
// that the client sends stays, for what is brought along from elsewhere (?).
const (
	createdTime  = "createdDateTime"
	modifiedTime = "lastModifiedDateTime"
)

// creatorName is who has made an entity, which services keep as
// they do the time (D: pages of security, education, backup and privacy).
const creatorName = "createdBy"

// creators tell who makes an entity, by the type of the property.
var creators = map[string]func(behavior.Tx) []byte{
	"microsoft.graph.identitySet":  behavior.Actor,
	"microsoft.graph.userIdentity": behavior.ActingUser,
}

// date finds out which of the two entities of a type have, beside those that rules
// speak of.
func (c *conduct) date(t *openapi.Type) {
	spoken := slices.Concat(c.rules.Created, c.rules.Modified, c.rules.Computed)
	for _, name := range []string{createdTime, modifiedTime} {
		p := t.Property(name)
		if p != nil && p.Type.Name == "Edm.DateTimeOffset" && !p.Type.Collection && !slices.Contains(spoken, name) {
			c.dated = append(c.dated, name)
		}
	}
	p := t.Property(creatorName)
	if p != nil && !p.Type.Collection {
		c.signed = creators[p.Type.Name]
	}
}

// dateNew gives a new entity its times, and who has made it.
func (q *run) dateNew(c *conduct, o *entity.Object) {
	for _, name := range c.dated {
		if !o.Has(name) || o.IsNull(name) {
			q.stamp(o, []string{name})
		}
	}
	if c.signed != nil && (!o.Has(creatorName) || o.IsNull(creatorName)) {
		if who := c.signed(tx{q}); len(who) > len("{}") {
			o.Set(creatorName, who)
		}
	}
}

// dateChange gives a changed entity the time of the change.
func (q *run) dateChange(c *conduct, o *entity.Object, change entity.Object) {
	if slices.Contains(c.dated, modifiedTime) && !change.Has(modifiedTime) {
		q.stamp(o, []string{modifiedTime})
	}
}
