package graph

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// sendStream answers with bytes: all of them, a range (206, 416), or none when
// the client has them (304).
func (q *run) sendStream(s store.Stream, tag string) call.Response {
	return sendStream(q.Store, q.Call, s, tag)
}

func sendStream(from store.Store, c *call.Call, s store.Stream, tag string) call.Response {
	r := call.Response{Status: 200, Length: s.Length}
	r.Set("Content-Type", mediaTypeOf(s))
	r.Set("ETag", tag)
	r.Set("Accept-Ranges", "bytes")
	if matchesTag(c.Header["If-None-Match"], tag, false) {
		return call.Response{Status: 304, Header: r.Header}
	}
	first, last := int64(0), s.Length-1
	if wanted := c.Header.Get("Range"); wanted != "" && inRange(c.Header.Get("If-Range"), tag) {
		var ok, fits bool
		if first, last, ok, fits = byteRange(wanted, s.Length); ok && !fits {
			r = call.Response{Status: 416, Reason: fmt.Sprintf("Range: %s of %d bytes", wanted, s.Length)}
			r.Set("Content-Range", "bytes */"+strconv.FormatInt(s.Length, 10))
			return r
		}
		if ok {
			r.Status = 206
			r.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", first, last, s.Length))
		}
	}
	r.Length = last - first + 1
	r.Stream = func(to io.Writer) error {
		n, err := io.Copy(to, io.LimitReader(from.Read(s, first), last-first+1))
		if err == nil && n != last-first+1 {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	return r
}

func mediaTypeOf(s store.Stream) string {
	if s.MediaType == "" {
		return "application/octet-stream"
	}
	return s.MediaType
}

// inRange reports whether If-Range lets a range be sent.
func inRange(condition, tag string) bool { return condition == "" || condition == tag }

// byteRange reads a Range field. ok is false when it is none of bytes, or asks
// for several ranges: then all bytes are sent, as RFC 9110 §14.2 allows.
func byteRange(field string, length int64) (first, last int64, ok, fits bool) {
	spec, found := strings.CutPrefix(strings.ReplaceAll(field, " ", ""), "bytes=")
	from, to, dash := strings.Cut(spec, "-")
	if !found || !dash || strings.Contains(spec, ",") {
		return 0, length - 1, false, false
	}
	if from == "" {
		n, err := strconv.ParseInt(to, 10, 64)
		if err != nil || n < 0 {
			return 0, length - 1, false, false
		}
		return max(length-n, 0), length - 1, true, n > 0 && length > 0
	}
	first, err := strconv.ParseInt(from, 10, 64)
	last = length - 1
	if err == nil && to != "" {
		last, err = strconv.ParseInt(to, 10, 64)
	}
	if err != nil || first < 0 || to != "" && last < first {
		return 0, length - 1, false, false
	}
	return first, min(last, length-1), true, first < length
}

// matchesTag reports whether one of the tags of a precondition is the given one,
// or is "*"; without tags, absent. Weak and strong tags compare alike.
func matchesTag(values []string, tag string, absent bool) bool {
	if len(values) == 0 {
		return absent
	}
	tag = strings.TrimPrefix(tag, "W/")
	return slices.ContainsFunc(tagsOf(strings.Join(values, ",")), func(one string) bool {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		return one == "*" || one == tag || `"`+one+`"` == tag
	})
}

// wellFormed reports whether a header field is a list of entity tags.
func wellFormed(values []string) bool {
	return !slices.ContainsFunc(tagsOf(strings.Join(values, ",")), func(one string) bool {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		return one != "*" && (len(one) < 2 || one[0] != '"' || one[len(one)-1] != '"')
	})
}

// tagsOf splits a list of tags at the commas outside of their quotes.
func tagsOf(list string) []string {
	quoted := false
	return strings.FieldsFunc(list, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ',' && !quoted
	})
}
