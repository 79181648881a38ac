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

// Delay is how long an answer waits: a fixed time when Min and Max are equal,
// else a time between them that follows from the scenario's seed. A document
// writes "200ms" or {min: 100ms, max: 2s}.
type Delay struct {
	Min, Max time.Duration
}

type delayRange struct {
	Min Duration `json:"min"`
	Max Duration `json:"max"`
}

// MarshalJSON writes a fixed delay as a text and a range as an object.
func (d Delay) MarshalJSON() ([]byte, error) {
	if d.Min == d.Max {
		return json.Marshal(Duration(d.Min))
	}
	return json.Marshal(delayRange{Duration(d.Min), Duration(d.Max)})
}

// UnmarshalJSON reads both forms.
func (d *Delay) UnmarshalJSON(data []byte) error {
	var span delayRange
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &span.Min); err != nil {
			return err
		}
		span.Max = span.Min
	} else if err := json.Unmarshal(data, &span); err != nil {
		return err
	}
	d.Min, d.Max = time.Duration(span.Min), time.Duration(span.Max)
	return nil
}

// pick returns the delay for a random number.
func (d *Delay) pick(random uint64) time.Duration {
	if d == nil {
		return 0
	}
	if d.Max <= d.Min {
		return d.Min
	}
	return d.Min + time.Duration(random%uint64(d.Max-d.Min+1))
}

// parseSeconds reads a duration of whole seconds.
func parseSeconds(text string) (Duration, error) {
	d, err := parseDuration(text)
	if err == nil && !secondsForm.MatchString(text) {
		err = fmt.Errorf("%s: Retry-After counts whole seconds (write 1s)", quote(text))
	}
	return Duration(d), err
}
