package behavior

// Evidence for threatAssessmentRequest (pages informationprotection-post-threatassessmentrequests,
// threatassessmentrequest-get and the resources, 2019 to 2024):
//   - documented: the kind of content follows from the type; administrators ask, and
//     the request is pending until its results are there; a mail is where it
//     should be.
//   - assumed (2026-11): no result ever comes.

import (
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ThreatAssessment is a request to look at what somebody takes for a threat, or not.
type ThreatAssessment struct{}

var _ Creator = ThreatAssessment{}

var threatAssessmentRules = &Rules{
	Required: []string{"category", "expectedAssessment"},
	Defaults: []Default{{"status", `"pending"`}, {"requestSource", `"administrator"`}},
	Computed: []string{"contentType", "status", "requestSource"},
}

// assessed are the kinds of content, by what begins the name of the type.
var assessed = [][2]string{{"mail", "mail"}, {"emailFile", "mail"}, {"file", "file"}, {"url", "url"}}

// Create implements [Creator].
func (ThreatAssessment) Create(_ Tx, e *Entity) *grapherr.Error {
	name := e.Type[strings.LastIndexByte(e.Type, '.')+1:]
	for _, a := range assessed {
		if !strings.HasPrefix(name, a[0]+"Assessment") {
			continue
		}
		e.SetString("contentType", a[1])
		if a[1] == "mail" && !present(e.Object, "destinationRoutingReason") {
			e.Set("destinationRoutingReason", json.RawMessage(`"notJunk"`))
		}
	}
	return nil
}
