package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// door is a navigation to entities that the model draws as contained, but that
// live elsewhere: one mailbox holds its messages, and each folder shows some of
// them; one item is reached through /me/drive, /users/{id}/drive and
// /drives/{id} (D, graph-behaviour §14.2, §14.11). A door says where.
type door struct {
	link   string // entities that the owner links to under this name; the first one, when single
	set    string // entities of this set beside the owner's own: below the entity that contains the owner
	root   string // root set of the entities; with where
	by     string // property of the owner that where names; "" for its id
	where  string // path of the member that names the owner; with set, root or own
	own    bool   // entities of the owner's own set
	under  string // property=value: the one of among that shows also what names none of them
	among  string // set beside the door's own whose members where names; "" for that set itself
	below  string // of a single: the member of this set below the owner
	marked string // that has this member, which is not false, or is a text: name=text; with below
	twin   string // root set in which an entity has the owner's id
	via    string // what to go through first, a path from the owner
	tree   bool   // beside its own, those of the same navigation at any depth below the owner
	of     string // with tree: the navigation whose entities are shown, if not its own
	up     bool   // of a single: the nearest entity of its type that the owner lies in
}

// doors are keyed by the type gone through, without its namespace, and the
// navigation; from the service root by the navigation alone.
var doors = map[string]door{
	"/drive":       {via: "me"},
	"user/drive":   {link: "drives"},
	"user/drives":  {link: "drives"},
	"group/drive":  {link: "drives"},
	"group/drives": {link: "drives"},
	"site/drive":   {link: "drives"},
	"site/drives":  {link: "drives"},
	"group/sites":  {link: "sites"},
	"drive/root":   {link: "root"},
	"list/drive":   {link: "drive"},
	"drive/list":   {link: behavior.LibraryList},

	"driveItem/listItem": {link: behavior.ItemEntry},
	"listItem/driveItem": {link: behavior.EntryItem},

	"drive/following": {link: "following"},

	"channel/filesFolder": {link: "filesFolder"},

	"fileStorageContainer/drive": {link: "drive"},

	"roomList/rooms": {link: "rooms"}, // which are places of the tenant, too

	"sharedDriveItem/driveItem": {link: "driveItem"},
	"sharedDriveItem/root":      {link: "root"},
	"sharedDriveItem/items":     {link: "items"},

	"user/managedDevices": {root: "deviceManagement/managedDevices", where: "userId"},
	"user/cloudPCs":       {root: "deviceManagement/virtualEndpoint/cloudPCs", where: "userPrincipalName", by: "userPrincipalName"},

	"user/chats":    {link: "chats"},
	"group/team":    {twin: "teams"},
	"user/presence": {twin: "communications/presences"},

	"driveItem/children":       {own: true, where: "parentReference/id"},
	"drive/special":            {below: "items", marked: "specialFolder"},
	"user/mailFolders":         {below: "mailFolders", where: "parentFolderId", under: "wellKnownName=msgfolderroot"},
	"mailFolder/childFolders":  {own: true, where: "parentFolderId"},
	"mailFolder/messages":      {set: "messages", where: "parentFolderId"},
	"user/contacts":            {below: "contacts", where: "parentFolderId", under: "wellKnownName=contacts", among: "contactFolders"},
	"contactFolder/contacts":   {set: "contacts", where: "parentFolderId"},
	"conversation/threads":     {set: "threads", where: "@fake.conversationId"},
	"calendarGroup/calendars":  {set: "calendars", where: "calendarGroupId", under: "classId=" + behavior.MyCalendars, among: "calendarGroups"},
	"user/calendar":            {below: "calendars", marked: "isDefaultCalendar"},
	"eventMessage/event":       {link: "event"},
	"user/events":              {via: "calendar"},
	"group/events":             {via: "calendar"},
	"team/primaryChannel":      {below: "channels", marked: "displayName=General"},
	"workbookWorksheet/tables": {set: "tables", where: "worksheetId"},
	"plannerPlan/tasks":        {set: "tasks", where: "planId"},
	"plannerPlan/buckets":      {set: "buckets", where: "planId"},
	"plannerBucket/tasks":      {set: "tasks", where: "bucketId"},

	"group/sets": {set: "sets", where: "@fake.parentGroupId"},
	"set/terms":  {tree: true, of: "children"},
	"term/set":   {up: true},

	"onenote/sectionGroups":             {tree: true},
	"onenote/sections":                  {tree: true},
	"onenote/pages":                     {tree: true},
	"sectionGroup/parentNotebook":       {up: true},
	"sectionGroup/parentSectionGroup":   {up: true},
	"onenoteSection/parentNotebook":     {up: true},
	"onenoteSection/parentSectionGroup": {up: true},
	"onenotePage/parentNotebook":        {up: true},
	"onenotePage/parentSection":         {up: true},
}

