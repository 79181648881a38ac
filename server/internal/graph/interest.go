package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// interest is what a subscription watches, as a walk to its resource.
type interest struct {
	*run
	s    *Subscription
	wild string // the set that is watched wherever it lies below the place; "" for the place itself
}

// wilds are functions that stand for all collections of a name below their own
// (D, graph-behaviour §9.6).
var wilds = map[string]string{"getallmessages": "messages", "getallchannels": "channels", "getallmembers": "members"}

// interested reads a subscription's resource; nil when it is no path that can
// be read.
func (e *Engine) interested(s *Subscription) *interest {
	var version *openapi.Version
	for _, v := range e.Catalogue.Versions() {
		if v.Name() == s.Version {
			version = v
		}
	}
	path, query, _ := strings.Cut(s.Resource, "?")
	if more := strings.TrimPrefix(s.Options, "?"); more != "" {
		query = strings.TrimPrefix(query+"&"+more, "&")
	}
	if version == nil {
		return nil
	}
	c := &call.Call{
		Method: "GET", Origin: "https://graph.microsoft.com", Version: s.Version, Catalogue: version, Tenant: s.Tenant,
		Path: "/" + strings.Trim(path, "/"), RawQuery: query, Principal: s.Owner,
	}
	target, err := version.Resolve(c.Path, make([]openapi.Segment, 0, 8))
	if err != nil {
		return nil
	}
	c.Target, c.Operation = target, target.Item.Operation("GET")
	if c.Operation == nil {
		return nil
	}
	i := &interest{run: &run{Engine: e, Request: Request{Call: c}, op: c.Operation, now: e.Clock.Now()}, s: s}
	i.form.immutable = s.Immutable
	if c.Operation.Kind == openapi.Function {
		name, _, _ := strings.Cut(target.Segments[len(target.Segments)-1].Name, "(")
		i.wild = wilds[strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])]
	}
	return i
}

// find walks to the resource, or says why it is not there.
func (i *interest) find(r store.Reader) *refusal {
	i.reader = r
	if refused := i.locate(); refused != nil {
		return refused
	}
	if i.options.given || i.Call.RawQuery == "" {
		return nil
	}
	if refused := i.readOptionsOf(i.Call.RawQuery); refused != nil {
		return refused
	}
	if len(i.options.expand)+len(i.options.order) > 0 || i.options.top+i.options.skip > 0 {
		return &refusal{err: grapherr.SubscriptionInvalid("The resource of a subscription takes $filter and $select only."), reason: "subscription: " + i.s.Resource}
	}
	return nil
}

// whole reports whether a change of anything below is one of the place: of a
// drive's root, of a list.
func (i *interest) whole() bool {
	if !i.place.found || i.place.typ == nil {
		return false
	}
	name := shortName(i.place.typ.Name)
	return name == "driveItem" || name == "list"
}

// concerns reports whether an event is about what is watched.
func (i *interest) concerns(e *store.Event) bool {
	p := &i.place
	switch {
	case i.wild != "":
		return e.Set.Name == i.wild && i.holds(e.Set)
	case p.ref != nil && !p.found && i.op.Family == openapi.FamilyTeams:
		return e.Nav == "" && e.Set.Parent == p.set.Parent && e.Set.Name == p.set.Name && i.linksTo(p.ref, e.Ordinal)
	case p.ref != nil && !p.found:
		return e.Ordinal == p.ref.owner && e.Nav == p.ref.link
	case i.whole():
		return e.Set == p.set || e.Set.Parent == p.entity.Ordinal
	case p.found:
		return e.Ordinal == p.entity.Ordinal
	case p.key != "":
		return strings.EqualFold(e.ID, p.key) && (e.Set == p.set || isBin(e.Set.Name))
	case isBin(e.Set.Name):
		return e.Kind == store.Deleted && p.set.Parent == 0 && p.typ != nil && e.Type == p.typ.Name
	}
	return e.Set == p.set && (e.JSON == nil || i.sees(p, store.Entity{ID: e.ID, JSON: e.JSON})) && i.matches(eventEntity(e))
}

func eventEntity(e *store.Event) store.Entity {
	return store.Entity{Ordinal: e.Ordinal, Revision: e.Tick, ID: e.ID, Type: e.Type, JSON: e.JSON}
}

// holds reports whether a set lies below the place, at any depth: below one of
// all chats, or of those that a user is in.
func (i *interest) holds(set store.SetKey) bool {
	top := set.Parent
	for set.Parent != 0 {
		home, _, err := i.reader.At(set.Parent)
		if err != nil {
			return false
		}
		top, set = set.Parent, home
	}
	return set.Name == i.place.set.Name && (i.place.ref == nil || i.linksTo(i.place.ref, top))
}

// kindOf is the change type of an event; "" for none. The directory tells of
// what is new, and of what goes to its bin, as updated (D, graph-behaviour
// §9.4), and a change of links is one of the entity.
func (i *interest) kindOf(e *store.Event) string {
	directory := i.op.Family == openapi.FamilyDirectory
	switch {
	case i.whole(), e.Kind == store.Linked, e.Kind == store.Unlinked:
		if e.Nav != "" && (!directory || e.Nav != "members" && e.Nav != "owners") {
			return ""
		}
		return "updated"
	case e.Kind == store.Replaced:
		if isBin(e.Set.Name) {
			return ""
		}
		return "updated"
	case e.Kind == store.Inserted:
		if isBin(e.Set.Name) {
			return ""
		}
		if directory {
			return "updated"
		}
		return "created"
	case e.Kind == store.Left && directory:
		return "updated"
	}
	return "deleted"
}

