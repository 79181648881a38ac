package behavior

// Evidence for the locations of events:
//   - documented: location and locations always correspond; a new location takes
//     the place of all there were (page of the event resource). One that a client
//     names is of the type default and has its name as a private unique id; in a
//     list, one that has but a name has no id (page of user post events).
//   - assumed (2026-11): of several locations the one that stands for all has
//     their names, with "; " between them, as the page's client says itself.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// noLocation is the location of an event that has none.
const noLocation = `{"displayName":"","locationType":"default","uniqueIdType":"unknown","address":{},"coordinates":{}}`

// settleLocations makes an event's location and locations correspond after a
// client has said one of them, or both.
func settleLocations(e *Entity, said entity.Object) {
	if present(said, "location") {
		e.Set("location", namedLocation(inner(e.Object, "location"), inner(said, "location")).JSON())
	}
	switch {
	case said.Has("locations"):
		e.Set("locations", settledList(list(e.Object, "locations")))
		if !said.Has("location") {
			e.Set("location", standIn(list(e.Object, "locations")))
		}
	case present(said, "location"):
		e.Set("locations", soleLocation(inner(e.Object, "location")))
	case said.Has("location"):
		e.Set("locations", []byte("[]"))
	}
}

// namedLocation gives a location what the service makes of the name that a client said.
func namedLocation(location, said entity.Object) entity.Object {
	if !present(location, "locationType") {
		location.SetString("locationType", "default")
	}
	name := text(location, "displayName")
	switch {
	case name == "":
		location.Delete("uniqueId")
		location.SetString("uniqueIdType", "unknown")
	case !said.Has("uniqueId"):
		location.SetString("uniqueId", name)
		location.SetString("uniqueIdType", "private")
	}
	return location
}

// soleLocation is the list of a single location: empty for one that says nothing.
func soleLocation(location entity.Object) []byte {
	for _, m := range location {
		if v := string(m.Value); m.Name != "locationType" && m.Name != "uniqueIdType" && v != `""` && v != "{}" && v != "null" {
			return []byte("[" + string(location.JSON()) + "]")
		}
	}
	return []byte("[]")
}

// settledList completes the locations that a client listed.
func settledList(locations []entity.Object) []byte {
	all := make([]string, len(locations))
	for i, location := range locations {
		switch {
		case present(location, "uniqueId"):
		case len(location) > 1:
			location = namedLocation(location, nil)
		default:
			location.SetString("locationType", "default")
			location.SetString("uniqueIdType", "unknown")
		}
		all[i] = string(location.JSON())
	}
	return []byte("[" + strings.Join(all, ",") + "]")
}

// standIn is the one location that stands for all.
func standIn(locations []entity.Object) []byte {
	switch len(locations) {
	case 0:
		return []byte(noLocation)
	case 1:
		return namedLocation(locations[0].Clone(), locations[0]).JSON()
	}
	var names []string
	for _, location := range locations {
		names = append(names, text(location, "displayName"))
	}
	var all entity.Object
	all.SetString("displayName", strings.Join(names, "; "))
	return namedLocation(all, nil).JSON()
}
