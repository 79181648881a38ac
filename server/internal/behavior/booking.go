package behavior

// Evidence for Bookings (pages bookingbusiness-post-bookingbusinesses, -publish,
// -list-calendarview, -getstaffavailability and bookingappointment-cancel, v1.0 2021 to
// 2025):
//   - documented: a business has an address for its id; publishing gives it a page; the
//     view of its calendar has the appointments of a range of time; staff is available
//     where it has none.
//   - assumed (2026-11): the address is made of the name; a cancelled appointment is gone;
//     hours are not looked at.

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// BookingBusiness keeps businesses.
	BookingBusiness struct{}
	// BookingView lists the appointments of a business in a range of time.
	BookingView struct{}
)

var (
	_ Creator = BookingBusiness{}
	_ Lister  = BookingView{}
)

// bookings are the registrations of Bookings.
func bookings() []Registration {
	all := []Registration{
		{Type: "microsoft.graph.bookingBusiness", Behavior: BookingBusiness{}},
		{Bound: "microsoft.graph.bookingBusiness/publish", Behavior: invoked(publishBusiness)},
		{Bound: "microsoft.graph.bookingBusiness/getStaffAvailability", Behavior: invoked(staffAvailability)},
		{Bound: "microsoft.graph.bookingAppointment/cancel", Behavior: invoked(deleteForGood)},
	}
	for _, root := range []string{"/bookingBusinesses", "/solutions/bookingBusinesses"} {
		all = append(all, Registration{Operation: "GET " + root + "/{id}/calendarView", Behavior: BookingView{}})
	}
	return all
}

// Create implements [Creator].
func (BookingBusiness) Create(tx Tx, e *Entity) *grapherr.Error {
	if text(e.Object, "displayName") == "" {
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The displayName is required."}
	}
	name := strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f && !strings.ContainsRune(`@()\[]";:.<>,'/`, r) {
			return r
		}
		return -1
	}, text(e.Object, "displayName"))
	domain := "contoso.onmicrosoft.com"
	for d := range tx.All(Root("domains")) {
		if d.True("isDefault") {
			domain = d.ID
		}
	}
	id := name + "@" + domain
	for n := 1; ; n++ {
		if _, taken := tx.Get(tx.Collection(), id); !taken {
			break
		}
		id = name + strconv.Itoa(n) + "@" + domain
	}
	e.ID = id
	e.SetString("id", id)
	provide(&e.Object, []Default{{"isPublished", "false"}, {"defaultCurrencyIso", `"USD"`}})
	return nil
}

func publishBusiness(_ Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	bound.Set("isPublished", []byte("true"))
	bound.SetString("publicUrl", "https://outlook.office365.com/owa/calendar/"+bound.ID+"/bookings/")
	return Result{}, nil
}

// List implements [Lister].
func (BookingView) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	if !isEmpty(tx, tx.Collection()) {
		return nil, nil
	}
	start, _ := tx.Query("start")
	end, _ := tx.Query("end")
	from, okFrom := clockTime(strings.ReplaceAll(start, " ", "+"), time.UTC)
	to, okTo := clockTime(strings.ReplaceAll(end, " ", "+"), time.UTC)
	if !okFrom || !okTo {
		return nil, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The start and the end of the view are required."}
	}
	return func(yield func(Entity) bool) {
		for a := range tx.All(Below(tx.Parent(), "appointments")) {
			if begins, ends, ok := booked(a); ok && begins.Before(to) && ends.After(from) && !yield(a) {
				return
			}
		}
	}, nil
}

// booked is when an appointment begins and ends.
func booked(a Entity) (from, to time.Time, ok bool) {
	from, okFrom := momentOf(a.Object, "startDateTime", "start")
	to, okTo := momentOf(a.Object, "endDateTime", "end")
	return from, to, okFrom && okTo
}

// momentOf reads the first of some members that there is.
func momentOf(o entity.Object, names ...string) (time.Time, bool) {
	for _, name := range names {
		if at := inner(o, name); present(o, name) {
			return clockTime(text(at, "dateTime"), zoneOrUTC(text(at, "timeZone")))
		}
	}
	return time.Time{}, false
}

// zoneOrUTC is a zone by its name.
func zoneOrUTC(name string) *time.Location {
	if place, ok := zoneNamed(name); ok {
		return place
	}
	return time.UTC
}

// staffAvailability tells for each of the staff when they are free and when not.
func staffAvailability(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	p = lowered(p)
	from, okFrom := momentOf(p, "startDateTime")
	to, okTo := momentOf(p, "endDateTime")
	if !okFrom || !okTo || !to.After(from) {
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The startDateTime and the endDateTime are required."}
	}
	zone := text(inner(p, "startDateTime"), "timeZone")
	all := Result{IsList: true}
	for _, id := range texts(p, "staffIds") {
		items := slotsOf(tx, bound, id, from, to, zone)
		all.Collection = append(all.Collection, Entity{Object: fields("staffId", quoted(id), "availabilityItems", string(arrayOf(items)))})
	}
	return all, nil
}

// slotsOf are the times of one of the staff in their order.
func slotsOf(tx Tx, business *Entity, staff string, from, to time.Time, zone string) (items []entity.Object) {
	var taken []Entity
	for a := range tx.All(Below(business.Ref, "appointments")) {
		begins, ends, ok := booked(a)
		if ok && slices.Contains(texts(a.Object, "staffMemberIds"), staff) && begins.Before(to) && ends.After(from) {
			taken = append(taken, a)
		}
	}
	slices.SortFunc(taken, func(a, b Entity) int {
		x, _, _ := booked(a)
		y, _, _ := booked(b)
		return x.Compare(y)
	})
	place := zoneOrUTC(zone)
	slot := func(status, service string, a, b time.Time) {
		if b.After(a) {
			items = append(items, fields("status", quoted(status), "startDateTime", string(dateTimeTimeZone(a.In(place), zone)),
				"endDateTime", string(dateTimeTimeZone(b.In(place), zone)), "serviceId", quoted(service)))
		}
	}
	at := from
	for _, a := range taken {
		begins, ends, _ := booked(a)
		slot("available", "", at, begins)
		slot("busy", text(a.Object, "serviceId"), later(at, begins), ends)
		at = later(at, ends)
	}
	slot("available", "", at, to)
	return items
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
