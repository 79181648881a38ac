package behavior

// Evidence for timeCard (pages timecard-clockin, timecard-clockout,
// timecard-startbreak, timecard-endbreak and timecard-confirm of both versions):
//   - documented: the parameters, the events that each makes with its time, the
//     states; clockIn answers with the card, which shows how it began, the others with
//     nothing.
//   - assumed (2026-11): a card that is not in the state that an action begins from
//     is a conflict.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// timeCards are the actions of time cards.
func timeCards() []Registration {
	const on = "microsoft.graph.timeCard"
	return []Registration{
		{Bound: "Collection(" + on + ")/clockIn", Behavior: invoked(clockIn)},
		{Bound: on + "/clockOut", Behavior: punched("clockedIn", "clockedOut", func(tx Tx, card *Entity, event entity.Object, _ entity.Object) {
			card.Set("clockOutEvent", event.JSON())
		})},
		{Bound: on + "/startBreak", Behavior: punched("clockedIn", "onBreak", startBreak)},
		{Bound: on + "/endBreak", Behavior: punched("onBreak", "clockedIn", endBreak)},
		{Bound: on + "/confirm", Behavior: transit{stateOf("confirmedBy", "user"), answersNothing}},
		{Bound: on + "/confirmForUser", Behavior: transit{stateOf("confirmedBy", "manager"), answersNothing}},
	}
}

// punch is an event of now.
func punch(tx Tx, p entity.Object) entity.Object {
	event := fields("dateTime", quoted(instant(tx.Now())), "isAtApprovedLocation", jsonOf(p, "isAtApprovedLocation"))
	event.Set("notes", json.RawMessage(jsonOf(p, "notes")))
	return event
}

func clockIn(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	user := text(p, "onBehalfOfUserId")
	if self, ok := tx.Self(); ok && user == "" {
		user = self.ID
	}
	event, now, by := string(punch(tx, p).JSON()), quoted(instant(tx.Now())), puncher(tx)
	entry := fields("clockOutEvent", "null", "clockInEvent", event, "breaks", "[]")
	card := fields("id", quoted("TCK_"+tx.NewID()), "userId", quoted(user), "state", `"clockedIn"`, "confirmedBy", `"none"`,
		"breaks", "[]", "notes", "null", "clockInEvent", event, "originalEntry", string(entry.JSON()),
		"createdDateTime", now, "lastModifiedDateTime", now, "createdBy", by, "lastModifiedBy", by)
	made, fault := tx.Insert(tx.Collection(), Entity{Object: card})
	return Result{Entity: &made}, fault
}

// puncher is an identity set of the caller as time cards have it.
func puncher(tx Tx) string {
	user := "null"
	if self, ok := tx.Self(); ok && tx.Caller().User {
		user = string(fields("id", quoted(self.ID), "displayName", jsonOf(self.Object, "displayName")).JSON())
	}
	return string(fields("application", "null", "device", "null", "user", user).JSON())
}

// punched is an action that leads from one state to another.
func punched(from, to string, mark func(tx Tx, card *Entity, event, p entity.Object)) invoked {
	return func(tx Tx, card *Entity, p entity.Object) (Result, *grapherr.Error) {
		if state := text(card.Object, "state"); state != "" && state != from {
			return Result{}, grapherr.Conflict(tx.Family(), "The time card is "+state+", not "+from+".")
		}
		mark(tx, card, punch(tx, p), p)
		card.SetString("state", to)
		card.SetString("lastModifiedDateTime", instant(tx.Now()))
		card.Set("lastModifiedBy", json.RawMessage(puncher(tx)))
		return Result{}, nil
	}
}

func startBreak(tx Tx, card *Entity, event, p entity.Object) {
	pause := fields("breakId", quoted(tx.NewID()), "notes", jsonOf(p, "notes"), "end", "null")
	pause.Set("start", event.JSON())
	card.Set("breaks", arrayOf(append(list(card.Object, "breaks"), pause)))
}

func endBreak(_ Tx, card *Entity, event, _ entity.Object) {
	pauses := list(card.Object, "breaks")
	if len(pauses) == 0 {
		return
	}
	pauses[len(pauses)-1].Set("end", event.JSON())
	card.Set("breaks", arrayOf(pauses))
}
