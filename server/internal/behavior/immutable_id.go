package behavior

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for Outlook's ids (page "immutable identifiers" and
// user: translateExchangeIds, 2025; graph-behaviour §2.14):
//   - documented: the id of an item changes when it is moved; with Prefer:
//     IdType="ImmutableId" items have one that stays, for messages, attachments,
//     events, contacts and Outlook tasks, while containers keep their constant id;
//     either works in a path. EWS ids are REST ids in plain base64; entry ids are
//     URL-safe base64 with the count of padding at the end.
//   - reported: how immutable ids begin (issues of 2020 to 2024).
//   - assumed (2026-11): ids share their last part before and after a move; entry
//     ids hold the bytes of the id.

// immutableHead is what immutable ids begin with.
const immutableHead = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A"

// coreLength is how much of an Outlook id stays with an item that is moved.
const coreLength = 43

// ImmutableTypes are the types whose entities have immutable ids.
var ImmutableTypes = []string{
	"microsoft.graph.message", "microsoft.graph.event", "microsoft.graph.contact", "microsoft.graph.attachment", "microsoft.graph.outlookTask",
}

// ImmutableSets are the large sets that hold such entities, by their paths from
// the service root, with "*" for keys.
var ImmutableSets = []string{"users/*/messages", "users/*/contacts", "users/*/calendars/*/events", "groups/*/calendars/*/events"}

// ImmutableID is the id that an Outlook item keeps wherever it is moved.
func ImmutableID(id string) string {
	if IsImmutableID(id) {
		return id
	}
	return immutableHead + idCore(id) + outlookTail
}

// ImmutableCore is the part of an id that its immutable id has, too.
func ImmutableCore(id string) string {
	if IsImmutableID(id) {
		return id[len(immutableHead) : len(immutableHead)+coreLength]
	}
	return idCore(id)
}

// IsImmutableID reports whether an id has the form of an immutable one.
func IsImmutableID(id string) bool {
	return len(id) == len(immutableHead)+coreLength+len(outlookTail) && strings.HasPrefix(id, immutableHead)
}

// idCore is the part of an id that stays: of ids of another form, given by
// fixtures, a digest.
func idCore(id string) string {
	if len(id) == outlookLength && strings.HasPrefix(id, outlookHead) && strings.HasSuffix(id, outlookTail) {
		end := len(id) - len(outlookTail)
		return id[end-coreLength : end]
	}
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// movedID is the new id of an item that was moved.
func movedID(tx Tx, id string) string {
	fresh := outlookID(tx)
	return fresh[:len(fresh)-coreLength-len(outlookTail)] + idCore(id) + outlookTail
}

// translateIDs is user: translateExchangeIds.
func translateIDs(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	parameters = lowered(parameters)
	from, to := text(parameters, "sourceIdType"), text(parameters, "targetIdType")
	result := Result{IsList: true}
	for _, id := range texts(parameters, "inputIds") {
		converted := fields("sourceId", quoted(id))
		if rest, ok := toREST(tx, bound.Ref, id, from); ok {
			converted.SetString("targetId", fromREST(rest, to))
		} else {
			converted.Set("errorDetails", fields("code", quoted("ErrorInvalidIdMalformed"), "message", quoted("Id is malformed.")).JSON())
		}
		result.Collection = append(result.Collection, New(converted...))
	}
	return result, nil
}

var urlSafe = strings.NewReplacer("+", "_", "/", "-") // the REST form of EWS ids (D)
var plainBase64 = strings.NewReplacer("_", "+", "-", "/")

// toREST reads an id of a format.
func toREST(tx Tx, mailbox Ref, id, format string) (string, bool) {
	switch format {
	case "ewsId":
		return urlSafe.Replace(id), true
	case "entryId", "immutableEntryId":
		if id == "" {
			return "", false
		}
		plain, err := base64.RawURLEncoding.DecodeString(id[:len(id)-1])
		if err != nil {
			return "", false
		}
		id = string(plain)
	}
	if !IsImmutableID(id) {
		return id, true
	}
	places := []Collection{Below(mailbox, "messages"), Below(mailbox, "contacts")}
	for calendar := range tx.All(Below(mailbox, "calendars")) {
		places = append(places, Below(calendar.Ref, "events"))
	}
	for _, c := range places {
		if e, ok := tx.Get(c, id); ok {
			return e.ID, true
		}
	}
	return "", false
}

func fromREST(id, format string) string {
	switch format {
	case "ewsId":
		return plainBase64.Replace(id)
	case "restImmutableEntryId":
		return ImmutableID(id)
	case "entryId":
		return binaryID(id)
	case "immutableEntryId":
		return binaryID(ImmutableID(id))
	}
	return id
}

// binaryID is a text as an id in binary form: how much padding was left out
// stands at the end.
func binaryID(id string) string {
	padding := (3 - len(id)%3) % 3
	return base64.RawURLEncoding.EncodeToString([]byte(id)) + string(rune('0'+padding))
}
