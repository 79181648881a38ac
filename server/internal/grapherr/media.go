package grapherr

// PhotoNotFound: nobody set the photo (R, graph-behaviour §4.5).
func PhotoNotFound() *Error {
	return &Error{Status: 404, Code: "ImageNotFound", Message: "The photo wasn't found."}
}

// TagMismatch: If-Match names another state than the stored one (§3.7).
func TagMismatch(family string) *Error {
	switch family {
	case files:
		return &Error{Status: 412, Code: "resourceModified", Message: "ETag does not match current item's value"}
	case outlook:
		return &Error{Status: 412, Code: "ErrorIrresolvableConflict",
			Message: "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item."}
	}
	return PreconditionFailed(family)
}

// TagMalformed: If-Match has no entity tag. Files say so apart (D, §3.7; the words
// are assumed); elsewhere it is a tag that does not match.
func TagMalformed(family string) *Error {
	if family != files {
		return TagMismatch(family)
	}
	return &Error{Status: 400, Code: "invalidRequest", Message: "The entity tag is malformed.", Inner: &Cause{Code: "malformedEntityTag"}}
}

// TagRequired: planner changes nothing without If-Match, and says so with 412
// and an empty code (R, §3.7).
func TagRequired() *Error {
	return &Error{Status: 412, Message: "The If-Match header must be specified for this kind of request."}
}
