package control_test

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	p := newPlane()
	put := func(body string) *time.Time {
		t.Helper()
		if w := p.call("PUT", "/_fake/clock", body); w.Code != 200 {
			t.Fatalf("%s: got %d %s", body, w.Code, w.Body)
		}
		now := p.clock.Now()
		return &now
	}
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	if now := put(`{"now":"2026-03-01T13:00:00+01:00","frozen":true}`); !now.Equal(noon) {
		t.Errorf("set and frozen: %v", now)
	}
	if now := put(`{"advance":"90s"}`); !now.Equal(noon.Add(90 * time.Second)) {
		t.Errorf("advanced: %v", now)
	}
	if now := put(`{"advance":"-1m30s"}`); !now.Equal(noon) {
		t.Errorf("back: %v", now)
	}
	want(t, p.call("GET", "/_fake/clock", ""), 200, `{"now":"2026-03-01T12:00:00Z","frozen":true}`)
	if put(`{"frozen":false}`); p.clock.Frozen() {
		t.Error("still frozen")
	}
	if now := put(`{"now":"2030-01-01T00:00:00Z"}`); p.clock.Frozen() || now.Year() != 2030 {
		t.Errorf("set while running: %v", now)
	}
}

func TestClock_Refused(t *testing.T) {
	for body, detail := range map[string]string{
		``:                               "want a JSON object, got nothing",
		`{}`:                             "nothing to change",
		`null`:                           "nothing to change",
		`[]`:                             "want a JSON object",
		`{"now":`:                        "the JSON breaks off",
		"{\n  \"now\": x}":               "body:2:10: not JSON",
		`{"frozen":"yes"}`:               `member \"frozen\" is of the wrong type`,
		`{"frozen":true} {}`:             "more than one JSON value",
		`{"frozen":true,"speed":2}`:      `there is no member \"speed\" here`,
		`{"now":"noon","frozen":true}`:   "want a time",
		`{"advance":"90","frozen":true}`: "want a duration",
		`{"advance":"1s","now":"2026-03-01T12:00:00Z","frozen":true}`: "exclude each other",
		`{"now":"9999-12-31T23:59:59Z","frozen":true}`:                "cannot go to the year 9999",
		`{"now":"0001-01-01T00:00:00+12:00","frozen":true}`:           "cannot go to the year 0",
	} {
		p := newPlane()
		want(t, p.call("PUT", "/_fake/clock", body), 400, "…"+detail)
		if p.clock.Frozen() {
			t.Errorf("%s: refused, but done in part", body)
		}
	}
}
