package edge

import (
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestGrowth(t *testing.T) {
	for live, want := range map[uint64]int{0: 400, 4 << 20: 400, 12 << 20: 400, 24 << 20: 200, 48 << 20: 100, 96 << 20: 50, 160 << 20: 30, 1 << 30: 30} {
		if got := growth(live); got != want {
			t.Errorf("%d MB: %d percent, want %d", live>>20, got, want)
		}
	}
}

// TestTuneCollector holds much memory in a process of its own, for the setting
// is the process's.
func TestTuneCollector(t *testing.T) {
	if os.Getenv("TUNE_COLLECTOR") == "" {
		c := exec.Command(os.Args[0], "-test.run", "^TestTuneCollector$")
		c.Env = append(os.Environ(), "TUNE_COLLECTOR=1", "GOGC=", "GOMEMLIMIT=")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	TuneCollector()
	percent := func() int {
		p := debug.SetGCPercent(mostPercent)
		debug.SetGCPercent(p)
		return p
	}
	if p := percent(); p != mostPercent {
		t.Errorf("at the start %d percent", p)
	}
	held := make([]byte, 160<<20)
	for range 1000 {
		if runtime.GC(); percent() < 100 {
			break
		}
		runtime.Gosched()
	}
	if p := percent(); p >= 100 {
		t.Errorf("with %d MB live %d percent", len(held)>>20, p)
	}
	runtime.KeepAlive(held)
}
