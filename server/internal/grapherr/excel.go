package grapherr

// excelReason is the outer pair of a status in workbooks, and the detail inside
// innerError where nothing closer is known (D, page workbook-error-codes;
// graph-behaviour §4.2, §4.3). Which detail stands for which status is assumed.
var excelReason = map[int]struct {
	words
	detail string
}{
	400: {words{"badRequest", "The request is malformed or incorrect."}, "badRequestUncategorized"},
	403: {words{"forbidden", "The caller doesn't have permission to perform the action."}, "accessDenied"},
	404: {words{"notFound", "The resource couldn't be found."}, "itemNotFound"},
	405: {words{"methodNotAllowed", "The HTTP method in the request isn't allowed on the resource."}, "methodNotAllowed"},
	409: {words{"conflict", "The current state conflicts with what the request expects."}, "conflictUncategorized"},
	413: {words{"payloadTooLarge", "The request size exceeds the maximum limit."}, "requestAborted"},
	429: {words{"tooManyRequests", "The app or user has been throttled."}, "transientFailure"},
	500: {words{"internalServerError", "An internal server error occurred while processing the request."}, "internalServerErrorUncategorized"},
	501: {words{"notImplemented", "The requested feature isn't implemented."}, "unsupportedOperation"},
	503: {words{"serviceUnavailable", "The service isn't available. Try your request again."}, "transientFailure"},
	504: {words{"gatewayTimeout", "The server did not receive a timely response from the upstream server."}, "gatewayTimeoutUncategorized"},
}

// Workbook: a status of a workbook with a detail of the page's list, and its
// words.
func Workbook(status int, detail, message string) *Error {
	outer := excelReason[status]
	return &Error{Status: status, Code: outer.code, Message: outer.message, Inner: &Cause{Code: detail, Message: message}}
}
