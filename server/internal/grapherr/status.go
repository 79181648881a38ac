package grapherr

import (
	"fmt"
	"net/http"
)

// gatewayWords is what the gateway says for a status that nobody worded more
// closely (D, G; filled by analogy where no capture exists: §4.2).
var gatewayWords = map[int]words{
	400: {"BadRequest", "The request is malformed or incorrect."},
	401: {"InvalidAuthenticationToken", "Access token validation failure."},
	402: {"PaymentRequired", "The payment requirements for the API have not been met."},
	403: {"Authorization_RequestDenied", "Insufficient privileges to complete the operation."},
	404: {"Request_ResourceNotFound", "Resource does not exist or one of its queried reference-property objects are not present."},
	405: {"Request_BadRequest", "Specified HTTP method is not allowed for the request target."},
	406: {"NotAcceptable", "The requested media type is not supported."},
	409: {"Conflict", "The current state conflicts with what the request expects."},
	410: {"resyncRequired", "Resync is required."},
	412: {"PreconditionFailed", "A precondition of the request does not match the resource's current state."},
	413: {"RequestEntityTooLarge", "The request body is too large."},
	415: {"UnsupportedMediaType", "The content type of the request is not supported."},
	422: {"Request_UnprocessableEntity", "The values provided contain one or more validation errors."},
	429: {"TooManyRequests", "Please retry again later."},
	500: {"InternalServerError", "Internal server error."},
	501: {"NotImplemented", "This operation target is not yet supported."},
	502: {"BadGateway", "Bad gateway."},
	503: {"ServiceUnavailable", "The service is temporarily unavailable. Please retry again later."},
	504: {"GatewayTimeout", "The gateway did not receive a timely response."},
	509: {"BandwidthLimitExceeded", "Your app has been throttled for exceeding the maximum bandwidth cap."},
}

// familyWords is where a family words a status in its own way (§4.2, §4.5).
var familyWords = map[string]map[int]words{
	outlook: {
		403: {"ErrorAccessDenied", "Access is denied. Check credentials and try again."},
		400: {"ErrorInvalidRequest", "The request is invalid."},
		409: {"ErrorIrresolvableConflict", "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item."},
		410: {"SyncStateNotFound", "The sync state generation is not found."},
		412: {"ErrorIrresolvableConflict", "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item."},
		413: {"ErrorMessageSizeExceeded", "The message exceeds the maximum supported size."},
		507: {"ErrorQuotaExceeded", "The mailbox has exceeded its quota."},
		404: {"ErrorItemNotFound", "The specified object was not found in the store."},
		429: {"ApplicationThrottled", "Application is over its MailboxConcurrency limit."},
		500: {"ErrorInternalServerError", "An internal server error occurred. The operation failed."},
		503: {"ErrorServerBusy", "The server cannot service this request right now. Try again later."},
	},
	files: {
		400: {"invalidRequest", "Invalid request"},
		401: {"unauthenticated", "The caller is not authenticated."},
		403: {"accessDenied", "Access denied"},
		404: {"itemNotFound", "The resource could not be found."},
		409: {"nameAlreadyExists", "The specified item name already exists."},
		410: {"resyncRequired", "Resync required. Replace any local items with the server's version (including deletes)."},
		416: {"invalidRange", "The specified byte range is invalid or unavailable."},
		423: {"resourceLocked", "The resource you are attempting to access is locked"},
		412: {"resourceModified", "ETag does not match current item's value"},
		429: {"activityLimitReached", "The app or user has been throttled."},
		500: {"generalException", "An unspecified error has occurred."},
		503: {"serviceNotAvailable", "The service is not available. Try the request again after a delay."},
		507: {"quotaLimitReached", "The user has reached their quota limit."},
	},
	teams: {
		400: {"BadRequest", "Invalid request."},
		412: {"PreconditionFailed", "The precondition of the request failed."},
		403: {"Forbidden", "Missing role permissions on the request."},
		404: {"NotFound", "The requested resource was not found."},
	},
	intune: {
		403: {"Forbidden", ""},
		404: {"ResourceNotFound", ""},
		500: {"InternalServerError", ""},
	},
	directory: {
		400: {"Request_BadRequest", "One or more property values specified are invalid."},
		409: {"Request_MultipleObjectsWithSameKeyValue", "Another object with the same value for property already exists."},
		500: {"Service_InternalServerError", "Encountered an internal server error."},
	},
	planner: {
		403: {"", "You do not have the required permissions to access this item."},
		404: {"", "The requested item is not found."},
		412: {"", "The If-Match header must be specified for this kind of request."},
	},
	oneNote:  oneNoteWords,
	security: {403: {"Forbidden", "Insufficient privileges to complete the operation."}},
	reports:  {403: {"Authentication_RequestFromUnsupportedUserRole", "User is not in the allowed roles"}},
}

// ForStatus returns the error that a family words for a bare status, as a
// scenario asks for one. Throttling has the shape of §6.1.
func ForStatus(family string, status int) *Error {
	switch {
	case family == cloudPC && cloudPCReason[status].code != "":
		return cloudPCError(status, cloudPCReason[status].code, cloudPCReason[status].message)
	case family == excel && excelReason[status].code != "":
		return Workbook(status, excelReason[status].detail, excelReason[status].message)
	case family == intune && status != http.StatusTooManyRequests:
		return intuneError(status)
	}
	w := wordsFor(family, status)
	e := &Error{Status: status, Code: w.code, Message: w.message}
	if status == http.StatusTooManyRequests && family != outlook && family != oneNote {
		e.Inner = &Cause{Code: "429", Message: "Please retry after", Status: "429"}
		if family == files {
			e.Inner = &Cause{Code: "throttledRequest"}
		}
	}
	return e
}

func wordsFor(family string, status int) words {
	if w, ok := familyWords[family][status]; ok {
		return w
	}
	if w, ok := gatewayWords[status]; ok {
		return w
	}
	text := http.StatusText(status)
	if text == "" {
		text = fmt.Sprintf("Status %d", status)
	}
	return words{"UnknownError", text}
}
