package grapherr

// SubscriptionInvalid: a subscription breaks a rule of the service (R for some
// of the messages, graph-behaviour §9.1).
func SubscriptionInvalid(message string) *Error {
	return &Error{Status: 400, Code: "InvalidRequest", Message: message}
}

// SubscriptionExtension: the service that owns the resource does not take the
// subscription (R, graph-behaviour §9.2).
func SubscriptionExtension(message string) *Error {
	return &Error{Status: 400, Code: "ExtensionError", Message: message}
}

// SubscriptionValidation: the endpoint did not prove itself (R, graph-behaviour
// §9.3).
func SubscriptionValidation(message string) *Error {
	return &Error{Status: 400, Code: "ValidationError", Message: message}
}
