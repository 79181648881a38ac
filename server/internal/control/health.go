package control

import "net/http"

// health answers 200 once the fake is ready; container runtimes and test
// harnesses wait for it.
func (c *control) health(*request) reply {
	if c.Fake.Ready() {
		return ok(map[string]string{"status": "ok"})
	}
	return encode(http.StatusServiceUnavailable, jsonType, map[string]string{"status": "starting"}).with("Retry-After", "1")
}
