package main

// goal is a figure to reach. More is better when the aim is above the gate.
type goal struct {
	Number  string `json:"goal"`
	Measure string `json:"measure"`
	Unit    string `json:"unit"`
	Gate    limits `json:"gate"` // below it, something is wrong
	Aim     limits `json:"aim"`  // what a release should show
}

// limits are a figure and, for ratios under load, how many times the
// reference's processor time a request may take. 0 sets no limit to that.
type limits struct {
	Value float64 `json:"value"`
	CPU   float64 `json:"cpu,omitempty"`
}

// The goals that this program measures, in the order of the table.
var (
	getGoal        = goal{"1", "GET entity / bare GET of the same bytes", "ratio", limits{0.60, 1.7}, limits{0.75, 1.4}}
	listGoal       = goal{"2", "list of 100 / bare list of the same bytes", "ratio", limits{0.60, 0}, limits{0.75, 0}}
	getUserGoal    = goal{"1", "GET user / bare GET of the same bytes", "ratio", limits{0.60, 1.7}, limits{0.75, 1.4}}
	listUsersGoal  = goal{"2", "list of 100 users / bare list of the same bytes", "ratio", limits{0.60, 0}, limits{0.75, 0}}
	patchGoal      = goal{"3", "PATCH in memory / bare PATCH", "ratio", limits{0.40, 2.8}, limits{0.55, 0}}
	durableGoal    = goal{"4", "PATCH durable / bare PATCH", "ratio", limits{0.20, 0}, limits{0.30, 0}}
	companyGoal    = goal{"4", "PATCH durable / bare PATCH, 64 connections", "ratio", limits{0.30, 0}, limits{0.45, 0}}
	fsyncGoal      = goal{"4b", "PATCH durable, 1 connection, p50", "ms", limits{}, limits{}} // limits follow the disk
	scanGoal       = goal{"5", "$filter among 100,000 users / raw walk of the file", "ratio", limits{8, 0}, limits{5, 0}}
	scanWaitGoal   = goal{"5", "$filter among 100,000 users, one comparison, p50", "ms", limits{100, 0}, limits{50, 0}}
	orderGoal      = goal{"5", "$orderby and $count of 100,000 users, p50", "ms", limits{200, 0}, limits{100, 0}} // ours: the goals leave it to be stated
	countGoal      = goal{"5", "$count of a $filter among 100,000 users, p50", "ms", limits{200, 0}, limits{100, 0}}
	indexGoal      = goal{"5b", "indexed equality among 100,000 users / bare GET", "ratio", limits{0.60, 0}, limits{0.75, 0}}
	flatGoal       = goal{"5b", "indexed equality: time among 100,000 / among 1,000", "ratio", limits{2, 0}, limits{1.5, 0}}
	batchGoal      = goal{"6", "$batch of 20 GETs / one bare GET", "ratio", limits{0.07, 0}, limits{0.11, 0}}
	startGoal      = goal{"7", "New + GET without socket + Close", "ms", limits{1, 0}, limits{0.3, 0}}
	startHeapGoal  = goal{"7", "New + GET without socket + Close: allocations", "count", limits{1000, 0}, limits{300, 0}}
	testServerGoal = goal{"7b", "NewTest + GET + close / httptest TLS server", "ratio", limits{1.2, 0}, limits{0.8, 0}}
	firstGoal      = goal{"7c", "first NewTest + GET in a process", "ms", limits{60, 0}, limits{25, 0}}
	coldGoal       = goal{"8", "cold start of the binary, less a bare server's", "ms", limits{40, 0}, limits{15, 0}}
	idleGoal       = goal{"9", "resident memory, idle", "MB", limits{60, 0}, limits{30, 0}}
	workedGoal     = goal{"9", "resident memory, after many requests", "MB", limits{120, 0}, limits{60, 0}}
	binaryGoal     = goal{"10", "binary, stripped", "MB", limits{25, 0}, limits{16, 0}}
	manyGoal       = goal{"3b", "PATCH among 1,000,000 / among 1,000", "ratio", limits{2, 0}, limits{1.5, 0}}
	memberGoal     = goal{"3c", "member changed in 100,000 / in 100", "ratio", limits{1.5, 0}, limits{1.2, 0}}
	loadGoal       = goal{"12", "1,000,000 users: load", "s", limits{60, 0}, limits{15, 0}}
	foundGoal      = goal{"12", "1,000,000 users: indexed equality, p50", "ms", limits{1, 0}, limits{0.3, 0}}
	fileGoal       = goal{"12", "1,000,000 users: file / their JSON", "ratio", limits{1.6, 0}, limits{1.3, 0}}
	reopenGoal     = goal{"12", "1,000,000 users: start on the file", "s", limits{1, 0}, limits{0.05, 0}}
	lookupGoal     = goal{"14", "lookup, mean of all operations", "µs", limits{3, 0}, limits{1, 0}}
	lookupHeapGoal = goal{"14", "lookup: allocations", "count", limits{0, 0}, limits{0, 0}}
	describedGoal  = goal{"13", "start with a document of 470 paths", "ms", limits{2000, 0}, limits{800, 0}}
	firstUseGoal   = goal{"14b", "first use of an operation, the longest", "ms", limits{20, 0}, limits{20, 0}}
	sweptGoal      = goal{"14b", "memory of its own after all operations", "MB", limits{300, 0}, limits{300, 0}}
	embeddedGoal   = goal{"14b", "embedded tables", "MB", limits{3, 0}, limits{3, 0}}
	rulesGoal      = goal{"rules", "scenarios: a request that none of 1,000 rules matches", "µs", limits{2, 0}, limits{1, 0}}
	noRulesGoal    = goal{"rules", "scenarios: a request when there are none", "µs", limits{0.1, 0}, limits{0.05, 0}}
)

func (g *goal) upward() bool { return g.Aim.Value > g.Gate.Value }

// meets reports whether a figure and its processor time stay within limits.
// A processor time of 0 is unknown and not held against anybody.
func (g *goal) meets(l limits, value, cpu float64) bool {
	if l.CPU > 0 && cpu > l.CPU {
		return false
	}
	if g.upward() {
		return value >= l.Value
	}
	return value <= l.Value
}

// verdict says in words where a row stands.
func (r *row) verdict() string {
	switch value := r.Value.median(); {
	case r.meets(r.Aim, value, r.CPU):
		return "aim"
	case r.meets(r.Gate, value, r.CPU):
		return "gate"
	}
	return "below gate"
}
