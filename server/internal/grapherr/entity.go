package grapherr

import (
	"fmt"
	"strings"
)

// NotFound: the addressed entity is not there (R for directory, Outlook and
// files; ? elsewhere: §4.5).
func NotFound(family, id string) *Error {
	switch family {
	case cloudPC:
		return cloudPCError(404, "resourceNotFound", fmt.Sprintf("The resource '%s' doesn't exist.", id))
	case intune:
		return intuneError(404)
	case excel:
		return Workbook(404, "itemNotFound", "The requested resource doesn't exist.")
	case outlook, files, teams, planner, oneNote:
		return ForStatus(family, 404)
	}
	return &Error{Status: 404, Code: "Request_ResourceNotFound",
		Message: fmt.Sprintf("Resource '%s' does not exist or one of its queried reference-property objects are not present.", id)}
}

// Property says what is wrong with a property of a request body.
type Property struct {
	Name string // as sent
	Kind string // schema keyword or rule, as in openapi.Finding
	Type string // qualified name of the entity type

	Named string // of Kind odataType: the type that the body names, unknown to the model; "" for a known one
}

// Invalid: a property of the body breaks the model or a rule. Graph reports
// one; the tester gets all of them elsewhere (§4.5).
func Invalid(family string, p Property) *Error {
	switch family {
	case cloudPC:
		return cloudPCError(400, "parameterValidationFailed", "Failed to validate parameters.")
	case intune:
		return intuneMessage(400, "BadRequest", "An error has occurred")
	case outlook:
		return invalidOutlook(p)
	case oneNote:
		return invalidNotes(p)
	case excel:
		return Workbook(400, "invalidArgument", "The argument is invalid or missing or has an incorrect format.")
	}
	return &Error{Status: 400, Code: "Request_BadRequest", Message: invalidText(p)}
}

func invalidOutlook(p Property) *Error {
	switch {
	case p.Kind == "odataType" && p.Named != "":
		return &Error{Status: 400, Code: "RequestBodyRead",
			Message: fmt.Sprintf("A type named '%s' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.", p.Named)}
	case p.Kind == "additionalProperties":
		return &Error{Status: 400, Code: "RequestBodyRead",
			Message: fmt.Sprintf("The property '%s' does not exist on type '%s'. Make sure to only use property names that are defined by the type or mark the type as open type.", p.Name, p.Type)}
	}
	return &Error{Status: 400, Code: "ErrorInvalidRequest", Message: "The request is malformed or incorrect."}
}

func invalidText(p Property) string {
	name := p.Type[strings.LastIndexByte(p.Type, '.')+1:]
	if name != "" {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	switch p.Kind {
	case "required", "nullable":
		return fmt.Sprintf("A value is required for property '%s' of resource '%s'.", p.Name, name)
	case "readOnly", "createOnly":
		return fmt.Sprintf("Property '%s' is read-only and cannot be set.", p.Name)
	case "additionalProperties":
		return "One or more property values specified are invalid."
	}
	return fmt.Sprintf("Invalid value specified for property '%s' of resource '%s'.", p.Name, name)
}

// Forbidden: the token lacks the permission. needed and had are the accepted
// permissions, least privileged first, and what the token names; app says
// whether the token is an application's (identity-behaviour §5.2).
func Forbidden(family string, app bool, needed, had []string) *Error {
	switch family {
	case cloudPC:
		return cloudPCError(403, "forbidden", missing(app, needed, had))
	case oneNote:
		return forbiddenNotes(needed)
	case excel:
		return ForStatus(files, 403) // the drive refuses first (identity-behaviour §5.2)
	case teams:
		return &Error{Status: 403, Code: "Forbidden", Message: missing(app, needed, had)}
	case intune:
		if app && len(needed) == 0 {
			return intuneMessage(403, "Forbidden", "Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.")
		}
		return intuneMessage(403, "Forbidden",
			"Application is not authorized to perform this operation. Application must have one of the following scopes: "+strings.Join(needed, ", "))
	}
	return ForStatus(family, 403)
}

func missing(app bool, needed, had []string) string {
	kind, plural := "scope", "Scopes"
	if app {
		kind, plural = "role", "Roles"
	}
	return fmt.Sprintf("Missing %s permissions on the request. API requires one of '%s'. %s on the request '%s'.",
		kind, strings.Join(needed, ", "), plural, strings.Join(had, ", "))
}

// Conflict: another entity has the same key or unique value (?, §3.8).
func Conflict(family, message string) *Error {
	switch family {
	case cloudPC:
		return cloudPCError(409, "conflict", message)
	case excel:
		return Workbook(409, "itemAlreadyExists", message)
	}
	return &Error{Status: 409, Code: wordsFor(family, 409).code, Message: message}
}

// PreconditionFailed: If-Match names another state (§3.7).
func PreconditionFailed(family string) *Error { return ForStatus(family, 412) }

// AlreadyLinked: the reference is there (R, §3.6).
func AlreadyLinked(navigation string) *Error {
	return &Error{Status: 400, Code: "Request_BadRequest",
		Message: fmt.Sprintf("One or more added object references already exist for the following modified properties: '%s'.", navigation)}
}

// BadReference: a reference's URL names no entity (?, §3.6).
func BadReference(target string) *Error {
	return &Error{Status: 400, Code: "Request_BadRequest",
		Message: fmt.Sprintf("Invalid URL format specified in '%s'.", target)}
}