// Notification is one change as a subscriber is told of it.
type Notification struct {
	Subscription *Subscription
	Tick         uint64
	ChangeType   string
	Resource     string
	Data         []byte // resourceData
	Content      []byte // the resource, for a subscription with resource data; nil when it is gone
}

// notification tells of an event; false when it is none of the subscription's.
func (i *interest) notification(e *store.Event) (n Notification, ok bool) {
	if e.Kind == store.Announced || e.Tick <= i.s.Since || !i.concerns(e) {
		return n, false
	}
	n = Notification{Subscription: i.s, Tick: e.Tick, ChangeType: i.kindOf(e)}
	if n.ChangeType == "" || !i.s.Wants(n.ChangeType) {
		return n, false
	}
	t := i.eventType(e)
	if i.whole() {
		n.Resource = strings.Trim(i.s.Resource, "/")
		n.Data = append(i.openData(t), '}')
		return n, true
	}
	if i.form.immutable && hasImmutableID(t) {
		e = stays(e)
	}
	if n.Resource = i.resourceOf(e.Set, e.ID); n.Resource == "" {
		return n, false
	}
	n.Data = i.data(e, t, n.Resource)
	if i.s.Rich && e.Kind != store.Deleted && e.Kind != store.Left {
		n.Content = i.content(e, t, n.Resource)
	}
	return n, true
}

// stays is an event with the immutable id of its entity.
func stays(e *store.Event) *store.Event {
	kept := *e
	kept.ID = behavior.ImmutableID(e.ID)
	if o, err := entity.Members(e.JSON); err == nil {
		o = o.Clone()
		o.SetString("id", kept.ID)
		kept.JSON = o.JSON()
	}
	return &kept
}

// eventType is the type of the entity that an event is about.
func (i *interest) eventType(e *store.Event) *openapi.Type {
	if t := i.Call.Catalogue.Type(e.Type); e.Type != "" && t != nil {
		return t
	}
	if t := i.homeType(e.Set); t != nil {
		return t
	}
	return i.place.typ
}

// openData begins resourceData with its type, in the capitals that the service
// writes (D, graph-behaviour §9.4).
func (i *interest) openData(t *openapi.Type) []byte {
	b := []byte(`{"@odata.type":"#Microsoft.Graph.`)
	if t == nil {
		return append(b, `Entity"`...)
	}
	return append(append(b, capital(shortName(t.Name))...), '"')
}

func (i *interest) data(e *store.Event, t *openapi.Type, path string) []byte {
	b := entity.Quote(append(i.openData(t), `,"@odata.id":`...), path)
	if rule := i.tagRule(t); rule != nil && e.JSON != nil {
		b = entity.Quote(append(b, `,"@odata.etag":`...), rule.write(eventEntity(e)))
	}
	b = entity.Quote(append(b, `,"id":`...), e.ID)
	if i.op.Family == openapi.FamilyDirectory {
		b = entity.Quote(append(b, `,"organizationId":`...), i.s.Tenant)
	}
	if e.Nav != "" {
		b = i.appendMember(b, e)
	}
	return append(b, '}')
}

// appendMember tells which link came or went.
func (i *interest) appendMember(b []byte, e *store.Event) []byte {
	_, other, err := i.reader.At(e.To)
	if err != nil {
		return b
	}
	b = append(entity.Quote(append(b, ','), e.Nav+"@delta"), `:[{"id":`...)
	b = entity.Quote(b, other.ID)
	if e.Kind == store.Unlinked {
		b = append(b, `,"@removed":"deleted"`...)
	}
	return append(b, "}]"...)
}

// content is the resource as it was after the change.
func (i *interest) content(e *store.Event, t *openapi.Type, path string) []byte {
	b := entity.Quote([]byte(`{"@odata.context":`), i.root()+"/$metadata#"+path+"/$entity")
	s := eventEntity(e)
	return i.closeEntity(append(b, ','), i.computed(s, t), nil)
}

// resourceOf is the path of an entity as notifications write it; "" when what
// contained it is gone. Teams write keys in parentheses (D, graph-behaviour
// §9.4, §9.5).
func (i *interest) resourceOf(set store.SetKey, id string) string {
	if isBin(set.Name) {
		set.Name = i.place.set.Name
	}
	path := i.segmentOf(set, id)
	for set.Parent != 0 {
		home, parent, err := i.reader.At(set.Parent)
		if err != nil {
			return ""
		}
		if i.op.Family == openapi.FamilyOutlook && home.Parent != 0 {
			set = home // the service names the mailbox and the item, no folder
			continue
		}
		path = i.segmentOf(home, parent.ID) + "/" + path
		set = home
	}
	return path
}

func (i *interest) segmentOf(set store.SetKey, id string) string {
	if i.op.Family == openapi.FamilyTeams {
		return set.Name + "('" + id + "')"
	}
	if id == "" {
		return capital(set.Name)
	}
	return capital(set.Name) + "/" + id
}

func capital(name string) string {
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
