package control

import (
	"net/http"
	"strings"
)

// PostmanRequest says which Postman file is wanted, and of what.
type PostmanRequest struct {
	File    string   // "collection" or "environment"
	Version string   // Graph version; "" for all
	Areas   []string // beginnings of paths; nil for what most programs call
	All     bool     // operations that no page documents, too
	Origin  string   // base URL of the environment, as the client used it
}

// postman answers with a file to import.
func (c *control) postman(r *request) reply {
	want := PostmanRequest{
		File: r.variables["file"], Version: r.query.Get("version"), All: r.query.Get("all") == "true", Origin: r.origin,
	}
	if areas := r.query.Get("area"); areas != "" {
		want.Areas = strings.Split(areas, ",")
	}
	value, err := c.Fake.Postman(want)
	if err != nil {
		return problem(http.StatusNotFound, "%v", err)
	}
	return ok(value)
}
