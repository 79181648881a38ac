package behavior

// Evidence for the settings of a mailbox (page user-update-mailboxsettings, v1.0 2017
// to 2025):
//   - documented: the refusals of zones that are none and of hours that end before they
//     start.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// MailboxSettings judges changes of a mailbox's settings.
type MailboxSettings struct{}

var _ Updater = MailboxSettings{}

// Update implements [Updater].
func (MailboxSettings) Update(_ Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	if _, known := zoneNamed(text(change, "timeZone")); !known {
		return noZone()
	}
	if !change.Has("workingHours") {
		return nil
	}
	hours := inner(after.Object, "workingHours")
	zone := inner(hours, "timeZone")
	if _, known := zoneNamed(text(zone, "name")); !known && !strings.HasSuffix(text(zone, "@odata.type"), ".customTimeZone") {
		return noZone()
	}
	if start, end := text(hours, "startTime"), text(hours, "endTime"); start != "" && end != "" && end < start {
		return &grapherr.Error{Status: 400, Code: "ErrorInvalidTimeSettings", Message: "Start Time should occur before End Time."}
	}
	return nil
}

func noZone() *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "InvalidTimeZone", Message: "Time Zone settings provided are invalid."}
}
