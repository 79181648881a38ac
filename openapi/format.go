package openapi

import (
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// formatNumber is our name for numbers that JSON cannot write and OData sends
// as strings.
const formatNumber = "odata-number"

// formatOf names the format of primitive types that are strings in JSON.
var formatOf = map[string]string{
	"Edm.Guid": "uuid", "Edm.DateTimeOffset": "date-time", "Edm.Date": "date", "Edm.TimeOfDay": "time",
	"Edm.Duration": "duration", "Edm.Binary": "byte",
}

// formatWords say what a format wants, for the texts of findings.
var formatWords = map[string]string{
	"uuid": "a GUID", "date-time": "a date and time with its offset", "date": "a date", "time": "a time of day",
	"duration": "an ISO 8601 duration", "byte": "base64", formatNumber: "a number",
}

// formats are the checks themselves.
var formats = map[string]func(string) bool{
	"uuid": isGUID, "date-time": isDateTime, "date": isDate, "time": isTimeOfDay,
	"duration": isDuration, "byte": isBase64, formatNumber: isNumberWord,
}

// errFormat is all that a check says; the text of the finding is ours.
var errFormat = errors.New("does not have the format")

// visitOptions are handed to each run of the validator. The formats come with
// the call: kin-openapi's registry belongs to the whole process.
var visitOptions = []openapi3.SchemaValidationOption{
	openapi3.MultiErrors(),
	openapi3.WithStringFormatValidators(formatValidators()),
}

func formatValidators() map[string]openapi3.StringFormatValidator {
	validators := map[string]openapi3.StringFormatValidator{}
	for name, check := range formats {
		validators[name] = openapi3.NewCallbackValidator(func(value string) error {
			if !check(value) {
				return errFormat
			}
			return nil
		})
	}
	return validators
}

func isNumberWord(s string) bool { return s == "INF" || s == "-INF" || s == "NaN" }

func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if !isHex(s[i]) {
				return false
			}
		}
	}
	return true
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= table.Lower(c) && table.Lower(c) <= 'f' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// isDateTime wants an offset, and takes seconds as optional and a fraction of
// up to twelve digits, as OData does.
func isDateTime(s string) bool {
	date, rest, found := strings.Cut(s, "T")
	if !found || !isDate(date) {
		return false
	}
	if clock, ok := strings.CutSuffix(rest, "Z"); ok {
		return isTimeOfDay(clock)
	}
	at := strings.LastIndexAny(rest, "+-")
	if at < 0 || len(rest)-at != len("+00:00") {
		return false
	}
	_, err := time.Parse("15:04", rest[at+1:])
	return err == nil && isTimeOfDay(rest[:at])
}

func isTimeOfDay(s string) bool {
	clock, fraction, fractional := strings.Cut(s, ".")
	if fractional && (len(fraction) == 0 || len(fraction) > 12 || strings.Trim(fraction, "0123456789") != "") {
		return false
	}
	if len(clock) == len("15:04") && !fractional {
		clock += ":00"
	}
	_, err := time.Parse(time.TimeOnly, clock)
	return err == nil && len(clock) == len(time.TimeOnly)
}

// isDuration accepts days, hours, minutes and seconds, as Edm.Duration has
// them, and the years, months and weeks that a few services use.
func isDuration(s string) bool {
	s = strings.TrimPrefix(s, "-")
	date, clock, timed := strings.Cut(s, "T")
	date, found := strings.CutPrefix(date, "P")
	if !found || date == "" && !timed || timed && clock == "" {
		return false
	}
	return areParts(date, "YMWD", false) && areParts(clock, "HMS", true)
}

// areParts reads numbers each followed by its unit, in the order of units; the
// last unit may have a fraction.
func areParts(s, units string, fractional bool) bool {
	for s != "" {
		digits := strings.TrimLeft(s, "0123456789")
		if len(digits) == len(s) || digits == "" {
			return false
		}
		if fraction, ok := strings.CutPrefix(digits, "."); ok && fractional {
			rest := strings.TrimLeft(fraction, "0123456789")
			if len(rest) == len(fraction) || rest == "" || rest[0] != units[len(units)-1] {
				return false
			}
			digits = rest
		}
		at := strings.IndexByte(units, digits[0])
		if at < 0 {
			return false
		}
		units, s = units[at+1:], digits[1:]
		if units == "" {
			return s == ""
		}
	}
	return true
}

// isBase64 accepts the standard alphabet and base64url, padded or not.
func isBase64(s string) bool {
	trimmed := strings.TrimRight(s, "=")
	if len(s)-len(trimmed) > 2 || len(s) != len(trimmed) && len(s)%4 != 0 {
		return false
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(s, "-_") {
		encoding = base64.RawURLEncoding
	}
	_, err := encoding.DecodeString(trimmed)
	return err == nil && !strings.ContainsAny(s, "\r\n")
}
