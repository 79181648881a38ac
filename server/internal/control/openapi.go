package control

import "net/http"

func (c *control) openAPI(r *request) reply {
	document, err := c.Fake.Document(r.variables["version"], r.query.Get("path"))
	if err != nil {
		return problem(http.StatusNotFound, "%v", err)
	}
	return text(jsonType, document)
}
