package journal

import "github.com/fakegraph/fakegraph/server/internal/call"

// Delivery marks an entry that is a request of the server's own: a change
// notification, or the handshake before.
type Delivery struct {
	Kind          string   `json:"kind"`    // validation, change or lifecycle
	Attempt       int      `json:"attempt"` // from 1
	Subscriptions []string `json:"subscriptions,omitempty"`
	Error         string   `json:"error,omitempty"` // why there was no answer
}

// Deliver puts a delivery into the journal, with the endpoint's answer or nil
// when there was none. Call and response belong to the journal from here on.
func (j *Journal) Deliver(c *call.Call, answer *call.Response, d Delivery) {
	r := j.Begin(c)
	r.delivery = &d
	r.End(answer)
}

// Only picks entries by who made the request.
type Only string

// The values of Only; "" is all.
const (
	OnlyRequests   Only = "requests"   // made by clients
	OnlyDeliveries Only = "deliveries" // made by the server
)

func (o Only) has(r *Record) bool {
	switch o {
	case OnlyRequests:
		return r.delivery == nil
	case OnlyDeliveries:
		return r.delivery != nil
	}
	return true
}
