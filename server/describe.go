package server

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// describe finds the facts of a call without judging them: a missing operation
// or a bad token is a fact too, because a scenario may match on it.
func (s *Server) describe(c *call.Call) {
	if c.Tenant == "" { // a step of a batch has its caller already
		c.Principal = s.identity.Principal(c.Header)
		c.Tenant = s.tenantOf(c)
	}
	if c.Catalogue = s.catalogue.Version(c.Version); c.Catalogue == nil {
		return
	}
	if isBatch(c) {
		c.Unknown = noPath // its steps are described one by one
		return
	}
	target, err := c.Catalogue.Find(c.Path)
	if unknownAtRoot(err) {
		if rest, ok := s.withoutOrganization(c); ok {
			c.Path = rest // the tenant is said already, by Tenant
			target, err = c.Catalogue.Find(rest)
		}
	}
	if err != nil {
		c.Unknown = err
		return
	}
	c.Target = target
	c.Operation = target.Item.Operation(described(c.Method))
}

// described is the method that stands in the description for a call's: HEAD is
// GET without the body wherever GET is offered. No page of Graph names HEAD; so
// HTTP demands it (RFC 9110 §9.1), and assumed it is.
func described(method string) string {
	if method == "HEAD" {
		return "GET"
	}
	return method
}

// noPath is what the description says of $batch. It is no path of a model, so
// there is nothing to look for, nor to suggest.
var noPath = &openapi.PathError{Segment: "$batch", Kind: openapi.PathUnknown}

// version judges the first path segment.
func (s *Server) version(c *call.Call) *call.Response {
	if c.Catalogue != nil {
		return nil
	}
	return s.refuse(c, grapherr.InvalidVersion(c.Version), "no version "+quote(c.Version)+": served are v1.0 and beta")
}

// operation judges whether the path and method are described.
func (s *Server) operation(c *call.Call) *call.Response {
	if c.Operation != nil {
		return s.offered(c)
	}
	unknown, ok := c.Unknown.(*openapi.PathError)
	switch {
	case !ok:
		methods := offeredMethods(c.Target.Item)
		return s.refuse(c, grapherr.MethodNotAllowed(methods), c.Method+" is not described for "+c.Target.Item.Template())
	case unknown.Kind == openapi.PathUnknown:
		return s.refuse(c, grapherr.UnknownSegment(unknown.Segment), unknown.Error()+foreignTenant(c, unknown))
	}
	return s.refuse(c, grapherr.BadPath("Resource not found for the segment '"+unknown.Segment+"'."), unknown.Error())
}

// offeredMethods is what Allow says of a path.
func offeredMethods(item *openapi.PathItem) []string {
	methods := item.Methods()
	if i := slices.Index(methods, "GET"); i >= 0 {
		methods = slices.Insert(slices.Clone(methods), i+1, "HEAD")
	}
	return methods
}

// offered judges whether the operation exists in the cloud that the server
// stands for; where it does not, the path's last name is unknown.
func (s *Server) offered(c *call.Call) *call.Response {
	clouds := c.Operation.Clouds()
	if clouds == nil || slices.Contains(clouds, s.config.cloud) {
		return nil
	}
	name := lastName(c.Target.Segments)
	return s.refuse(c, grapherr.UnknownSegment(name), name+" does not exist in cloud "+s.config.cloud+", only in "+strings.Join(clouds, ", "))
}

// lastName is the last segment of a path that is a name of the model.
func lastName(segments []openapi.Segment) string {
	for _, segment := range slices.Backward(segments) {
		if segment.Kind == openapi.SetSegment || segment.Kind == openapi.SingleSegment {
			return segment.Name
		}
	}
	return ""
}

// refuse is an error in Graph's words with our reason.
func (s *Server) refuse(c *call.Call, err *grapherr.Error, reason string) *call.Response {
	r := err.Response(c, s.clock.Now(), reason)
	return &r
}
