package behavior

// Evidence for occurrences and exceptions of a series (page event: update and
// delete, and the resource, 2021 to 2025):
//   - documented: an occurrence is read, changed and deleted by its id; a changed
//     one is an exception of the series, which keeps its place; a deleted one is
//     named in cancelledOccurrences of the master.
//   - assumed (2026-11): the id of an occurrence is its master's with the day at
//     the end; with the master go its exceptions.

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var (
	_ Finder  = Event{}
	_ Deleter = Event{}
)

// dayLength is how long a day is at the end of an occurrence's id.
var dayLength = len(dayKey(time.Time{}))

func dayKey(day time.Time) string {
	return base64.RawURLEncoding.EncodeToString([]byte(day.Format("20060102")))
}

// occurrenceKey is the id of what a series has on a day.
func occurrenceKey(master string, day time.Time) string {
	return master[:len(master)-min(dayLength, len(master))] + dayKey(day)
}

func occurrenceID(master string, day time.Time) string {
	return "OID." + master + "." + day.Format(time.DateOnly)
}

// Find implements [Finder]: an occurrence that nobody has changed.
func (Event) Find(tx Tx, c Collection, key string) (Entity, bool) {
	if len(key) < dayLength {
		return Entity{}, false
	}
	plain, err := base64.RawURLEncoding.DecodeString(key[len(key)-dayLength:])
	if err != nil {
		return Entity{}, false
	}
	day, err := time.Parse("20060102", string(plain))
	if err != nil {
		return Entity{}, false
	}
	for master := range tx.All(c) {
		if !present(master.Object, "recurrence") || occurrenceKey(master.ID, day) != key {
			continue
		}
		for _, h := range seriesIn(master, nil, day.AddDate(0, 0, -2), day.AddDate(0, 0, 2)) {
			if h.event.ID == key {
				h.event.Ref = master.Ref
				return h.event, true
			}
		}
	}
	return Entity{}, false
}

// Delete implements [Deleter]: an occurrence is struck off its series, and a
// series goes with its exceptions.
func (Event) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if id := text(e.Object, "seriesMasterId"); id != "" {
		return e.Ref == None, strike(tx, e, id)
	}
	if fault := callAllOff(tx, e); fault != nil {
		return false, fault
	}
	if !present(e.Object, "recurrence") || e.Ref == None {
		return false, nil
	}
	var exceptions []Ref
	for other := range tx.All(tx.Home(e.Ref)) {
		if text(other.Object, "seriesMasterId") == e.ID {
			exceptions = append(exceptions, other.Ref)
		}
	}
	for _, ref := range exceptions {
		if fault := tx.Delete(ref); fault != nil {
			return false, fault
		}
	}
	return false, nil
}

// strike names an occurrence in its master's cancelledOccurrences.
func strike(tx Tx, e Entity, id string) *grapherr.Error {
	master, ok := tx.Get(tx.Collection(), id)
	if !ok {
		return nil
	}
	var struck entity.Object = master.Object.Clone()
	struck.Set("cancelledOccurrences", arrayOfTexts(append(texts(master.Object, "cancelledOccurrences"), text(e.Object, "occurrenceId"))))
	return tx.Replace(master.Ref, struck)
}

func arrayOfTexts(all []string) []byte {
	quotedAll := make([]string, len(all))
	for i, s := range all {
		quotedAll[i] = quoted(s)
	}
	return []byte("[" + strings.Join(quotedAll, ",") + "]")
}

// eventsIn are the events of a collection that overlap a range, series as what
// is left of them.
func eventsIn(tx Tx, c Collection, from, to time.Time) []happening {
	changed := map[string]bool{}
	for e := range tx.All(c) {
		if id := text(e.Object, "occurrenceId"); id != "" {
			changed[id] = true
		}
	}
	var all []happening
	for e := range tx.All(c) {
		all = append(all, seriesIn(e, changed, from, to)...)
	}
	return all
}

// seriesIn are the times at which an event overlaps a range, without those that
// are cancelled or changed.
func seriesIn(e Entity, changed map[string]bool, from, to time.Time) []happening {
	gone := map[string]bool{}
	for _, id := range texts(e.Object, "cancelledOccurrences") {
		gone[id] = true
	}
	var left []happening
	for _, h := range happenings(e, from, to) {
		if id := text(h.event.Object, "occurrenceId"); h.event.Ref != None || !gone[id] && !changed[id] {
			left = append(left, h)
		}
	}
	return left
}
