package server

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Media types of the service root.
const (
	serviceMediaType     = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
	serviceMediaTypeNone = "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
	metadataMediaType    = "application/xml"
)

// serviceRoot answers for the root of a version and for its metadata document,
// which are read without a token (graph-behaviour §1.3; that the service
// document needs none is assumed); nil for all other paths.
func (s *Server) serviceRoot(c *call.Call) *call.Response {
	metadata := isMetadata(c)
	switch {
	case c.Path != "/" && !metadata:
		return nil
	case c.Method != "GET" && c.Method != "HEAD":
		return s.refuse(c, grapherr.MethodNotAllowed([]string{"GET", "HEAD"}), c.Method+" is not offered for the service root")
	case metadata:
		if r := s.rootOptions(c, "xml", "application/xml"); r != nil {
			return r
		}
		return s.metadata(c)
	}
	if r := s.rootOptions(c, "json", "application/json"); r != nil {
		return r
	}
	return serviceDocument(c)
}

// isMetadata reports whether a call addresses $metadata. A step of a batch does
// not: its answer would be text among JSON.
func isMetadata(c *call.Call) bool {
	const plain, escaped = "/$metadata", "/%24metadata"
	return (len(c.Path) == len(plain) || len(c.Path) == len(escaped)) && !c.InBatch &&
		(strings.EqualFold(c.Path, plain) || strings.EqualFold(c.Path, escaped))
}

// rootOptions judges the query: $format alone is known here, and only the one
// that there is.
func (s *Server) rootOptions(c *call.Call, formats ...string) *call.Response {
	if c.RawQuery == "" {
		return nil
	}
	query, err := url.ParseQuery(c.RawQuery)
	if err != nil {
		return s.refuse(c, grapherr.BadPath("Invalid query string."), "query: "+err.Error())
	}
	for name, values := range query {
		if !strings.HasPrefix(name, "$") {
			continue // a custom option, which OData ignores
		}
		if !strings.EqualFold(name, "$format") {
			return s.refuse(c, grapherr.Option("The query specified in the URI is not valid. "+name+" is not allowed here."), name+" is no option of the service root")
		}
		if wanted, _, _ := strings.Cut(values[0], ";"); !strings.EqualFold(wanted, formats[0]) && !strings.EqualFold(wanted, formats[1]) {
			return s.refuse(c, grapherr.ForStatus("", 406), "$format "+quote(values[0])+": served is "+formats[1])
		}
	}
	return nil
}

// serviceDocument lists what stands at the service root.
func serviceDocument(c *call.Call) *call.Response {
	type entry struct {
		Name string `json:"name"`
		Kind string `json:"kind"`
		URL  string `json:"url"`
	}
	var document struct {
		Context string  `json:"@odata.context,omitempty"`
		Value   []entry `json:"value"`
	}
	r := &call.Response{Status: 200}
	r.Set("Content-Type", serviceMediaTypeNone)
	if !strings.Contains(strings.ToLower(c.Header.Get("Accept")), "odata.metadata=none") {
		document.Context = c.Origin + "/" + c.Catalogue.Name() + "/$metadata"
		r.Set("Content-Type", serviceMediaType)
	}
	for _, e := range c.Catalogue.EntryPoints() {
		document.Value = append(document.Value, entry{e.Name, e.Kind, e.Name})
	}
	r.Body, _ = json.Marshal(document) // strings alone
	return r
}

// metadata streams the model.
func (s *Server) metadata(c *call.Call) *call.Response {
	length, write, err := c.Catalogue.Metadata()
	if err != nil {
		s.log.Error().Err(err).Msg("metadata document")
		return s.refuse(c, grapherr.Internal(), "metadata document: "+err.Error())
	}
	r := &call.Response{Status: 200, Stream: write, Length: length}
	r.Set("Content-Type", metadataMediaType)
	return r
}

// organizationPrefix is the segment that may stand before a resource and means
// the caller's tenant (graph-behaviour §14.7).
const organizationPrefix = "myorganization"

// withoutOrganization cuts the caller's tenant off a path that begins with it:
// as myorganization, by its id or by one of its domains. Only a path that leads
// nowhere by itself comes here, so that all others cost nothing.
func (s *Server) withoutOrganization(c *call.Call) (rest string, ok bool) {
	first, rest, more := strings.Cut(strings.TrimPrefix(c.Path, "/"), "/")
	if !strings.EqualFold(first, organizationPrefix) && !s.isTenant(c.Tenant, first) {
		return "", false
	}
	if !more {
		return "/", true
	}
	return "/" + rest, true
}

// isTenant reports whether a name is a tenant's id or one of its domains.
func (s *Server) isTenant(tenant, name string) bool {
	if strings.EqualFold(name, tenant) {
		return true
	}
	if !strings.Contains(name, ".") {
		return false
	}
	var domains []string
	_ = s.store.View(func(tx store.Reader) error { _, domains = organization(tx, tenant); return nil })
	return listed(domains, name) || strings.EqualFold(name, defaultDomain) && tenantID(name) == tenant
}

// unknownAtRoot reports whether the first segment of a path is what is wrong.
func unknownAtRoot(err error) bool {
	e, ok := err.(*openapi.PathError)
	return ok && e.Index == 0 && e.Kind == openapi.PathUnknown
}

// foreignTenant says, of a path that begins with what may be a tenant, whose data the
// call works on.
func foreignTenant(c *call.Call, e *openapi.PathError) string {
	if e.Index > 0 || len(e.Segment) != len(c.RequestID) || strings.Count(e.Segment, "-") != 4 {
		return ""
	}
	return "; a tenant may stand there, but this call's is " + c.Tenant
}