// doorNames are the navigations that are a door from somewhere: all others, and
// those are most, are told by one look.
var doorNames = lastNames(doors)

// through finds the door that a segment is, from where the walk stands.
func (w *walk) through(s *openapi.Segment) (door, bool) {
	if !doorNames[s.Name] || s.Kind != openapi.SetSegment && s.Kind != openapi.SingleSegment {
		return door{}, false
	}
	switch {
	case w.at.stands():
		return doorFrom(w.run.entityTypeAt(&w.at), s.Name)
	case w.at.single:
		d, ok := doorFrom(w.at.typ, s.Name)
		return d, ok && d.tree
	case w.at.set.Parent != 0 || w.at.set.Name != "":
		return door{}, false
	}
	d, ok := doors["/"+s.Name]
	return d, ok
}

// doorFrom is the door that a navigation of a type is; false for none.
func doorFrom(t *openapi.Type, navigation string) (door, bool) {
	for ; t != nil; t = t.Base() {
		if d, ok := doors[shortName(t.Name)+"/"+navigation]; ok {
			return d, true
		}
	}
	return door{}, false
}

// stands reports whether the place is one entity that can contain others.
func (p *place) stands() bool { return p.key != "" || p.solid }

func shortName(typeName string) string { return typeName[strings.LastIndexByte(typeName, '.')+1:] }

// entityTypeAt is the type of the entity at a place: its own, else the declared.
func (q *run) entityTypeAt(p *place) *openapi.Type {
	if t := q.Call.Catalogue.Type(p.entity.Type); p.entity.Type != "" && t != nil {
		return t
	}
	return p.typ
}

// open goes through a door.
func (w *walk) open(d door, s *openapi.Segment) *refusal {
	if d.via != "" {
		return w.detour(d, s)
	}
	if d.twin != "" {
		return w.twin(d.twin, s)
	}
	if d.tree || d.up {
		w.inner(d, s)
		return nil
	}
	owner, context := w.at, join(contextKey(&w.at), s.Name)
	if d.link != "" {
		w.refer(s, &reference{owner: owner.entity.Ordinal, link: d.link})
		w.at.context, w.at.solid = context, w.at.single
		if w.at.found {
			w.home()
		}
		return nil
	}
	w.at = w.run.behind(d, owner.set, owner.entity, place{typ: s.Type(), context: context, single: s.Kind == openapi.SingleSegment})
	w.at.opener = owner.entity.Ordinal
	return nil
}

// behind completes the place that a door opens to from an entity of a set.
func (q *run) behind(d door, set store.SetKey, owner store.Entity, p place) place {
	switch {
	case d.root != "":
		set.Parent, set.Name = 0, d.root
	case d.set != "":
		set.Name = besideName(set.Name, d.set)
	case d.below != "":
		set.Parent, set.Name = owner.Ordinal, d.below
	}
	p.set, p.marked, p.solid = set, d.marked, p.single
	p.narrow(q.reader, d, owner)
	if p.single {
		for e := range q.membersOf(&p, 0) {
			p.entity, p.found = e, true
			break
		}
	}
	return p
}

// narrow makes the place show what the door's owner has of its set.
func (p *place) narrow(tx store.Reader, d door, owner store.Entity) {
	if d.where == "" {
		return
	}
	p.where, p.value, p.named = strings.Split(d.where, "/"), owner.ID, d.root != ""
	if d.by != "" {
		p.value = fieldText(owner.JSON, d.by)
	}
	if d.under == "" {
		return
	}
	p.among = p.set
	if d.among != "" {
		p.among.Name = besideName(p.set.Name, d.among)
	}
	name, value, _ := strings.Cut(d.under, "=")
	first, _ := ByText(tx, p.among, name, value)
	if p.top = d.set == "" || first.ID == owner.ID; p.top {
		p.value = first.ID
	}
}

// twin goes to the entity of a root set that has the owner's id.
func (w *walk) twin(name string, s *openapi.Segment) *refusal {
	id, owner, context := w.at.entity.ID, w.at.entity.Ordinal, join(contextKey(&w.at), s.Name)
	w.at = place{set: store.SetKey{Tenant: w.at.set.Tenant, Name: name}, typ: s.Type(), context: context, single: true, solid: true, owner: owner}
	if w.read(id); w.at.found {
		return nil
	}
	return w.find(id)
}

// besideName is the name of a set next to another: "planner/plans" and "tasks"
// give "planner/tasks".
func besideName(name, beside string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return name[:i+1] + beside
	}
	return beside
}

