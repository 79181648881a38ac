package scenarios

// Scenario is one scenario document. Its JSON form and its YAML form have the
// same members.
type Scenario struct {
	Name        string       `json:"name"`                  // unique per server and tenant; letters, digits, ".", "_", "-"
	Description string       `json:"description,omitempty"` // for people
	Enabled     *bool        `json:"enabled,omitempty"`     // false: loaded and switched off; nil is true
	Seed        int64        `json:"seed,omitempty"`        // of Probability and of chances in Delay; the same seed gives the same run
	Rules       []Rule       `json:"rules,omitempty"`       // the first that matches and is not spent decides
	Limits      *Limits      `json:"limits,omitempty"`      // built-in rate limits, counted before the rules are asked; nil: none
	Lag         []Lag        `json:"lag,omitempty"`         // reads that see an old state
	Transitions []Transition `json:"transitions,omitempty"` // properties that move on by themselves
}

// Rule says what happens to the requests that it matches.
//
// A rule passes a request on to the rules after it while it warms up (After),
// when it is not this request's turn (Every, Probability), and for good once it
// is spent (Times). A rule whose only effect is a delay of zero lets its
// requests through untouched and keeps them from the rules after it.
type Rule struct {
	Match       Match    `json:"match,omitzero"`        // zero matches every request
	When        When     `json:"when,omitempty"`        // "" is WhenBefore
	Times       int      `json:"times,omitempty"`       // how often the rule decides before it is spent; 0 without end
	After       int      `json:"after,omitempty"`       // how many matching requests it lets pass first
	Every       int      `json:"every,omitempty"`       // 3: the third matching request, the sixth, …; 0 and 1 each one
	Probability float64  `json:"probability,omitempty"` // above 0, up to 1; 0 always
	Respond     *Respond `json:"respond,omitempty"`     // nil: the operation answers
	Delay       *Delay   `json:"delay,omitempty"`       // nil: none
	Fault       Fault    `json:"fault,omitempty"`       // "": the answer arrives whole
	Limit       *Limit   `json:"limit,omitempty"`       // nil: no rate limit

	// Headers changes the fields of whatever answer goes out: a text sets one,
	// nil removes one.
	Headers map[string]*string `json:"headers,omitempty"`
}

// on reports whether the scenario takes part in decisions.
func (s *Scenario) on() bool { return s.Enabled == nil || *s.Enabled }

// When says whether the change is made before the rule fails the request.
type When string

// Values of When.
const (
	WhenBefore When = "before" // the operation is not performed
	WhenAfter  When = "after"  // the operation is performed, then the client learns that it failed
)

// Fault is a way in which an answer does not arrive as it should.
type Fault string

// Values of Fault.
const (
	FaultReset    Fault = "reset"    // the connection is reset without an answer
	FaultClose    Fault = "close"    // the connection is closed without an answer
	FaultStall    Fault = "stall"    // nothing is sent until the client gives up
	FaultTruncate Fault = "truncate" // the answer breaks off in its body
	FaultGarbage  Fault = "garbage"  // what arrives is not HTTP
)

// answers reports whether a client sees a part of a real answer.
func (f Fault) answers() bool { return f == "" || f == FaultTruncate }

// Limit is a rate limit; beyond it requests are answered with 429, or as the
// rule's Respond says, and with the headers of the workload.
type Limit struct {
	Per      AnyOf    `json:"per"`                // who shares one allowance: each app, tenant, user, or a combination of them
	Requests int      `json:"requests,omitempty"` // allowance per window, in requests; 0 when Units is set
	Units    int      `json:"units,omitempty"`    // allowance per window, in resource units (graph-behaviour §6.2)
	Window   Duration `json:"window"`
}

// Lag makes reads of what was just created or changed see the old state, for a
// number of reads or for a time: entities, with their ETags, and links. Writes
// see the truth, a delta tells of a change in the round after it is seen, and
// what is deleted is gone at once. The first lag that matches a change holds.
type Lag struct {
	Match Match    `json:"match,omitzero"`  // which changes lag; zero all of them
	Reads int      `json:"reads,omitempty"` // reads that see the old state; 0 when Time is set
	Time  Duration `json:"time,omitzero"`   // on the fake's clock; 0 when Reads is set
}

// Transition moves a property on from one value to the next: at once, which is
// when the answer to the change is out, after a number of reads, or after a
// time. Both count from the change that gave the property the value, for what
// was there before from when the scenario came. It has the word over what the
// fake would do with the property by itself.
type Transition struct {
	Match    Match    `json:"match"`           // which entities: by path, entity type and tenant
	Property string   `json:"property"`        // its name; a path with "/" inside a complex property
	From     any      `json:"from"`            // JSON value
	To       any      `json:"to"`              // JSON value
	Reads    int      `json:"reads,omitempty"` // after so many reads; 0 does not wait for reads
	Time     Duration `json:"time,omitzero"`   // on the fake's clock; 0 does not wait
}
