package behavior

// Evidence for supportedTimeZones and supportedLanguages of a mailbox:
//   - documented: zones by their Windows names with an offset and a text, the
//     westernmost first; with TimeZoneStandard Iana by those of the zone database,
//     which are their texts, too. Locales with their names in themselves.
//   - assumed (2026-11): the zones are those that fakegraph's calendars know by
//     Windows names, their texts end with the zone's city; the locales are
//     Microsoft 365's most used ones.

import (
	"cmp"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// supportedZone is a zone with its offset in winter, in seconds.
type supportedZone struct {
	windows, iana string
	offset        int
}

// supportedZones answers outlookUser: supportedTimeZones.
func supportedZones(_ Tx, _ *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	iana := strings.Contains(strings.ToLower(text(lowered(parameters), "timeZoneStandard")), "iana")
	result := Result{IsList: true}
	for _, z := range zonesFromWest() {
		alias, shown := z.windows, z.String()
		if iana {
			alias, shown = z.iana, z.iana
		}
		result.Collection = append(result.Collection, New(fields("alias", quoted(alias), "displayName", quoted(shown))...))
	}
	return result, nil
}

func zonesFromWest() []supportedZone {
	all := make([]supportedZone, 0, len(windowsZones))
	for windows, iana := range windowsZones {
		all = append(all, supportedZone{windows, iana, winterOffset(iana)})
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return cmp.Or(cmp.Compare(a.offset, b.offset), strings.Compare(a.windows, b.windows)) < 0
	})
	return all
}

// winterOffset is a zone's offset outside of daylight saving time.
func winterOffset(name string) int {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return 0
	}
	_, january := time.Date(2026, 1, 1, 0, 0, 0, 0, zone).Zone()
	_, july := time.Date(2026, 7, 1, 0, 0, 0, 0, zone).Zone()
	return min(january, july)
}

// String is the text of a zone: "(UTC+05:30) Kolkata".
func (z supportedZone) String() string {
	if z.iana == "UTC" {
		return "(UTC) Coordinated Universal Time"
	}
	city := strings.ReplaceAll(z.iana[strings.LastIndexByte(z.iana, '/')+1:], "_", " ")
	if strings.HasPrefix(z.iana, "Etc/") {
		city = strings.TrimSuffix(z.windows, " Standard Time")
	}
	sign, minutes := '+', z.offset/60
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	if minutes == 0 {
		return "(UTC) " + city
	}
	return fmt.Sprintf("(UTC%c%02d:%02d) %s", sign, minutes/60, minutes%60, city)
}

// locales are languages with their own names for themselves.
const locales = `ar-SA|العربية (المملكة العربية السعودية)
bg-BG|български (България)
ca-ES|català (català)
cs-CZ|čeština (Česko)
da-DK|dansk (Danmark)
de-AT|Deutsch (Österreich)
de-CH|Deutsch (Schweiz)
de-DE|Deutsch (Deutschland)
el-GR|Ελληνικά (Ελλάδα)
en-AU|English (Australia)
en-CA|English (Canada)
en-GB|English (United Kingdom)
en-IE|English (Ireland)
en-IN|English (India)
en-NZ|English (New Zealand)
en-US|English (United States)
es-ES|español (España)
es-MX|español (México)
et-EE|eesti (Eesti)
fi-FI|suomi (Suomi)
fr-BE|français (Belgique)
fr-CA|français (Canada)
fr-CH|français (Suisse)
fr-FR|français (France)
he-IL|עברית (ישראל)
hi-IN|हिन्दी (भारत)
hr-HR|hrvatski (Hrvatska)
hu-HU|magyar (Magyarország)
id-ID|Indonesia (Indonesia)
it-CH|italiano (Svizzera)
it-IT|italiano (Italia)
ja-JP|日本語 (日本)
ko-KR|한국어(대한민국)
lt-LT|lietuvių (Lietuva)
lv-LV|latviešu (Latvija)
nb-NO|norsk bokmål (Norge)
nl-BE|Nederlands (België)
nl-NL|Nederlands (Nederland)
pl-PL|polski (Polska)
pt-BR|português (Brasil)
pt-PT|português (Portugal)
ro-RO|română (România)
ru-RU|русский (Россия)
sk-SK|slovenčina (Slovensko)
sl-SI|slovenščina (Slovenija)
sv-SE|svenska (Sverige)
th-TH|ไทย (ไทย)
tr-TR|Türkçe (Türkiye)
uk-UA|українська (Україна)
vi-VN|Tiếng Việt (Việt Nam)
zh-CN|中文(中国)
zh-TW|中文(台灣)`

// supportedLanguages answers outlookUser: supportedLanguages.
func supportedLanguages(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	result := Result{IsList: true}
	for line := range strings.SplitSeq(locales, "\n") {
		locale, name, _ := strings.Cut(line, "|")
		result.Collection = append(result.Collection, New(fields("locale", quoted(locale), "displayName", quoted(name))...))
	}
	return result, nil
}
