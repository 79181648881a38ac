package grapherr

// Families whose dialect differs from the directory's; the names are those of
// graph-behaviour §0.3.
const (
	cloudPC   = "cloudpc"
	intune    = "intune"
	directory = "directory"
	outlook   = "outlook"
	files     = "files"
	teams     = "teams"
	planner   = "planner"
	excel     = "excel"
	oneNote   = "onenote"
	security  = "security"
	reports   = "reports"
)

// cloudPCReason is the fixed outer pair of a status in the Cloud PC family.
// 400 is captured, the others follow the errors page by analogy (§4.5).
var cloudPCReason = map[int]words{
	400: {"badRequest", "The request can't be processed because it's malformed or incorrect."},
	401: {"unauthorized", "Required authentication information is either missing or not valid for the resource."},
	403: {"forbidden", "Access is denied to the requested resource. The user might not have enough permission."},
	404: {"notFound", "The requested resource doesn't exist."},
	405: {"methodNotAllowed", "The HTTP method in the request isn't allowed on the resource."},
	409: {"conflict", "The current state conflicts with what the request expects."},
	412: {"preconditionFailed", "A precondition provided in the request (such as an if-match header) does not match the resource's current state."},
	413: {"payloadTooLarge", "The request size exceeds the maximum limit."},
	429: {"tooManyRequests", "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed."},
	500: {"internalServerError", "There was an internal server error while processing the request."},
	501: {"notImplemented", "The requested feature isn't implemented."},
	502: {"badGateway", "The gateway received an invalid response."},
	503: {"serviceUnavailable", "The service is temporarily unavailable for maintenance or is overloaded."},
	504: {"gatewayTimeout", "The server did not receive a timely response."},
}

type words struct{ code, message string }

// cloudPCError wraps a cause in the family's fixed sentence.
func cloudPCError(status int, code, message string) *Error {
	outer := cloudPCReason[status]
	return &Error{Status: status, Code: outer.code, Message: outer.message, Inner: &Cause{Code: code, Message: message}}
}
