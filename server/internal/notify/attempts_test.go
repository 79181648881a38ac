package notify

import (
	"testing"
	"time"
)

// Gaps grow, and the last attempt is after four hours.
func TestAttempts(t *testing.T) {
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var a attempts
	now, gap, n := begin, time.Duration(0), 0
	for a.failed(now) {
		next := a.next.Sub(now)
		if next < gap && !a.next.Equal(begin.Add(allAttempts)) {
			t.Errorf("a gap of %v after one of %v", next, gap)
		}
		if n == 0 && next != shortestGap || next > longestGap || !a.early(a.next.Add(-1)) || a.early(a.next) {
			t.Errorf("gap %d is %v", n, next)
		}
		now, gap = a.next, next
		if n++; n > 100 {
			t.Fatal("never ends")
		}
	}
	if now.Sub(begin) != allAttempts {
		t.Errorf("the last attempt was after %v", now.Sub(begin))
	}
}
