package scenarios

import (
	"encoding/json"
	"math"
	"time"
)

// Delay is how long an answer waits: a fixed time when Min and Max are equal,
// a time between them, or, with Median, a lognormal one that Max bounds. What it
// comes to follows from the scenario's seed. A document writes "200ms",
// {min: 100ms, max: 2s} or {median: 200ms, sigma: 0.5, max: 5s}.
type Delay struct {
	Min, Max time.Duration
	Median   time.Duration // half of the delays are below; 0: not lognormal
	Sigma    float64       // of the logarithm: 0.1 hardly varies, 2 has a long tail
}

type delayRange struct {
	Min    *Duration `json:"min,omitempty"`
	Median *Duration `json:"median,omitempty"`
	Sigma  float64   `json:"sigma,omitempty"`
	Max    Duration  `json:"max"`
}

// MarshalJSON writes a fixed delay as a text and another as an object.
func (d Delay) MarshalJSON() ([]byte, error) {
	least, median := Duration(d.Min), Duration(d.Median)
	switch {
	case d.Sigma != 0:
		return json.Marshal(delayRange{Median: &median, Sigma: d.Sigma, Max: Duration(d.Max)})
	case d.Min == d.Max:
		return json.Marshal(least)
	}
	return json.Marshal(delayRange{Min: &least, Max: Duration(d.Max)})
}

// UnmarshalJSON reads all forms.
func (d *Delay) UnmarshalJSON(data []byte) error {
	var span delayRange
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &span.Max); err != nil {
			return err
		}
		span.Min = &span.Max
	} else if err := json.Unmarshal(data, &span); err != nil {
		return err
	}
	*d = Delay{Max: time.Duration(span.Max), Sigma: span.Sigma}
	if span.Min != nil {
		d.Min = time.Duration(*span.Min)
	}
	if span.Median != nil {
		d.Median = time.Duration(*span.Median)
	}
	return nil
}

// pick returns the delay for a random number.
func (d *Delay) pick(random uint64) time.Duration {
	switch {
	case d == nil:
		return 0
	case d.Sigma != 0:
		return d.lognormal(random)
	case d.Max <= d.Min:
		return d.Min
	}
	return d.Min + time.Duration(random%uint64(d.Max-d.Min+1))
}

// lognormal draws by Box and Muller from the two halves of a random number.
func (d *Delay) lognormal(random uint64) time.Duration {
	const unit = 1 << 32
	u, v := (float64(random>>32)+1)/unit, float64(random&(unit-1))/unit
	normal := math.Sqrt(-2*math.Log(u)) * math.Cos(2*math.Pi*v)
	drawn := float64(d.Median) * math.Exp(d.Sigma*normal)
	return time.Duration(min(drawn, float64(d.Max)))
}
