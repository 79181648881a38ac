package behavior

// Evidence for findMeetingTimes (page user: findMeetingTimes, resources
// meetingTimeSuggestion and meetingTimeSuggestionsResult, 2021 to 2024):
//   - documented: the parameters and their defaults; the confidence is the mean of the
//     chances that each attends, 100 where free, 49 where unknown, 0 where busy;
//     suggestions by confidence, then by time; the reasons for none.
//   - assumed (2026-11): suggestions begin at half hours of the slots that are asked
//     for, else of the next day from nine to five; tentative is as unknown; rooms are
//     not looked for.

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// FindMeetingTimes suggests times at which people are free.
type FindMeetingTimes struct{}

var _ Invoker = FindMeetingTimes{}

// invitee is somebody whose time is looked at.
type invitee struct {
	base   entity.Object // as the request names them
	known  bool          // a user of the tenant
	busy   []happening
	option bool // need not attend
}

// meetingSlot is a time and how well it suits.
type meetingSlot struct {
	from       time.Time
	confidence float64
	organizer  string // availability
	attendees  []string
}

// meetingSearch is what a request asks for.
type meetingSearch struct {
	length    time.Duration
	slots     [][2]time.Time
	organizer []happening
	invitees  []invitee
	least     float64
	most      int
	optional  bool
}

// Invoke implements [Invoker].
func (FindMeetingTimes) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	s := searchOf(tx, *bound, lowered(parameters))
	zone, place := preferredZone(tx)
	var found []string
	best, reason := s.best()
	for i, slot := range best {
		found = append(found, s.suggest(slot, i, zone, place))
	}
	return Object(fields("emptySuggestionsReason", quoted(reason), "meetingTimeSuggestions", "["+strings.Join(found, ",")+"]")), nil
}

// searchOf reads the parameters.
func searchOf(tx Tx, user Entity, p entity.Object) meetingSearch {
	s := meetingSearch{length: 30 * time.Minute, least: 50, most: number(p, "maxCandidates", maxSuggestions), optional: p.True("isOrganizerOptional")}
	if length, ok := minutes(text(p, "meetingDuration")); ok && length > 0 {
		s.length = length
	}
	if least, err := strconv.ParseFloat(jsonOf(p, "minimumAttendeePercentage"), 64); err == nil {
		s.least = least
	}
	for _, slot := range list(inner(p, "timeConstraint"), "timeSlots") {
		a, okA := moment(inner(slot, "start"))
		b, okB := moment(inner(slot, "end"))
		if okA && okB && a.Before(b) {
			s.slots = append(s.slots, [2]time.Time{a, b})
		}
	}
	if len(s.slots) == 0 {
		day := tx.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 1)
		s.slots = [][2]time.Time{{day.Add(9 * time.Hour), day.Add(17 * time.Hour)}}
	}
	from, to := s.span()
	s.organizer = eventsOf(tx, user, from, to)
	for _, a := range list(p, "attendees") {
		i := invitee{base: a, option: text(a, "type") == "optional"}
		var who Entity
		if who, i.known = userAt(tx, addressIn(a)); i.known {
			i.busy = eventsOf(tx, who, from, to)
		}
		s.invitees = append(s.invitees, i)
	}
	return s
}

func (s *meetingSearch) span() (from, to time.Time) {
	from, to = s.slots[0][0], s.slots[0][1]
	for _, slot := range s.slots {
		if slot[0].Before(from) {
			from = slot[0]
		}
		if slot[1].After(to) {
			to = slot[1]
		}
	}
	return from, to
}

// best are the times that suit, the most suitable first, or the reason for none.
func (s *meetingSearch) best() ([]meetingSlot, string) {
	var all []meetingSlot
	organizerFree := false
	for _, within := range s.slots {
		for at := within[0]; !at.Add(s.length).After(within[1]); at = at.Add(30 * time.Minute) {
			slot := s.judge(at)
			organizerFree = organizerFree || slot.organizer == "free"
			if (slot.organizer == "free" || s.optional) && slot.confidence >= s.least {
				all = append(all, slot)
			}
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return -cmp.Compare(a.confidence, b.confidence) < 0
	})
	switch {
	case len(all) > 0:
		return all[:min(len(all), max(s.most, 1))], ""
	case !organizerFree && !s.optional:
		return nil, "organizerUnavailable"
	case slices.ContainsFunc(s.invitees, func(i invitee) bool { return !i.known }):
		return nil, "attendeesUnavailableOrUnknown"
	}
	return nil, "attendeesUnavailable"
}

// availabilities are the words for the digits of a schedule.
var availabilities = map[byte]string{'0': "free", '1': "tentative", '2': "busy", '3': "oof", '4': "workingElsewhere"}

// judge tells how a time suits.
func (s *meetingSearch) judge(at time.Time) meetingSlot {
	end := at.Add(s.length)
	slot := meetingSlot{from: at, organizer: availabilities[busyAt(s.organizer, at, end)]}
	sum, n := 0.0, 0
	for _, i := range s.invitees {
		how := "unknown"
		if i.known {
			how = availabilities[busyAt(i.busy, at, end)]
		}
		slot.attendees = append(slot.attendees, how)
		if !i.option {
			sum, n = sum+chances[how], n+1
		}
	}
	if slot.confidence = 100; n > 0 {
		slot.confidence = sum / float64(n)
	}
	return slot
}

// chances are how likely people attend who are not busy, in percent.
var chances = map[string]float64{"free": 100, "workingElsewhere": 100, "unknown": 49, "tentative": 49}

func (s *meetingSearch) suggest(slot meetingSlot, i int, zone string, place *time.Location) string {
	var who []string
	for j, how := range slot.attendees {
		who = append(who, `{"availability":`+quoted(how)+`,"attendee":`+string(s.invitees[j].base.JSON())+`}`)
	}
	at := fields("start", string(dateTimeTimeZone(slot.from.In(place), zone)), "end", string(dateTimeTimeZone(slot.from.Add(s.length).In(place), zone)))
	reason := "Suggested because it is one of the nearest times when all attendees are available."
	if slot.confidence < 100 {
		reason = "Suggested because it is one of the nearest times when most attendees are available."
	}
	return string(fields("confidence", strconv.FormatFloat(slot.confidence, 'f', 1, 64), "order", strconv.Itoa(i+1),
		"organizerAvailability", quoted(slot.organizer), "suggestionReason", quoted(reason), "meetingTimeSlot", string(at.JSON()),
		"locations", "[]", "attendeeAvailability", "["+strings.Join(who, ",")+"]").JSON())
}

// maxSuggestions is how many times are suggested (D).
const maxSuggestions = 20

// minutes reads a duration of hours and minutes, as PT1H30M.
func minutes(value string) (time.Duration, bool) {
	d, ok := lasting(value)
	return d, ok && d <= 24*time.Hour
}
