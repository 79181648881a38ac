package notify

import (
	"context"
	"fmt"
	"strings"
)

// got notes that everything up to a tick was told to a worker's endpoint.
func (n *Notifier) got(w *worker, tick uint64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	w.seen = max(w.seen, tick)
	n.tell()
}

// tell wakes those who wait. The lock is held.
func (n *Notifier) tell() {
	if n.progress != nil {
		close(n.progress)
		n.progress = nil
	}
}

// Wait returns when all that has happened so far was told to everybody, or
// given up. When ctx ends first, the error names the endpoints that are behind.
func (n *Notifier) Wait(ctx context.Context) error {
	for {
		tick, behind, progress, err := n.look()
		if err != nil || len(behind) == 0 && n.still(tick) {
			return err
		}
		if len(behind) == 0 {
			continue
		}
		select {
		case <-progress:
		case <-ctx.Done():
			return fmt.Errorf("notifications: not yet delivered to %s: %w", strings.Join(behind, ", "), ctx.Err())
		case <-n.ctx.Done():
			return fmt.Errorf("notifications: the server was closed before they were delivered to %s", strings.Join(behind, ", "))
		}
	}
}

// look sees that what is due is done and everybody is at work, and tells who
// has not heard of what happened up to now.
func (n *Notifier) look() (tick uint64, behind []string, progress <-chan struct{}, err error) {
	n.tend()
	if tick, err = n.Source.Tick(); err != nil {
		return tick, nil, nil, err
	}
	behind, progress, err = n.behind(tick)
	if len(behind) > 0 {
		n.Wake()
	}
	return tick, behind, progress, err
}

// behind lists who has not heard of what happened up to a tick. The lock keeps
// a worker from leaving between the question who there is and that who is
// behind.
func (n *Notifier) behind(tick uint64) (urls []string, progress <-chan struct{}, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	ends, err := n.Source.Endpoints()
	if err != nil {
		return nil, nil, err
	}
	if n.progress == nil {
		n.progress = make(chan struct{})
	}
	for _, end := range ends {
		if w := n.workers[end]; w == nil || w.seen < tick {
			urls = append(urls, end.URL)
		}
	}
	return urls, n.progress, nil
}

// still reports whether nothing has happened since a tick, so that a delivery
// which brought something about is waited for too.
func (n *Notifier) still(tick uint64) bool {
	now, err := n.Source.Tick()
	return err != nil || now == tick
}
