package behavior

// Evidence for virtual events and their registrations (pages virtualeventwebinar-get,
// virtualeventwebinar-getbyuserrole, -getbyuseridandrole and
// virtualeventregistration-cancel, v1.0 2023 to 2025):
//   - documented: an id is a GUID and that of the tenant; an event begins as a draft of
//     who makes it; those of a user are found by their role; a registration is
//     registered until it is canceled.

import (
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// VirtualEvent keeps webinars and town halls.
	VirtualEvent struct{}
	// EventRegistration keeps who has registered.
	EventRegistration struct{}
)

var (
	_ Creator = VirtualEvent{}
	_ Creator = EventRegistration{}
)

// virtualEvents are the registrations of virtual events.
func virtualEvents() []Registration {
	all := []Registration{
		{Type: "microsoft.graph.virtualEvent", Behavior: VirtualEvent{}},
		{Type: "microsoft.graph.virtualEventRegistration", Behavior: EventRegistration{}},
	}
	for _, kind := range []string{"virtualEventWebinar", "virtualEventTownhall"} {
		for _, function := range []string{"getByUserRole", "getByUserIdAndRole"} {
			all = append(all, Registration{Bound: "Collection(microsoft.graph." + kind + ")/" + function, Behavior: invoked(eventsByRole)})
		}
	}
	return all
}

// Create implements [Creator].
func (VirtualEvent) Create(tx Tx, e *Entity) *grapherr.Error {
	e.ID = tx.NewID() + "@" + tx.Tenant()
	e.SetString("id", e.ID)
	e.SetString("status", "draft")
	if self, ok := tx.Self(); ok && tx.Caller().User {
		user := fields("id", quoted(self.ID), "displayName", jsonOf(self.Object, "displayName"), "tenantId", quoted(tx.Tenant()))
		e.Set("createdBy", fields("application", "null", "device", "null", "user", string(user.JSON())).JSON())
	}
	return nil
}

// Create implements [Creator].
func (EventRegistration) Create(tx Tx, e *Entity) *grapherr.Error {
	e.SetString("status", "registered")
	e.SetString("registrationDateTime", instant(tx.Now()))
	e.Set("cancelationDateTime", json.RawMessage("null"))
	return nil
}

// eventsByRole lists the events in which somebody, or else the caller, has a role.
func eventsByRole(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	user, role := text(p, "userId"), text(p, "role")
	if self, ok := tx.Self(); ok && user == "" {
		user = self.ID
	}
	found := Result{IsList: true}
	for e := range tx.All(tx.Collection()) {
		if hasEventRole(e.Object, user, role) {
			found.Collection = append(found.Collection, e)
		}
	}
	return found, nil
}

func hasEventRole(event entity.Object, user, role string) bool {
	if strings.EqualFold(role, "organizer") {
		return text(inner(inner(event, "createdBy"), "user"), "id") == user
	}
	for _, who := range list(event, "coOrganizers") {
		if text(who, "id") == user {
			return strings.EqualFold(role, "coOrganizer")
		}
	}
	return false
}
