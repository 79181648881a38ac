package behavior

import (
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the image has no files of zones
)

// windowsZones are the names that Outlook gives to zones (D, CLDR), as far as
// they are not those of the zone database, which Outlook takes as well.
var windowsZones = map[string]string{
	"UTC": "UTC", "Greenwich Standard Time": "Atlantic/Reykjavik", "GMT Standard Time": "Europe/London",
	"W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest", "Romance Standard Time": "Europe/Paris",
	"Central European Standard Time": "Europe/Warsaw", "E. Europe Standard Time": "Europe/Chisinau", "GTB Standard Time": "Europe/Bucharest",
	"FLE Standard Time": "Europe/Kiev", "Russian Standard Time": "Europe/Moscow", "Turkey Standard Time": "Europe/Istanbul",
	"Israel Standard Time": "Asia/Jerusalem", "South Africa Standard Time": "Africa/Johannesburg", "Egypt Standard Time": "Africa/Cairo",
	"W. Central Africa Standard Time": "Africa/Lagos", "E. Africa Standard Time": "Africa/Nairobi", "Arab Standard Time": "Asia/Riyadh",
	"Arabian Standard Time": "Asia/Dubai", "Iran Standard Time": "Asia/Tehran", "Pakistan Standard Time": "Asia/Karachi",
	"India Standard Time": "Asia/Kolkata", "Nepal Standard Time": "Asia/Kathmandu", "Bangladesh Standard Time": "Asia/Dhaka",
	"SE Asia Standard Time": "Asia/Bangkok", "China Standard Time": "Asia/Shanghai", "Singapore Standard Time": "Asia/Singapore",
	"Taipei Standard Time": "Asia/Taipei", "W. Australia Standard Time": "Australia/Perth", "Tokyo Standard Time": "Asia/Tokyo",
	"Korea Standard Time": "Asia/Seoul", "Cen. Australia Standard Time": "Australia/Adelaide", "AUS Central Standard Time": "Australia/Darwin",
	"E. Australia Standard Time": "Australia/Brisbane", "AUS Eastern Standard Time": "Australia/Sydney", "Tasmania Standard Time": "Australia/Hobart",
	"New Zealand Standard Time": "Pacific/Auckland", "Fiji Standard Time": "Pacific/Fiji", "Hawaiian Standard Time": "Pacific/Honolulu",
	"Alaskan Standard Time": "America/Anchorage", "Pacific Standard Time": "America/Los_Angeles", "US Mountain Standard Time": "America/Phoenix",
	"Mountain Standard Time": "America/Denver", "Central Standard Time": "America/Chicago", "Central America Standard Time": "America/Guatemala",
	"Canada Central Standard Time": "America/Regina", "Central Standard Time (Mexico)": "America/Mexico_City",
	"Eastern Standard Time": "America/New_York", "US Eastern Standard Time": "America/Indiana/Indianapolis",
	"SA Pacific Standard Time": "America/Bogota", "Venezuela Standard Time": "America/Caracas", "Atlantic Standard Time": "America/Halifax",
	"Newfoundland Standard Time": "America/St_Johns", "E. South America Standard Time": "America/Sao_Paulo",
	"Argentina Standard Time": "America/Buenos_Aires", "SA Western Standard Time": "America/La_Paz", "Pacific SA Standard Time": "America/Santiago",
	"Azores Standard Time": "Atlantic/Azores", "Cape Verde Standard Time": "Atlantic/Cape_Verde", "Dateline Standard Time": "Etc/GMT+12",
	"UTC-11": "Etc/GMT+11", "Aleutian Standard Time": "America/Adak", "Marquesas Standard Time": "Pacific/Marquesas", "UTC-09": "Etc/GMT+9",
	"Pacific Standard Time (Mexico)": "America/Tijuana", "UTC-08": "Etc/GMT+8", "Mountain Standard Time (Mexico)": "America/Mazatlan",
	"Yukon Standard Time": "America/Whitehorse", "Easter Island Standard Time": "Pacific/Easter", "Eastern Standard Time (Mexico)": "America/Cancun",
	"Haiti Standard Time": "America/Port-au-Prince", "Cuba Standard Time": "America/Havana", "Turks And Caicos Standard Time": "America/Grand_Turk",
	"Paraguay Standard Time": "America/Asuncion", "Central Brazilian Standard Time": "America/Cuiaba", "Tocantins Standard Time": "America/Araguaina",
	"SA Eastern Standard Time": "America/Cayenne", "Greenland Standard Time": "America/Godthab", "Montevideo Standard Time": "America/Montevideo",
	"Magallanes Standard Time": "America/Punta_Arenas", "Saint Pierre Standard Time": "America/Miquelon", "Bahia Standard Time": "America/Bahia",
	"UTC-02": "Etc/GMT+2", "Sao Tome Standard Time": "Africa/Sao_Tome", "Morocco Standard Time": "Africa/Casablanca",
	"Jordan Standard Time": "Asia/Amman", "Middle East Standard Time": "Asia/Beirut", "Syria Standard Time": "Asia/Damascus",
	"West Bank Standard Time": "Asia/Hebron", "South Sudan Standard Time": "Africa/Juba", "Kaliningrad Standard Time": "Europe/Kaliningrad",
	"Sudan Standard Time": "Africa/Khartoum", "Libya Standard Time": "Africa/Tripoli", "Namibia Standard Time": "Africa/Windhoek",
	"Arabic Standard Time": "Asia/Baghdad", "Belarus Standard Time": "Europe/Minsk", "Astrakhan Standard Time": "Europe/Astrakhan",
	"Azerbaijan Standard Time": "Asia/Baku", "Russia Time Zone 3": "Europe/Samara", "Mauritius Standard Time": "Indian/Mauritius",
	"Saratov Standard Time": "Europe/Saratov", "Georgian Standard Time": "Asia/Tbilisi", "Volgograd Standard Time": "Europe/Volgograd",
	"Caucasus Standard Time": "Asia/Yerevan", "Afghanistan Standard Time": "Asia/Kabul", "West Asia Standard Time": "Asia/Tashkent",
	"Ekaterinburg Standard Time": "Asia/Yekaterinburg", "Qyzylorda Standard Time": "Asia/Qyzylorda", "Sri Lanka Standard Time": "Asia/Colombo",
	"Central Asia Standard Time": "Asia/Bishkek", "Omsk Standard Time": "Asia/Omsk", "Myanmar Standard Time": "Asia/Rangoon",
	"Altai Standard Time": "Asia/Barnaul", "W. Mongolia Standard Time": "Asia/Hovd", "North Asia Standard Time": "Asia/Krasnoyarsk",
	"N. Central Asia Standard Time": "Asia/Novosibirsk", "Tomsk Standard Time": "Asia/Tomsk", "North Asia East Standard Time": "Asia/Irkutsk",
	"Ulaanbaatar Standard Time": "Asia/Ulaanbaatar", "Aus Central W. Standard Time": "Australia/Eucla", "Transbaikal Standard Time": "Asia/Chita",
	"North Korea Standard Time": "Asia/Pyongyang", "Yakutsk Standard Time": "Asia/Yakutsk", "West Pacific Standard Time": "Pacific/Port_Moresby",
	"Vladivostok Standard Time": "Asia/Vladivostok", "Lord Howe Standard Time": "Australia/Lord_Howe",
	"Bougainville Standard Time": "Pacific/Bougainville", "Russia Time Zone 10": "Asia/Srednekolymsk", "Magadan Standard Time": "Asia/Magadan",
	"Norfolk Standard Time": "Pacific/Norfolk", "Sakhalin Standard Time": "Asia/Sakhalin", "Central Pacific Standard Time": "Pacific/Guadalcanal",
	"Russia Time Zone 11": "Asia/Kamchatka", "UTC+12": "Etc/GMT-12", "Chatham Islands Standard Time": "Pacific/Chatham", "UTC+13": "Etc/GMT-13",
	"Tonga Standard Time": "Pacific/Tongatapu", "Samoa Standard Time": "Pacific/Apia", "Line Islands Standard Time": "Pacific/Kiritimati",
}

// foldedZones are windowsZones by their names in lower case.
var foldedZones = sync.OnceValue(func() map[string]string {
	folded := make(map[string]string, len(windowsZones))
	for name, zone := range windowsZones {
		folded[strings.ToLower(name)] = zone
	}
	return folded
})

// zoneNamed finds a zone by either name; "" is UTC.
func zoneNamed(name string) (*time.Location, bool) {
	if known, ok := foldedZones()[strings.ToLower(name)]; ok {
		name = known
	}
	if strings.EqualFold(name, "tzone://Microsoft/Utc") {
		name = "UTC"
	}
	place, err := time.LoadLocation(name)
	return place, err == nil && name != "Local"
}
