package call

import "testing"

func TestResponseSet(t *testing.T) {
	var r Response
	r.Set("Location", "a")
	r.Set("Retry-After", "1")
	r.Set("Location", "b")
	if r.Get("Location") != "b" || r.Get("Retry-After") != "1" || r.Get("Allow") != "" || len(r.Header) != 2 {
		t.Errorf("%v", r.Header)
	}
}

func TestHeaderGet(t *testing.T) {
	h := Header{"Accept": {"a", "b"}, "Prefer": {}}
	if h.Get("Accept") != "a" || h.Get("Prefer") != "" || h.Get("Origin") != "" || Header(nil).Get("Accept") != "" {
		t.Errorf("%v", h)
	}
}
