package behavior

import (
	"strings"
	"time"
	_ "time/tzdata" // the image has no files of zones
)

// windowsZones are the names that Outlook gives to zones (D, CLDR), as far as
// they are not those of the zone database, which Outlook takes as well.
var windowsZones = map[string]string{
	"utc": "UTC", "greenwich standard time": "Atlantic/Reykjavik", "gmt standard time": "Europe/London",
	"w. europe standard time": "Europe/Berlin", "central europe standard time": "Europe/Budapest", "romance standard time": "Europe/Paris",
	"central european standard time": "Europe/Warsaw", "e. europe standard time": "Europe/Chisinau", "gtb standard time": "Europe/Bucharest",
	"fle standard time": "Europe/Kiev", "russian standard time": "Europe/Moscow", "turkey standard time": "Europe/Istanbul",
	"israel standard time": "Asia/Jerusalem", "south africa standard time": "Africa/Johannesburg", "egypt standard time": "Africa/Cairo",
	"w. central africa standard time": "Africa/Lagos", "e. africa standard time": "Africa/Nairobi", "arab standard time": "Asia/Riyadh",
	"arabian standard time": "Asia/Dubai", "iran standard time": "Asia/Tehran", "pakistan standard time": "Asia/Karachi",
	"india standard time": "Asia/Kolkata", "nepal standard time": "Asia/Kathmandu", "bangladesh standard time": "Asia/Dhaka",
	"se asia standard time": "Asia/Bangkok", "china standard time": "Asia/Shanghai", "singapore standard time": "Asia/Singapore",
	"taipei standard time": "Asia/Taipei", "w. australia standard time": "Australia/Perth", "tokyo standard time": "Asia/Tokyo",
	"korea standard time": "Asia/Seoul", "cen. australia standard time": "Australia/Adelaide", "aus central standard time": "Australia/Darwin",
	"e. australia standard time": "Australia/Brisbane", "aus eastern standard time": "Australia/Sydney", "tasmania standard time": "Australia/Hobart",
	"new zealand standard time": "Pacific/Auckland", "fiji standard time": "Pacific/Fiji", "hawaiian standard time": "Pacific/Honolulu",
	"alaskan standard time": "America/Anchorage", "pacific standard time": "America/Los_Angeles", "us mountain standard time": "America/Phoenix",
	"mountain standard time": "America/Denver", "central standard time": "America/Chicago", "central america standard time": "America/Guatemala",
	"canada central standard time": "America/Regina", "central standard time (mexico)": "America/Mexico_City",
	"eastern standard time": "America/New_York", "us eastern standard time": "America/Indiana/Indianapolis",
	"sa pacific standard time": "America/Bogota", "venezuela standard time": "America/Caracas", "atlantic standard time": "America/Halifax",
	"newfoundland standard time": "America/St_Johns", "e. south america standard time": "America/Sao_Paulo",
	"argentina standard time": "America/Buenos_Aires", "sa western standard time": "America/La_Paz", "pacific sa standard time": "America/Santiago",
	"azores standard time": "Atlantic/Azores", "cape verde standard time": "Atlantic/Cape_Verde", "dateline standard time": "Etc/GMT+12",
}

// zoneNamed finds a zone by either name; "" is UTC.
func zoneNamed(name string) (*time.Location, bool) {
	if known, ok := windowsZones[strings.ToLower(name)]; ok {
		name = known
	}
	if strings.EqualFold(name, "tzone://Microsoft/Utc") {
		name = "UTC"
	}
	place, err := time.LoadLocation(name)
	return place, err == nil && name != "Local"
}
