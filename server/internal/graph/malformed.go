package graph

import (
	"regexp"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for keys that cannot be ids (graph-behaviour §1.9):
//   - reported: the words of the directory for keys of groups, applications and
//     others that are no GUID; users are looked for by name, too, and not found.
//   - observed: the code and words of Outlook.

// malformed is the answer to a key that cannot be an id of what the place holds;
// nil where it can be. Fixtures may call their entities as they like: where one
// has such an id, all may.
func (q *run) malformed(p *place) *refusal {
	if p.key == "" || p.alternate || p.ref != nil || p.typ == nil || strings.Contains(p.key, "=") && p.set.Parent == 0 {
		return nil
	}
	var err *grapherr.Error
	var formed func(string) bool
	switch {
	case q.op.Family == openapi.FamilyDirectory && p.set.Parent == 0 && directoryKeyed(p.typ):
		formed, err = guid.MatchString, &grapherr.Error{Status: 400, Code: "Request_BadRequest", Message: "Invalid object identifier '" + p.key + "'."}
	case q.op.Family == openapi.FamilyOutlook && outlookKeyed[shortName(p.typ.Name)]:
		formed, err = outlookFormed, &grapherr.Error{Status: 400, Code: "ErrorInvalidIdMalformed", Message: "Id is malformed."}
	default:
		return nil
	}
	if formed(p.key) || q.freelyNamed(p, formed) {
		return nil
	}
	return &refusal{err: err, reason: "no entity with this id in " + p.set.Name + " of tenant " + q.Call.Tenant + ", and '" + p.key + "' has not the form of one"}
}

// freelyNamed reports whether ids where the place is are names of somebody's
// choice, as far as a look at some of them tells.
func (q *run) freelyNamed(p *place, formed func(string) bool) bool {
	seen := 0
	for e := range q.reader.Scan(p.set, 0) {
		if !formed(e.ID) {
			return true
		}
		if seen++; seen == mostLooks {
			break
		}
	}
	return seen == 0
}

const mostLooks = 100

// directoryKeyed reports whether entities of a type are found by GUIDs alone.
func directoryKeyed(t *openapi.Type) bool {
	if shortName(t.Name) == "user" {
		return false
	}
	for ; t != nil; t = t.Base() {
		if t.Name == "microsoft.graph.directoryObject" {
			return true
		}
	}
	return false
}

var guid = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// outlookKeyed are the types whose ids Outlook makes and reads.
var outlookKeyed = map[string]bool{
	"message": true, "event": true, "contact": true, "mailFolder": true, "contactFolder": true, "calendar": true, "calendarGroup": true,
}

// outlookFormed reports whether a key may be an id of Outlook's, or one that is as
// long: letters and digits of base64.
func outlookFormed(key string) bool { return outlookID.MatchString(key) || behavior.IsImmutableID(key) }

var outlookID = regexp.MustCompile(`^[0-9A-Za-z_+/-]{20,}=*$`)
