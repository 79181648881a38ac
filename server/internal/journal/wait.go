package journal

import (
	"context"
	"fmt"
)

// Wait returns the first entry that match accepts, among those that are there
// and those that come. It ends with an error when ctx does. match may be slow:
// no call waits for it.
func (j *Journal) Wait(ctx context.Context, match func(Entry) bool) (Entry, error) {
	seen := uint64(0)
	for {
		changed := j.watch()
		for _, r := range j.records(seen) {
			seen = r.number
			if e := r.entry(); match(e) {
				return e, nil
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Entry{}, fmt.Errorf("journal: no such call so far: %w", ctx.Err())
		}
	}
}

// watch returns a channel that the next call to end closes. It has to be asked
// for before the journal is read, or a call in between goes unseen.
func (j *Journal) watch() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	return j.changed
}
