package grapherr

import "strings"

// oneNoteWords are the numbers by which OneNote names its errors (D, page
// onenote-error-codes), with the words that captures show: 20102 (R,
// microsoftgraph/microsoft-graph-docs-contrib#6677), 40004 (R,
// AzureAD/azure-activedirectory-library-for-python#212). The words of 19999,
// 20126 and 30101 are assumed.
var oneNoteWords = map[int]words{
	400: {"20126", "The request body is not valid for this operation."},
	403: {"40004", scopesLacking},
	404: {"20102", "The specified resource ID does not exist."},
	409: {"20117", "An item with this name already exists in this location."},
	429: {"20166", "The app has issued too many requests on behalf of this user in a short period of time."},
	500: {"19999", "Something failed, the API cannot share any more information at the time of the request."},
	503: {"10002", "The service is currently unavailable. Please try again later."},
	507: {"30101", "The user account has exceeded its OneDrive quota."},
}

const scopesLacking = "The OAuth token provided does not have the necessary scopes to complete the request."

// forbiddenNotes names the scopes that would do.
func forbiddenNotes(needed []string) *Error {
	e := ForStatus(oneNote, 403)
	if len(needed) > 0 {
		e.Message += " Please make sure you are including one or more of the following scopes: " + strings.Join(needed, ",")
	}
	return e
}

// invalidNotes is a property of a body that OneNote does not take.
func invalidNotes(p Property) *Error {
	e := ForStatus(oneNote, 400)
	if p.Kind == "additionalProperties" {
		e.Code, e.Message = "20127", "The property '"+p.Name+"' is not known."
	}
	return e
}