// detour goes another way first, and then by the segment's own name.
func (w *walk) detour(d door, s *openapi.Segment) *refusal {
	context, below := join(contextKey(&w.at), s.Name), w.at.stands()
	for name := range strings.SplitSeq(d.via, "/") {
		if refused := w.enter(w.segmentBelow(name)); refused != nil {
			return refused
		}
	}
	refused := w.enter(s)
	if below {
		w.at.context = context // clients see nothing of the way round
	}
	return refused
}

// segmentBelow is a segment of that name below where the walk stands.
func (w *walk) segmentBelow(name string) *openapi.Segment {
	path := "/" + name
	if w.at.stands() {
		path = "/" + w.typicalSet() + "/x/" + name
	}
	target, err := w.run.Call.Catalogue.Resolve(path, make([]openapi.Segment, 0, 4))
	if err != nil {
		return &openapi.Segment{Kind: openapi.SingleSegment, Name: name}
	}
	return &target.Segments[len(target.Segments)-1]
}

// typicalSet is a root set whose entities have the type that the walk has
// reached.
func (w *walk) typicalSet() string {
	if t := w.at.typ; t != nil && shortName(t.Name) == "group" {
		return "groups"
	}
	return "users"
}

// home makes the set of a place that of its entity, which a link led to.
func (w *walk) home() {
	if set, _, err := w.run.reader.At(w.at.entity.Ordinal); err == nil {
		w.at.set, w.at.ref = set, nil
	}
}

// shows reports whether an entity of the place's set is seen through the door.
func (p *place) shows(e store.Entity) bool {
	if name, value, exact := strings.Cut(p.marked, "="); exact {
		return fieldText(e.JSON, name) == value
	}
	if p.marked != "" {
		raw, ok := entity.Field(e.JSON, p.marked)
		return ok && string(raw) != "false" && string(raw) != "null"
	}
	if p.where == nil {
		return true
	}
	if e.ID == p.value {
		return false // the top of a tree of its own names itself
	}
	raw := e.JSON
	for _, name := range p.where {
		raw, _ = entity.Field(raw, name)
	}
	text, _ := entity.Unquote(raw)
	return text == p.value || p.named && text != "" && strings.EqualFold(text, p.value)
}

// foreign reports whether an entity that was found by its id is another owner's:
// it names one that is there, or none at all.
func (w *walk) foreign() bool {
	if !w.at.named || !w.at.found || w.at.shows(w.at.entity) {
		return false
	}
	name := fieldText(w.at.entity.JSON, w.at.where[0])
	users := store.SetKey{Tenant: w.at.set.Tenant, Name: "users"}
	_, err := w.run.reader.Get(users, name)
	_, other := ByText(w.run.reader, users, "userPrincipalName", name)
	return name == "" || err == nil || other
}

// sees is shows, with a look at the other entities of the set where it needs one.
func (q *run) sees(p *place, e store.Entity) bool {
	if p.top {
		return q.atTop(p, e)
	}
	return p.shows(e)
}

// atTop reports whether an entity of the set names none of those that it could
// lie in, but the first of them.
func (q *run) atTop(p *place, e store.Entity) bool {
	if p.value != "" && e.ID == p.value {
		return false
	}
	parent := fieldText(e.JSON, p.where[0])
	if parent == "" || parent == p.value {
		return true
	}
	_, err := q.reader.Get(p.among, parent)
	return err != nil
}

// narrowed reports whether the place shows only some entities of its set.
func (p *place) narrowed() bool { return p.where != nil || p.marked != "" || p.tree }

// belong sets the member by which a new entity is seen through the door.
func (p *place) belong(o *entity.Object) {
	if p.where == nil || (p.top || p.named) && (p.value == "" || present(*o, p.where[0])) {
		return
	}
	value := entity.Quote(nil, p.value)
	if len(p.where) == 2 {
		raw, _ := o.Get(p.where[0])
		inner, err := entity.Members(raw)
		if err != nil {
			inner = nil
		}
		inner = inner.Clone()
		inner.Set(p.where[1], value)
		o.Set(p.where[0], inner.JSON())
		return
	}
	o.Set(p.where[0], value)
}

// kin looks for an entity in the sets of that name beside the addressed one:
// /me/events shows the default calendar, and finds an event of any.
func (w *walk) kin(id string) {
	if w.at.set.Parent == 0 {
		return
	}
	home, _, err := w.run.reader.At(w.at.set.Parent)
	if err != nil || home.Parent == 0 {
		return
	}
	for set, e := range w.run.reader.Find(w.at.set.Tenant, id) {
		if set.Name != w.at.set.Name || set.Parent == 0 {
			continue
		}
		if beside, _, err := w.run.reader.At(set.Parent); err == nil && beside == home {
			w.at.set, w.at.entity, w.at.found = set, e, true
			return
		}
	}
}

func present(o entity.Object, name string) bool { return o.Has(name) && !o.IsNull(name) }
