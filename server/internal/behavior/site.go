package behavior

// Evidence for sites, lists and list items (graph-behaviour §1.5, §12):
//   - documented: the root site; a Microsoft 365 group has a site; site ids of
//     host, collection and web; item ids are numbers; eTag "guid,1"; fields with
//     Title, id, Created, Modified; a list has columns and a template.
//   - assumed (2026-11): the host contoso.sharepoint.com.

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// RootSite gives a tenant its root site.
	RootSite struct{}
	// GroupSite gives a group its site.
	GroupSite struct{}
	// SiteList keeps lists.
	SiteList struct{}
	// ListItem keeps items of lists.
	ListItem struct{}
	// ItemFields keeps the fields of items.
	ItemFields struct{}
)

// listItemRules say that one item has its fields with it (observed in public
// reports, microsoftgraph/msgraph-sdk-dotnet#2532), and that a change of one keeps the
// fields that it does not name (?).
var listItemRules = &Rules{Shown: []string{"fields"}, Merged: []string{"fields"}}

var (
	_ Supplier = RootSite{}
	_ Supplier = GroupSite{}
	_ Creator  = SiteList{}
	_ Created  = SiteList{}
	_ Updater  = SiteList{}
	_ Creator  = ListItem{}
	_ Updater  = ListItem{}
	_ Supplier = ItemFields{}
	_ Updater  = ItemFields{}
)

func newSite(tx Tx, name, title, path string) Entity {
	host := strings.TrimPrefix(sharePoint, "https://")
	now := quoted(instant(tx.Now()))
	return New(fields("id", quoted(host+","+tx.NewID()+","+tx.NewID()), "name", quoted(name), "displayName", quoted(title),
		"description", `""`, "createdDateTime", now, "lastModifiedDateTime", now, "webUrl", quoted(sharePoint+path),
		"siteCollection", `{"hostname":`+quoted(host)+`}`)...)
}

// Supply implements [Supplier].
func (RootSite) Supply(tx Tx, _ Entity, _ string) *grapherr.Error {
	for e := range tx.All(Root("sites")) {
		if present(e.Object, "root") {
			return nil
		}
	}
	site := newSite(tx, "root", "Communication site", "")
	site.Set("root", []byte("{}"))
	collection := inner(site.Object, "siteCollection")
	collection.Set("root", []byte("{}")) // home sites are found by it (D, page of site list)
	site.Set("siteCollection", collection.JSON())
	_, err := tx.Insert(Root("sites"), site)
	return err
}

// Supply implements [Supplier].
func (GroupSite) Supply(tx Tx, group Entity, _ string) *grapherr.Error {
	for range tx.Linked(group.Ref, "sites") {
		return nil
	}
	name := text(group.Object, "mailNickname")
	if name == "" {
		name = group.ID
	}
	site := newSite(tx, name, text(group.Object, "displayName"), "/sites/"+name)
	made, err := tx.Insert(Root("sites"), site)
	if err == nil {
		_, err = tx.Link(group.Ref, "sites", made.Ref)
	}
	return err
}

// Create implements [Creator].
func (SiteList) Create(tx Tx, e *Entity) *grapherr.Error {
	title := text(e.Object, "displayName")
	if title == "" {
		return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "The list name is missing."}
	}
	if _, taken := tx.By(tx.Collection(), "displayName", title); taken {
		return &grapherr.Error{Status: 409, Code: "nameAlreadyExists", Message: "The specified name is already in use."}
	}
	now, who := instant(tx.Now()), actor(tx)
	if !present(e.Object, "name") {
		e.SetString("name", title)
	}
	list := inner(e.Object, "list")
	if text(list, "template") == "" {
		list.SetString("template", "genericList")
	}
	for _, name := range []string{"contentTypesEnabled", "hidden"} {
		if !present(list, name) {
			list.Set(name, []byte("false"))
		}
	}
	site, _ := tx.Entity(tx.Parent())
	completeColumns(&e.Object)
	e.Set("list", list.JSON())
	e.SetString("createdDateTime", now)
	e.SetString("lastModifiedDateTime", now)
	e.Set("createdBy", who)
	e.Set("lastModifiedBy", who)
	e.SetString("eTag", `"`+text(e.Object, "id")+`,1"`)
	e.SetString("webUrl", libraryURL(site, text(list, "template"), title))
	e.Set("parentReference", fields("siteId", quoted(site.ID)).JSON())
	return nil
}

