package journal

import (
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"time"
)

// HAR is calls in the format that browsers and proxies exchange (HTTP Archive
// 1.2). Secrets are redacted as in entries; what the fake knows beyond the
// format stands in members that begin with "_", as the format has it.
type HAR struct {
	Log HARLog `json:"log"`
}

// HARLog is the one member of a HAR.
type HARLog struct {
	Version string     `json:"version"`
	Creator HARCreator `json:"creator"`
	Entries []HAREntry `json:"entries"`
	Comment string     `json:"comment,omitempty"`
}

// HARCreator is the program that wrote a HAR.
type HARCreator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// HAREntry is one call. Times are milliseconds.
type HAREntry struct {
	Started  time.Time   `json:"startedDateTime"`
	Time     float64     `json:"time"`
	Request  HARRequest  `json:"request"`
	Response HARResponse `json:"response"`
	Cache    struct{}    `json:"cache"`
	Timings  HARTimings  `json:"timings"`

	Number    uint64    `json:"_number"`
	Tenant    string    `json:"_tenant,omitempty"`
	Operation string    `json:"_operation,omitempty"`
	InBatch   bool      `json:"_inBatch,omitempty"`
	Reason    string    `json:"_reason,omitempty"`
	Fault     string    `json:"_fault,omitempty"`
	Decision  *Decision `json:"_decision,omitempty"`
}

// HARRequest is what the client sent.
type HARRequest struct {
	Method      string    `json:"method"`
	URL         string    `json:"url"`
	HTTPVersion string    `json:"httpVersion"`
	Cookies     []HARPair `json:"cookies"`
	Headers     []HARPair `json:"headers"`
	Query       []HARPair `json:"queryString"`
	Body        *HARBody  `json:"postData,omitempty"`
	HeadersSize int       `json:"headersSize"` // -1: not known
	BodySize    int       `json:"bodySize"`
}

// HARResponse is what it was answered; its status is 0 when there was no answer.
type HARResponse struct {
	Status      int        `json:"status"`
	StatusText  string     `json:"statusText"`
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []HARPair  `json:"cookies"`
	Headers     []HARPair  `json:"headers"`
	Content     HARContent `json:"content"`
	RedirectURL string     `json:"redirectURL"`
	HeadersSize int        `json:"headersSize"` // -1: not known
	BodySize    int        `json:"bodySize"`
}

// HARPair is a header field, a query option or a cookie.
type HARPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// HARBody is a request's body.
type HARBody struct {
	MediaType string `json:"mimeType"`
	Text      string `json:"text"`
	Comment   string `json:"comment,omitempty"`
}

// HARContent is an answer's body.
type HARContent struct {
	Size      int    `json:"size"`
	MediaType string `json:"mimeType"`
	Text      string `json:"text,omitempty"`
	Comment   string `json:"comment,omitempty"`
}

// HARTimings are where the time of a call went.
type HARTimings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

// httpVersion is given for all calls: the journal lies behind what speaks it.
const httpVersion = "HTTP/1.1"

// Archive makes a HAR of entries; version is that of the program, and dropped
// how many older calls it lacks.
func Archive(entries []Entry, version string, dropped uint64) HAR {
	log := HARLog{Version: "1.2", Creator: HARCreator{"fakegraph", version}, Entries: make([]HAREntry, len(entries))}
	if dropped > 0 {
		log.Comment = "older calls have made room for these"
	}
	for i := range entries {
		log.Entries[i] = archived(&entries[i])
	}
	return HAR{log}
}

func archived(e *Entry) HAREntry {
	h := HAREntry{
		Started: e.Time, Time: e.DurationMs, Timings: HARTimings{Wait: e.DurationMs},
		Number: e.Number, Tenant: e.Tenant, InBatch: e.InBatch, Decision: &e.Decision,
		Request: archivedRequest(e), Response: archivedResponse(e.Response),
	}
	if e.Operation != nil {
		h.Operation = e.Operation.ID
	}
	if e.Response != nil {
		h.Reason, h.Fault = e.Response.Reason, e.Response.Fault
	}
	return h
}

func archivedRequest(e *Entry) HARRequest {
	r := HARRequest{
		Method: e.Method, URL: e.URL, HTTPVersion: httpVersion, Cookies: []HARPair{}, Headers: pairs(e.Request.Headers),
		Query: query(e.URL), HeadersSize: -1, BodySize: e.Request.BodyBytes,
	}
	if e.Request.BodyBytes > 0 {
		mediaType := first(e.Request.Headers, "Content-Type")
		r.Body = &HARBody{MediaType: mediaType, Text: e.Request.text(mediaType), Comment: e.Request.comment()}
	}
	return r
}

func archivedResponse(a *Response) HARResponse {
	r := HARResponse{HTTPVersion: httpVersion, Cookies: []HARPair{}, Headers: []HARPair{}, HeadersSize: -1}
	if a == nil {
		return r
	}
	mediaType := first(a.Headers, "Content-Type")
	if mediaType == "" && a.BodyBytes > 0 {
		mediaType = "application/json" // what an answer is that does not say
	}
	r.Status, r.StatusText, r.Headers = a.Status, http.StatusText(a.Status), pairs(a.Headers)
	r.RedirectURL, r.BodySize = first(a.Headers, "Location"), a.BodyBytes
	r.Content = HARContent{Size: a.BodyBytes, MediaType: mediaType, Text: a.text(mediaType), Comment: a.comment()}
	return r
}

// text is what is kept of a body, as a text.
func (c *Content) text(mediaType string) string {
	var text string
	essence, _, _ := mime.ParseMediaType(mediaType)
	isJSON := essence == "application/json" || strings.HasSuffix(essence, "+json")
	if (c.BodyTruncated || !isJSON) && json.Unmarshal(c.Body, &text) == nil {
		return text
	}
	return string(c.Body)
}

// comment says what of a body is missing.
func (c *Content) comment() string {
	switch {
	case c.BodyTruncated:
		return "the beginning of the body"
	case c.BodyBytes > 0 && c.Body == nil:
		return "the body is not shown"
	}
	return ""
}

// pairs are header fields in the order of their names.
func pairs(fields map[string][]string) []HARPair {
	all := []HARPair{}
	for name, values := range fields {
		for _, value := range values {
			all = append(all, HARPair{name, value})
		}
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return strings.Compare(a.Name, b.Name) < 0
	})
	return all
}

// query is the options of a URL, decoded, in their order.
func query(link string) []HARPair {
	all := []HARPair{}
	_, raw, _ := strings.Cut(link, "?")
	for option := range strings.SplitSeq(raw, "&") {
		if name, value, _ := strings.Cut(option, "="); option != "" {
			all = append(all, HARPair{unescaped(name), unescaped(value)})
		}
	}
	return all
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// first is the first value of a field, in any letter case.
func first(fields map[string][]string, name string) string {
	for n, values := range fields {
		if strings.EqualFold(n, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}
