package server

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/textproto"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// validate holds a call to its description. What makes the request unreadable
// is refused here; findings about properties travel on, because Graph judges
// them only after it has looked for the entity (graph-behaviour §0.4).
func (s *Server) validate(c *call.Call) (graph.Request, *call.Response) {
	request := graph.Request{Call: c}
	in := openapi.Input{RawQuery: c.RawQuery, Header: c.Header.Get, Segments: c.Target.Segments}
	if writes(c.Method) {
		body, r := s.readBody(c, &request)
		if r != nil {
			return request, r
		}
		in.Body = body
	}
	findings := c.Operation.Validate(in)
	if len(findings) > 0 && s.graph.Continues(c) { // the token holds the parameters of the first call
		findings = slices.DeleteFunc(findings, func(f openapi.Finding) bool { return f.In == "query" && f.Kind == "required" })
	}
	if r := s.unreadable(c, findings); r != nil {
		return request, r
	}
	if s.graph.Takes(c) {
		findings = slices.DeleteFunc(findings, func(f openapi.Finding) bool { return f.In == "body" || f.Kind == "mediaType" })
	}
	request.Findings = findings
	return request, nil
}

func writes(method string) bool { return method == "POST" || method == "PATCH" || method == "PUT" }

// isForm reports whether a media type is that which libraries give to a text.
func isForm(mediaType string) bool {
	return strings.HasPrefix(strings.ToLower(mediaType), "application/x-www-form-urlencoded")
}

// readBody reads the body's members for the engine and its value for the
// validator.
func (s *Server) readBody(c *call.Call, request *graph.Request) (body openapi.Body, refused *call.Response) {
	body.MediaType = c.Header.Get("Content-Type")
	if c.Operation.Kind == openapi.Stream && (c.BodyError == nil || c.Content != nil) {
		body.Present = true
		return body, nil // bytes, even where they are JSON
	}
	if c.BodyError != nil {
		return body, s.untaken(c)
	}
	if c.Operation.Family == openapi.FamilySearch && isForm(body.MediaType) {
		body.MediaType = "application/json" // as the client of pnp/cli-microsoft365 sends schemas
		request.Notes = append(request.Notes, "the body is called a form and was read as JSON, which this service does")
	}
	data := c.Body
	if inner, mediaType := behindFields(data); mediaType != "" && !isJSON(body.MediaType) {
		data, body.MediaType = inner, mediaType
		request.Notes = append(request.Notes, "the body begins with header fields of its own, which were taken for the request's")
	}
	if body.Present = len(data) > 0 || c.Content != nil; !body.Present || !isJSON(body.MediaType) {
		return body, nil
	}
	if !utf8.Valid(data) {
		return body, s.refuse(c, grapherr.Unreadable(), "body: not JSON: it is not encoded in UTF-8 (RFC 8259, 8.1)")
	}
	if err := json.Unmarshal(data, &body.Value); err != nil {
		return body, s.refuse(c, grapherr.Unreadable(), "body: not JSON: "+err.Error())
	}
	if body.Value == nil && c.Operation.Kind == openapi.Action {
		body.Present = false // null stands for no parameters (R: PnPjs sends it)
		return body, nil
	}
	if _, isObject := body.Value.(map[string]any); !isObject {
		return body, s.refuse(c, grapherr.Unreadable(), "body: want a JSON object")
	}
	payload, err := entity.Members(data)
	if err == nil {
		err = payload.Distinct()
	}
	if err != nil {
		return body, s.refuse(c, grapherr.Unreadable(), "body: "+err.Error())
	}
	request.HasBody, request.Payload = true, payload
	if spelled, changed := graph.Spell(c.Operation, c.Catalogue, payload, quotesNumbers(body.MediaType)); changed {
		request.Payload = spelled
		body.Value = bodyValue(spelled.JSON())
	}
	return body, nil
}

// untaken answers for a body that could not be taken off the wire.
func (s *Server) untaken(c *call.Call) *call.Response {
	return s.refuse(c, untakenError(c), "body: "+c.BodyError.Error())
}

func untakenError(c *call.Call) *grapherr.Error {
	if fault, ok := c.BodyError.(*call.BodyError); ok {
		switch fault.Kind {
		case "too-large":
			return grapherr.TooLarge()
		case "encoding":
			return grapherr.UnsupportedEncoding()
		case "slow":
			return grapherr.TooSlow()
		}
	}
	return grapherr.Unreadable()
}

// unreadable answers for findings that leave nothing to judge: the path, the
// query, the media type or a body that is not there.
func (s *Server) unreadable(c *call.Call, findings []openapi.Finding) *call.Response {
	for _, f := range findings {
		var err *grapherr.Error
		switch {
		case f.In == "path":
			err = grapherr.BadPath("Invalid value in the request path.")
		case f.Kind == "mediaType" && s.graph.Takes(c):
			continue
		case f.Kind == "mediaType":
			err = grapherr.NotJSON()
		case f.In != "body":
			err = optionMistake(c, f)
		case f.Path == "" && f.Kind == "required":
			err = grapherr.EmptyPayload()
		case f.Path == "" && f.Kind == "type":
			err = grapherr.Unreadable()
		default:
			continue
		}
		r := s.refuse(c, err, "validation: "+texts(findings))
		r.Findings = findings
		return r
	}
	return nil
}

// optionMistake words a finding about a parameter: where it is one that Graph's
// OData library makes too, in the words of that.
func optionMistake(c *call.Call, f openapi.Finding) *grapherr.Error {
	if f.Kind == "required" && c.Operation.Family == openapi.FamilyOutlook && (f.Path == "startDateTime" || f.Path == "endDateTime") {
		return grapherr.NoWindow()
	}
	if f.In == "query" && f.Kind == "parameter" {
		if _, faults := odata.ParseQuery(c.RawQuery); len(faults) > 0 {
			return grapherr.Option(graph.Unparsed(faults))
		}
	}
	return grapherr.Option(sentence(f.Text))
}

// behindFields reads a body that begins with header fields and a blank line,
// as someone sends it who pastes one of the documented examples of Intune's
// actions, where a blank line parts the request line from its fields. The media
// type is "" for every other body.
func behindFields(body []byte) (rest []byte, mediaType string) {
	if len(body) < len(contentType) || !strings.EqualFold(string(body[:len(contentType)]), contentType) {
		return nil, ""
	}
	from := bufio.NewReader(bytes.NewReader(body))
	fields, err := textproto.NewReader(from).ReadMIMEHeader()
	if err != nil {
		return nil, ""
	}
	rest, err = io.ReadAll(from)
	if err != nil {
		return nil, ""
	}
	return bytes.TrimSpace(rest), fields.Get(contentType)
}

const contentType = "Content-Type"

func isJSON(mediaType string) bool {
	base, _, _ := strings.Cut(mediaType, ";")
	return strings.EqualFold(strings.TrimSpace(base), "application/json")
}

// quotesNumbers reports whether a body has numbers of 64 bits as strings.
func quotesNumbers(mediaType string) bool {
	_, parameters, _ := strings.Cut(mediaType, ";")
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		if strings.EqualFold(strings.TrimSpace(name), "IEEE754Compatible") {
			return strings.EqualFold(strings.Trim(strings.TrimSpace(value), `"`), "true")
		}
	}
	return false
}

func texts(findings []openapi.Finding) string {
	all := make([]string, len(findings))
	for i, f := range findings {
		all[i] = f.Text
	}
	return strings.Join(all, "; ")
}

// sentence writes a finding as Graph writes its messages.
func sentence(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func quote(text string) string { return string(entity.Quote(nil, text)) }
