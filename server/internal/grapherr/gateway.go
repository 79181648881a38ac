package grapherr

import (
	"fmt"
	"strings"
)

// segmentCode is the code for an unknown path segment. Captures of 2026 also
// show RequestBroker--ParseUri (graph-behaviour §13.1).
const segmentCode = "BadRequest"

// InvalidVersion: the first path segment is no version (R, §1.2).
func InvalidVersion(segment string) *Error {
	return &Error{Status: 404, Code: "ResourceNotFound", Message: "Invalid version: " + segment}
}

// UnknownSegment: the path names something that the model lacks (R, §4.4).
func UnknownSegment(segment string) *Error {
	return &Error{Status: 400, Code: segmentCode, Message: fmt.Sprintf("Resource not found for the segment '%s'.", segment)}
}

// BadPath: keys where none belong, broken percent-encoding (?, §1.9).
func BadPath(message string) *Error {
	return &Error{Status: 400, Code: "BadRequest", Message: message}
}

// MethodNotAllowed: the path is known, the method is not offered (D, §4.4).
func MethodNotAllowed(allowed []string) *Error {
	e := &Error{Status: 405, Code: "Request_BadRequest", Message: "Specified HTTP method is not allowed for the request target."}
	return e.With("Allow", strings.Join(allowed, ", "))
}

// Unreadable: the body is not the JSON that it says it is (R, §4.4).
func Unreadable() *Error {
	return &Error{Status: 400, Code: "BadRequest", Message: "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."}
}

// EmptyPayload: a body is needed and none came (?, §3.4).
func EmptyPayload() *Error {
	return &Error{Status: 400, Code: "BadRequest", Message: "Empty Payload. JSON content expected."}
}

// NotJSON: the media type is not JSON (?, §3.4).
func NotJSON() *Error {
	return &Error{Status: 400, Code: "BadRequest", Message: "Entity only allows writes with a JSON Content-Type header."}
}

// UnsupportedEncoding: the body is compressed in a way that is not offered.
// The Go SDK takes 415 as "send it again plain" (§14.1).
func UnsupportedEncoding() *Error {
	return &Error{Status: 415, Code: "UnsupportedMediaType", Message: "The content encoding of the request is not supported."}
}

// TooLarge: the body is over the limit (?, §4.2).
func TooLarge() *Error {
	return &Error{Status: 413, Code: "RequestEntityTooLarge", Message: "The request body is too large."}
}

// TooSlow: the body that was announced did not come (?, RFC 9110 §15.5.9).
func TooSlow() *Error {
	return &Error{Status: 408, Code: "RequestTimeout", Message: "The request body was not received in time."}
}

// URLTooLong: the request target is over the limit (?, §1.9; clients report
// that Graph takes some 16,000 characters).
func URLTooLong() *Error {
	return &Error{Status: 414, Code: "UriTooLong", Message: "The request URL is too long."}
}

// Busy: more requests at once than are taken (D for the status and Retry-After,
// §4.2, §6).
func Busy() *Error {
	e := &Error{Status: 503, Code: gatewayWords[503].code, Message: gatewayWords[503].message}
	return e.With("Retry-After", "1")
}

// Option: a query option cannot be used as it stands (R, §2.8).
func Option(message string) *Error {
	return &Error{Status: 400, Code: "BadRequest", Message: message}
}

// Query: a service does not take a query option, or not here (R: answers of
// Teams, Intune and subscriptions, 2020 to 2023, without a code).
func Query(message string) *Error {
	return &Error{Status: 400, Message: "The query specified in the URI is not valid. " + message, Inner: &Cause{Message: message}}
}

// NoWindow: a calendar's view is asked for without its range of time (R, 2015 to
// 2023).
func NoWindow() *Error {
	return &Error{Status: 400, Code: "ErrorInvalidParameter",
		Message: "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime."}
}

// UserNeeded: /me with an app-only token (R, §1.6).
func UserNeeded() *Error {
	return &Error{Status: 400, Code: "BadRequest", Message: "/me request is only valid with delegated authentication flow."}
}

// Unauthenticated: the token is missing or not accepted; the message is one of
// identity-behaviour §5.1. challenge is the WWW-Authenticate value.
func Unauthenticated(message, challenge string) *Error {
	e := &Error{Status: 401, Code: "InvalidAuthenticationToken", Message: message}
	return e.With("WWW-Authenticate", challenge)
}

// FailedDependency: the request of a batch that this one depends on has failed
// (D for the status, ? for code and text, §7).
func FailedDependency() *Error {
	return &Error{Status: 424, Code: "FailedDependency", Message: "Failed Dependency"}
}

// Internal: the fake itself broke; never asked for by a scenario.
func Internal() *Error {
	return &Error{Status: 500, Code: "InternalServerError", Message: "Internal server error."}
}
