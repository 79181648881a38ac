package scenarios

import (
	"encoding/json"
	"fmt"
	"regexp"
	"time"
)

// Forms of a duration in a document; the JSON Schema has the same patterns.
var (
	durationForm = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$`)
	secondsForm  = regexp.MustCompile(`^([0-9]+[hms])+$`)
)

// Duration is a time.Duration that a document writes as "2s".
type Duration time.Duration

func (d Duration) String() string { return time.Duration(d).String() }

// MarshalJSON writes the duration with its unit.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads a text such as "2s".
func (d *Duration) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	parsed, err := parseDuration(text)
	*d = Duration(parsed)
	return err
}

// parseDuration reads a text with a unit and without a sign.
func parseDuration(text string) (time.Duration, error) {
	if !durationForm.MatchString(text) {
		return 0, fmt.Errorf("%s is no duration (write a number with a unit, such as 200ms, 2s or 1m30s)", quote(text))
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("%s is too long a duration", quote(text))
	}
	return d, nil
}

// parseSeconds reads a duration of whole seconds.
func parseSeconds(text string) (Duration, error) {
	d, err := parseDuration(text)
	if err == nil && !secondsForm.MatchString(text) {
		err = fmt.Errorf("%s: Retry-After counts whole seconds (write 1s)", quote(text))
	}
	return Duration(d), err
}
