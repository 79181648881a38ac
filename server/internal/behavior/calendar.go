package behavior

// Evidence for calendars and their groups (graph-behaviour §12):
//   - documented: a user and a group have a calendar that events go to; the groups
//     of a new mailbox with their classes; a mailbox's calendars are those of all
//     of its groups (pages of user: list calendars, list calendarGroups).
//   - documented of beta: calendarGroupId, null where nobody has chosen a group.
//   - assumed (2026-11): the first group shows the calendars without one; it and its
//     sibling cannot be deleted; the calendars of a group stay when it goes.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// DefaultCalendar gives a user or group the calendar that events go to.
	DefaultCalendar struct{}
	// Calendar completes calendars.
	Calendar struct{}
	// CalendarGroups gives a user the groups of a new mailbox.
	CalendarGroups struct{}
	// CalendarGroup keeps groups of calendars.
	CalendarGroup struct{}
)

var (
	_ Supplier = DefaultCalendar{}
	_ Creator  = Calendar{}
	_ Updater  = Calendar{}
	_ Supplier = CalendarGroups{}
	_ Creator  = CalendarGroup{}
	_ Updater  = CalendarGroup{}
	_ Deleter  = CalendarGroup{}
)

// MyCalendars is the class of a mailbox's first group of calendars.
const MyCalendars = "0006f0b7-0000-0000-c000-000000000046"

// firstGroups are the names and classes of a new mailbox's groups.
var firstGroups = [][2]string{
	{"My Calendars", MyCalendars}, {"Other Calendars", "0006f0b8-0000-0000-c000-000000000046"},
}

// Supply implements [Supplier].
func (DefaultCalendar) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	if strings.HasSuffix(owner.Type, ".group") {
		if _, ok := tx.Get(Below(owner.Ref, "calendar"), ""); ok {
			return nil
		}
		e := New(calendarMembers(tx, owner, "Calendar", "true")...)
		_, err := tx.Put(Below(owner.Ref, "calendar"), e)
		return err
	}
	for e := range tx.All(Below(owner.Ref, "calendars")) {
		if e.True("isDefaultCalendar") {
			return nil
		}
	}
	_, err := tx.Insert(Below(owner.Ref, "calendars"), New(calendarMembers(tx, owner, "Calendar", "true")...))
	return err
}

func calendarMembers(tx Tx, owner Entity, name, standard string) entity.Object {
	o := fields("id", quoted(folderID(tx)), "name", quoted(name), "color", `"auto"`, "hexColor", `""`,
		"isDefaultCalendar", standard, "changeKey", quoted(changeKey(tx)), "canShare", "true", "canViewPrivateItems", "true",
		"canEdit", "true", "isRemovable", "false", "isTallyingResponses", standard,
		"allowedOnlineMeetingProviders", `["teamsForBusiness"]`, "defaultOnlineMeetingProvider", `"teamsForBusiness"`)
	if me := inner(fields("x", mailAddress(owner)), "x"); me != nil {
		o.Set("owner", inner(me, "emailAddress").JSON())
	}
	return o
}

// Create implements [Creator].
func (Calendar) Create(tx Tx, e *Entity) *grapherr.Error {
	owner, _ := tx.Entity(tx.Collection().Parent)
	for _, m := range calendarMembers(tx, owner, text(e.Object, "name"), "false") {
		if !present(e.Object, m.Name) || m.Name == "id" {
			e.Set(m.Name, m.Value)
		}
	}
	e.Set("isRemovable", []byte("true"))
	e.ID = text(e.Object, "id")
	return nil
}

// Update implements [Updater].
func (Calendar) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	after.SetString("changeKey", changeKey(tx))
	return nil
}

// Update implements [Updater].
func (CalendarGroup) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	after.SetString("changeKey", changeKey(tx))
	return nil
}

// Supply implements [Supplier].
func (CalendarGroups) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	groups := Below(owner.Ref, "calendarGroups")
	for _, g := range firstGroups {
		if _, ok := tx.By(groups, "classId", g[1]); ok {
			continue
		}
		_, err := tx.Insert(groups, New(fields("id", quoted(folderID(tx)), "name", quoted(g[0]), "classId", quoted(g[1]),
			"changeKey", quoted(changeKey(tx)))...))
		if err != nil {
			return err
		}
	}
	return DefaultCalendar{}.Supply(tx, owner, "")
}

// Create implements [Creator].
func (CalendarGroup) Create(tx Tx, e *Entity) *grapherr.Error {
	e.ID = folderID(tx)
	e.SetString("id", e.ID)
	e.SetString("classId", tx.NewID())
	e.SetString("changeKey", changeKey(tx))
	return nil
}

// Delete implements [Deleter].
func (CalendarGroup) Delete(_ Tx, e Entity) (bool, *grapherr.Error) {
	for _, g := range firstGroups {
		if text(e.Object, "classId") == g[1] {
			return false, distinguished()
		}
	}
	return false, nil
}