// Update implements [Updater].
func (SiteList) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	after.SetString("lastModifiedDateTime", instant(tx.Now()))
	after.Set("lastModifiedBy", actor(tx))
	retag(after, "eTag")
	return nil
}

// Created implements [Created].
func (SiteList) Created(tx Tx, e Entity) *grapherr.Error {
	if fault := listTypes(tx, e); fault != nil {
		return fault
	}
	return driveOfList(tx, e)
}

// Create implements [Creator].
func (ListItem) Create(tx Tx, e *Entity) *grapherr.Error {
	next := 1
	for other := range tx.All(tx.Collection()) {
		if n, err := strconv.Atoi(other.ID); err == nil && n >= next {
			next = n + 1
		}
	}
	now, who, guid := instant(tx.Now()), actor(tx), tx.NewID()
	e.ID = strconv.Itoa(next)
	e.SetString("id", e.ID)
	e.SetString("eTag", fmt.Sprintf(`"%s,1"`, guid))
	e.SetString("createdDateTime", now)
	e.SetString("lastModifiedDateTime", now)
	e.Set("createdBy", who)
	e.Set("lastModifiedBy", who)
	list, _ := tx.Entity(tx.Collection().Parent)
	if !present(e.Object, "contentType") {
		id, name := defaultType(tx, list)
		e.Set("contentType", fields("id", quoted(id), "name", quoted(name)).JSON())
	}
	if home := text(list.Object, "webUrl"); home != "" {
		e.SetString("webUrl", home+"/"+e.ID+"_.000")
	}
	if site := text(inner(list.Object, "parentReference"), "siteId"); site != "" {
		e.Set("parentReference", fields("siteId", quoted(site)).JSON())
	}
	given := inner(e.Object, "fields")
	if name := text(inner(e.Object, "contentType"), "name"); name != "" && !given.Has("ContentType") {
		given.SetString("ContentType", name)
	}
	e.Set("fields", itemFields(tx, given, e.ID).JSON())
	return nil
}

func itemFields(tx Tx, given entity.Object, id string) entity.Object {
	now := instant(tx.Now())
	given.SetString("id", id)
	for _, d := range [][2]string{{"ContentType", "Item"}, {"Created", now}, {"Modified", now}} {
		if !given.Has(d[0]) {
			given.SetString(d[0], d[1])
		}
	}
	return given
}

// Update implements [Updater].
func (ListItem) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	if item, ok := itemOfEntry(tx, after.Ref); ok {
		return touchItem(tx, item)
	}
	after.SetString("lastModifiedDateTime", instant(tx.Now()))
	retag(after, "eTag")
	return nil
}

// Supply implements [Supplier].
func (ItemFields) Supply(tx Tx, item Entity, _ string) *grapherr.Error {
	if _, ok := tx.Get(Below(item.Ref, "fields"), ""); ok {
		return nil
	}
	values := fields("id", quoted(item.ID))
	if _, ok := itemOfEntry(tx, item.Ref); !ok {
		values = itemFields(tx, nil, item.ID)
	}
	_, err := tx.Put(Below(item.Ref, "fields"), New(values...))
	return err
}

// Update implements [Updater].
func (ItemFields) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	item, ok := tx.Entity(tx.Parent())
	if ok {
		if file, ok := itemOfEntry(tx, item.Ref); ok {
			return changeEntry(tx, item, file, before, change, after)
		}
	}
	after.SetString("Modified", instant(tx.Now()))
	if !ok {
		return nil
	}
	item.Object = item.Object.Clone()
	retag(&item, "eTag")
	item.SetString("lastModifiedDateTime", instant(tx.Now()))
	if fault := tx.Replace(item.Ref, item.Object); fault != nil {
		return fault
	}
	return noteVersion(tx, item, after.Object)
}

// allSites answers getAllSites.
func allSites(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	all := Result{IsList: true}
	for site := range tx.All(Root("sites")) {
		site.Type = "microsoft.graph.site"
		all.Collection = append(all.Collection, site)
	}
	return all, nil
}
