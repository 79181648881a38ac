package control

import "net/http"

// reset takes the header X-Fake-Tenant and no body. A body is refused, because
// a tenant that is named in it would not spare the others.
func (c *control) reset(r *request) reply {
	if len(r.body) > 0 {
		if err := decode(r.body, &struct{}{}); err != nil {
			return problem(http.StatusBadRequest, "%v (a tenant is named by the header X-Fake-Tenant)", err)
		}
	}
	if err := c.Fake.Reset(r.tenant); err != nil {
		return problem(http.StatusInternalServerError, "reset: %v", err)
	}
	return nothing()
}
