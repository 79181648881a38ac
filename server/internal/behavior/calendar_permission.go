package behavior

// Evidence for calendarPermission (pages calendar-list-calendarpermissions,
// calendar-post-calendarpermissions and calendar-allowedcalendarsharingroles, v1.0 2019
// to 2025):
//   - documented: everybody in the organization has one, which stays; what roles can be
//     given to whom; a new one tells its roles, and can be removed.
//   - assumed (2026-11): whoever is a user of the tenant is inside; a second one of an
//     address is refused.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// CalendarPermission shares a calendar with somebody.
type CalendarPermission struct{}

var (
	_ Creator = CalendarPermission{}
	_ Deleter = CalendarPermission{}
)

// sharingRoles are those of people inside the organization, and outside.
var sharingRoles = map[bool]string{
	true:  `["freeBusyRead","limitedRead","read","write","delegateWithoutPrivateEventAccess","delegateWithPrivateEventAccess"]`,
	false: `["freeBusyRead","limitedRead","read"]`,
}

// Create implements [Creator].
func (CalendarPermission) Create(tx Tx, e *Entity) *grapherr.Error {
	address := text(inner(e.Object, "emailAddress"), "address")
	for other := range tx.All(tx.Collection()) {
		if address != "" && strings.EqualFold(text(inner(other.Object, "emailAddress"), "address"), address) {
			return &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest", Message: "The calendar is shared with this recipient already."}
		}
	}
	_, inside := userAt(tx, address)
	provide(&e.Object, []Default{{"isInsideOrganization", boolean(inside)}, {"isRemovable", "true"}})
	e.Set("allowedRoles", []byte(sharingRoles[e.True("isInsideOrganization")]))
	return nil
}

// Delete implements [Deleter].
func (CalendarPermission) Delete(_ Tx, e Entity) (bool, *grapherr.Error) {
	if removable, said := e.Get("isRemovable"); said && string(removable) == "false" {
		return false, &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest", Message: "The permission cannot be removed."}
	}
	return false, nil
}

func allowedSharingRoles(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	_, inside := userAt(tx, text(lowered(p), "user"))
	return Result{Values: []byte(sharingRoles[inside])}, nil
}
