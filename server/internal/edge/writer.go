package edge

import (
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// diagnostic is what x-ms-ags-diagnostic says: the service's shape, our name.
const diagnostic = `{"ServerInfo":{"DataCenter":"fakegraph","Slice":"E","Ring":"5","ScaleUnit":"000","RoleInstance":"FAKEGRAPH"}}`

// exposed is what a page of another origin may read of an answer;
// graph-behaviour §5.5, and X-Fake-Reason for its tester.
const exposed = "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, " +
	"ReadWriteConsistencyToken, SdkVersion, WWW-Authenticate, x-ms-client-gcc-tenant, Retry-After, X-Fake-Reason"

// Write carries out a Graph answer: it waits, then sends resp with the header
// fields of every Graph response (graph-behaviour §5.1), or performs resp's
// fault. Date is the call's arrival on the fake's clock plus resp's delay. Fields that resp sets itself win. A body without Content-Type is sent
// as JSON; status 204 and 304 and answers without a body have neither.
//
// Like a handler that aborts, it may panic with [http.ErrAbortHandler] when
// the fault or a client that left ends the request.
func Write(w http.ResponseWriter, r *http.Request, c *call.Call, resp *call.Response) {
	send(w, r, c, resp, true)
}

// WritePlain is [Write] without the header fields that are Graph's: for
// answers of Entra ID and of the control plane.
func WritePlain(w http.ResponseWriter, r *http.Request, c *call.Call, resp *call.Response) {
	send(w, r, c, resp, false)
}

func send(w http.ResponseWriter, r *http.Request, c *call.Call, resp *call.Response, graph bool) {
	if resp.Delay > 0 && !pause(r, resp.Delay) {
		panic(http.ErrAbortHandler)
	}
	if breaks(resp.Fault) {
		breakOff(w, r, resp.Fault)
		return
	}
	body := setHeader(w.Header(), r, c, resp, graph)
	if resp.Fault == faultTruncate && resp.Stream != nil {
		truncateStream(w, resp)
		return
	}
	if resp.Fault == faultTruncate {
		truncate(w, r, resp.Status, body)
		return
	}
	w.WriteHeader(resp.Status)
	if resp.Stream != nil && r.Method != http.MethodHead {
		stream(w, resp)
		return
	}
	if len(body) == 0 {
		return
	}
	if a := inProcess(w); a != nil {
		a.lend(body)
		return
	}
	// The connection is the client's to lose; net/http has noticed by itself.
	_, _ = w.Write(body)
}

// fields fills a header map from one backing array.
type fields struct {
	h      http.Header
	values []string
}

// set replaces a field. The name must be canonical.
func (f *fields) set(name, value string) {
	n := len(f.values)
	f.values = append(f.values, value)
	f.h[name] = f.values[n : n+1 : n+1]
}

// add sets a field, or appends to one that is there.
func (f *fields) add(name, value string) {
	if there := f.h[name]; len(there) > 0 {
		f.h[name] = append(there, value)
		return
	}
	f.set(name, value)
}

// fill sets a field that the answer does not have yet.
func (f *fields) fill(name, value string) {
	if _, there := f.h[name]; !there {
		f.set(name, value)
	}
}

// setHeader fills h and returns the body to send.
func setHeader(h http.Header, r *http.Request, c *call.Call, resp *call.Response, graph bool) []byte {
	f := fields{h, make([]string, 0, len(resp.Header)+14)}
	if graph {
		f.setGraph(c)
	}
	if at := answered(c, resp); !c.Received.IsZero() && !isNow(at) {
		f.set("Date", httpDate(at)) // else it costs less where it is sent
	}
	f.setOwn(resp.Header)
	if resp.Reason != "" {
		f.set("X-Fake-Reason", line(resp.Reason, maxReason))
	}
	if len(resp.Warnings) > 0 {
		f.h["Warning"] = warnings(resp.Warnings)
	}
	body := f.setBody(r, resp)
	if graph {
		body = f.compressed(r, resp, body)
	}
	for _, name := range resp.Without {
		delete(h, name)
	}
	return body
}

// setOwn sets the fields of the answer itself in place of those that all have.
// One that it has several times, has all of its values.
func (f *fields) setOwn(own []call.Field) {
	for i := range own {
		if has(own[:i], own[i].Name) {
			f.add(http.CanonicalHeaderKey(own[i].Name), own[i].Value)
			continue
		}
		f.set(http.CanonicalHeaderKey(own[i].Name), own[i].Value)
	}
}

func has(list []call.Field, name string) bool {
	for i := range list {
		if strings.EqualFold(list[i].Name, name) {
			return true
		}
	}
	return false
}

// setGraph adds the fields of every Graph response.
func (f *fields) setGraph(c *call.Call) {
	f.set("Request-Id", c.RequestID)
	f.set("Client-Request-Id", c.ClientRequestID)
	f.set("X-Ms-Ags-Diagnostic", diagnostic)
	if pinsTransport(c.Origin) {
		f.set("Strict-Transport-Security", "max-age=31536000")
	}
	f.set("Odata-Version", "4.0")
	f.set("Cache-Control", "no-cache")
	f.set("Vary", "Accept-Encoding")
	if len(c.Header["Origin"]) > 0 {
		f.set("Access-Control-Allow-Origin", "*")
		f.set("Access-Control-Expose-Headers", exposed)
	}
}

// pinsTransport reports whether Strict-Transport-Security is sent, as on every
// answer of Graph. Over plain HTTP and for an address clients must ignore it
// (RFC 6797 §8.1); but for a name such as localhost under HTTPS a browser would
// demand HTTPS of every other server there for a year.
func pinsTransport(origin string) bool {
	host, secure := strings.CutPrefix(origin, "https://")
	return !secure || KnownHost(host) || net.ParseIP(hostname(host)) != nil
}

// buffered is the length up to which net/http finds Content-Length by itself;
// leaving it out then spares a field of the header map.
const buffered = 2048

// setBody settles the fields that describe the body, and returns it.
func (f *fields) setBody(r *http.Request, resp *call.Response) []byte {
	if resp.Status == http.StatusNoContent || resp.Status == http.StatusNotModified {
		delete(f.h, "Content-Type")
		delete(f.h, "Content-Length")
		return nil
	}
	if resp.Stream != nil {
		f.fill("Content-Type", "application/octet-stream")
		f.set("Content-Length", strconv.FormatInt(resp.Length, 10))
		return nil
	}
	if len(resp.Body) == 0 {
		if r.Method != http.MethodHead {
			delete(f.h, "Content-Type")
		}
		return nil
	}
	f.fill("Content-Type", "application/json")
	if len(resp.Body) > buffered || resp.Fault == faultTruncate {
		f.set("Content-Length", strconv.Itoa(len(resp.Body)))
	}
	return resp.Body
}
