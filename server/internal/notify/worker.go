package notify

import "time"

// worker tells one endpoint what happens, in order. Its fields but wake and
// seen belong to its goroutine.
type worker struct {
	n    *Notifier
	end  Endpoint
	wake chan struct{}
	seen uint64 // under the notifier's lock: everything up to this tick was told

	reached  uint64 // events up to this one are settled
	noted    uint64 // and the source knows it up to this one
	attempts attempts
}

// lazyTicks is how far a worker reads events that concern nobody before it
// tells the source.
const lazyTicks = 1000

// run works until the notifier closes or the endpoint is not needed any more.
func (w *worker) run() {
	var err error
	if w.reached, err = w.n.Source.Reached(w.end); err != nil {
		w.n.failed(err, "how far an endpoint was told")
	}
	w.noted = w.reached
	for w.n.ctx.Err() == nil {
		page, err := w.n.Source.Next(w.end, w.reached)
		w.n.failed(err, "what an endpoint is told next")
		if err == nil && page.Unused && w.leave() {
			return
		}
		until := w.work(page)
		if until == idle && page.Seen == 0 && err == nil {
			continue // there are more events
		}
		if w.n.Clock.Wait(w.n.ctx, time.Time(until), w.wake) != nil {
			return
		}
	}
}

// until is when a worker looks again unless it is woken; zero for not before.
type until time.Time

var idle = until{}

// work tells a page, and returns when a failed delivery is tried again.
func (w *worker) work(p Page) until {
	if p.Lost {
		w.n.failed(w.n.Source.Missed(p.Items), "notifications that were lost")
		w.settle(p.Through)
		return idle
	}
	for len(p.Items) > 0 {
		part := sameKind(p.Items)
		if again := w.tell(part); again != idle {
			return again
		}
		p.Items = p.Items[len(part):]
		w.settle(part[len(part)-1].Tick)
	}
	if p.Through > w.reached {
		w.reached = p.Through
		if w.reached > w.noted+lazyTicks {
			w.note()
		}
	}
	if p.Seen > 0 {
		w.n.got(w, p.Seen)
	}
	return idle
}

// sameKind is the longest beginning of a list whose notifications are all of
// changes, or all of lifecycles.
func sameKind(items []Item) []Item {
	for i := range items {
		if (items[i].Lifecycle == "") != (items[0].Lifecycle == "") {
			return items[:i]
		}
	}
	return items
}

// settle notes that an event was told. All notifications of one event are of
// one kind, so they were told together.
func (w *worker) settle(tick uint64) {
	if tick > w.reached {
		w.reached = tick
		w.note()
	}
}

func (w *worker) note() {
	err := w.n.Source.Told(w.end, w.reached)
	w.n.failed(err, "how far an endpoint was told")
	if err == nil {
		w.noted = w.reached
	}
}

// tell delivers notifications, or says when to try again. What has failed for
// too long is given up.
func (w *worker) tell(items []Item) until {
	now := w.n.Clock.Now()
	if w.attempts.early(now) {
		return until(w.attempts.next)
	}
	if w.n.deliver(w.end, items, w.attempts.count+1) {
		w.attempts = attempts{}
		return idle
	}
	if w.n.ctx.Err() != nil {
		return until(now.Add(longestGap))
	}
	if w.attempts.failed(now) { // by when it began: who saw it fail may have moved the clock since
		return until(w.attempts.next)
	}
	w.attempts = attempts{}
	w.n.failed(w.n.Source.Missed(items), "notifications that were given up")
	return idle
}

// leave ends a worker whose endpoint is not needed, unless it is meanwhile.
func (w *worker) leave() bool {
	w.n.mu.Lock()
	defer w.n.mu.Unlock()
	closed, err := w.n.Source.Close(w.end)
	if err != nil || !closed {
		w.n.failed(err, "an endpoint that is not needed")
		return false
	}
	delete(w.n.workers, w.end)
	w.n.tell()
	return true
}

// attempts is the state of a delivery that has failed.
type attempts struct {
	count int
	first time.Time
	next  time.Time
}

// How attempts follow each other: with growing gaps for four hours (D,
// graph-behaviour §9.4; the gaps are ours).
const (
	shortestGap = 10 * time.Second
	longestGap  = 15 * time.Minute
	allAttempts = 4 * time.Hour
)

func (a *attempts) early(now time.Time) bool { return a.count > 0 && now.Before(a.next) }

// failed counts a failure; false when it was the last attempt.
func (a *attempts) failed(now time.Time) bool {
	if a.count == 0 {
		a.first = now
	}
	if now.Sub(a.first) >= allAttempts {
		return false
	}
	gap := longestGap
	if a.count < 7 {
		gap = min(longestGap, shortestGap<<a.count)
	}
	a.count++
	a.next = now.Add(gap)
	if last := a.first.Add(allAttempts); a.next.After(last) {
		a.next = last
	}
	return true
}
