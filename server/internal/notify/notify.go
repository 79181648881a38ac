// Package notify owns the delivery of change notifications: the handshake with
// an endpoint, the order of what it is told, attempts and gaps on the fake's
// clock, encryption, and where deliveries may go at all.
//
// It knows neither store nor OData: what is to be told comes from a [Source],
// one page at a time, and what was told is handed back, so that nothing is kept
// here that a restart would lose. Each endpoint has one goroutine, so one that
// is slow or down delays nobody else. Start reading at [Notifier.Wake] and
// worker.go.
package notify

import (
	"context"
	"crypto/x509"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// Endpoint is a URL that is told what happens in a tenant.
type Endpoint struct{ Tenant, URL string }

// Item is one notification.
type Item struct {
	Tick         uint64 // of the event
	Tenant       string
	App          string // application of the subscription; "" when not known
	Subscription string // id
	ClientState  *string
	Expires      time.Time

	Lifecycle  string // reauthorizationRequired, subscriptionRemoved or missed; "" for a change
	ChangeType string // created, updated or deleted
	Resource   string
	Data       []byte // resourceData

	Rich          bool   // the subscription is with resource data
	Content       []byte // to be encrypted; nil for none
	Certificate   string // base64 of DER
	CertificateID string
}

// Page is what an endpoint is told next.
type Page struct {
	Items   []Item
	Through uint64 // the last event that was looked at
	Seen    uint64 // the store's tick, when that was the last event there is; 0 otherwise
	Unused  bool   // no subscription and no notice needs the endpoint any more
	Lost    bool   // events up to Through are not there any more; Items are the subscriptions that missed them
}

// Source is where notifications come from. Its methods are called from several
// goroutines.
type Source interface {
	// Endpoints lists all that may have to be told something.
	Endpoints() ([]Endpoint, error)
	// Next reads what happened after a tick, some events at a time.
	Next(end Endpoint, after uint64) (Page, error)
	// Reached is how far an endpoint has been told.
	Reached(end Endpoint) (uint64, error)
	// Told notes how far an endpoint has been told.
	Told(end Endpoint, through uint64) error
	// Missed notes that notifications were given up.
	Missed(items []Item) error
	// Close forgets an endpoint unless it is needed again; false when it is.
	Close(end Endpoint) (closed bool, err error)
	// Tend does what is due by the clock, such as removing what has expired, and
	// returns when it has to be called again; zero for never.
	Tend() (next time.Time, err error)
	// Tick is the number of the latest change.
	Tick() (uint64, error)
}

// Config is what a notifier is made of.
type Config struct {
	Source Source
	Clock  *clock.Clock
	Allow  []string // host patterns beside loopback
	NewID  func() string
	Random io.Reader                                // for keys
	Roots  func() *x509.CertPool                    // who signs the certificates of endpoints that are not on loopback; nil for the system's
	Token  func(tenant, app string) (string, error) // a validation token
	Decide func(*Delivery) Verdict                  // what a scenario does to a delivery; nil for nothing
	Record func(*Delivery)                          // sees each delivery with its answer
	Log    func(err error, what string)

	Patience  time.Duration // for an answer to a notification, in real time; 0 for Graph's
	Handshake time.Duration // for one to a handshake; 0 for Graph's
}

// Graph's patience (D, graph-behaviour §9.3, §9.4).
const (
	patience          = 3 * time.Second
	handshakePatience = 10 * time.Second
)

// Notifier delivers. Without a subscription it has no goroutine.
type Notifier struct {
	Config
	gate   gate
	client *http.Client
	wake   chan struct{} // to the dispatcher

	ctx      context.Context
	cancel   context.CancelFunc
	starting sync.Mutex // holds for running and closed; never held while the source is called
	running  bool
	closed   bool

	mu       sync.Mutex // holds for all below
	workers  map[Endpoint]*worker
	progress chan struct{} // closed when a worker got on; nil while nobody waits
	group    sync.WaitGroup
}

// New makes a notifier. It must be closed.
func New(c Config) *Notifier {
	if c.Patience == 0 {
		c.Patience = patience
	}
	if c.Handshake == 0 {
		c.Handshake = handshakePatience
	}
	n := &Notifier{Config: c, gate: gate{c.Allow}, wake: make(chan struct{}, 1), workers: map[Endpoint]*worker{}}
	n.ctx, n.cancel = context.WithCancel(context.Background())
	n.client = n.newClient()
	return n
}

// Wake says that something happened. It waits for nobody, so it may be called
// while writers of the source wait.
func (n *Notifier) Wake() {
	n.starting.Lock()
	defer n.starting.Unlock()
	if n.closed {
		return
	}
	if !n.running {
		n.running = true
		n.group.Go(n.dispatch)
	}
	poke(n.wake)
}

// poke leaves a sign in a channel of one place.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Close ends all deliveries and waits for their goroutines. What was not
// delivered is told after the next start, if the source lasts.
func (n *Notifier) Close() {
	n.starting.Lock()
	n.closed = true
	n.starting.Unlock()
	n.cancel()
	n.group.Wait()
	n.client.CloseIdleConnections()
}

// dispatch runs until Close: it sees that each endpoint has a worker, and that
// what is due by the clock is done.
func (n *Notifier) dispatch() {
	for {
		next := n.tend()
		n.employ()
		if n.Clock.Wait(n.ctx, next, n.wake) != nil {
			return
		}
	}
}

func (n *Notifier) tend() time.Time {
	next, err := n.Source.Tend()
	n.failed(err, "subscriptions that are due")
	return next
}

func (n *Notifier) failed(err error, what string) {
	if err != nil && n.ctx.Err() == nil && n.Log != nil {
		n.Log(err, what)
	}
}

// employ starts workers for endpoints that have none, and wakes the others.
func (n *Notifier) employ() {
	ends, err := n.Source.Endpoints()
	n.failed(err, "endpoints")
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, end := range ends {
		if n.workers[end] == nil {
			w := &worker{n: n, end: end, wake: make(chan struct{}, 1)}
			n.workers[end] = w
			n.group.Go(w.run)
		}
	}
	for _, w := range n.workers {
		poke(w.wake)
	}
}
