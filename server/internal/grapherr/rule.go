package grapherr

import (
	"cmp"
	"fmt"
)

// Rule: the request breaks a rule of the service that no schema tells (?, in
// the family's dialect of §4.5). code is the cause where the dialect has room
// for one.
func Rule(family, code, message string) *Error {
	switch family {
	case cloudPC:
		return cloudPCError(400, code, message)
	case intune:
		return intuneMessage(400, "BadRequest", message)
	case excel:
		return Workbook(400, cmp.Or(code, "badRequestUncategorized"), message)
	case oneNote:
		return &Error{Status: 400, Code: cmp.Or(code, oneNoteWords[400].code), Message: message}
	case outlook, files, teams, planner:
		return &Error{Status: 400, Code: code, Message: message}
	}
	return &Error{Status: 400, Code: "Request_BadRequest", Message: message}
}

// Taken: another directory object has the same value of a property that must
// be unique (R, §3.8); elsewhere a conflict.
func Taken(family, property string) *Error {
	message := fmt.Sprintf("Another object with the same value for property %s already exists.", property)
	if family != "directory" {
		return Conflict(family, message)
	}
	return &Error{Status: 400, Code: "Request_BadRequest", Message: message, Target: property,
		Details: []Detail{{Code: "ObjectConflict", Message: message, Target: property}}}
}

// SameKey: the directory has an object with the same key (?, §3.8).
func SameKey(message string) *Error {
	return &Error{Status: 409, Code: "Request_MultipleObjectsWithSameKeyValue", Message: message}
}

// NotAReference: the target of a reference is of a kind that cannot be there
// (R, §3.6).
func NotAReference() *Error {
	return &Error{Status: 400, Code: "Request_BadRequest", Message: "Not a valid reference update."}
}

// ConflictingObject: another object of the directory has values that must be
// unique (R, §3.8).
func ConflictingObject() *Error {
	return Rule("directory", "", "A conflicting object with one or more of the specified property values is present in the directory.")
}
