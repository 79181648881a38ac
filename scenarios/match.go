package scenarios

import "encoding/json"

// Match says which requests a rule is about. What is absent matches all; what
// is there must match together.
//
// In Query and Header a "*" inside a value stands for any run of characters,
// and an empty value matches what is absent or empty. Names of query options
// compare without case and without their leading "$".
type Match struct {
	Method     AnyOf             `json:"method,omitempty"`     // upper case; "*" any
	Path       AnyOf             `json:"path,omitempty"`       // with the version, without the query; "*" one segment or a part of one, "**" any number of segments; letter case of ASCII does not matter
	Query      map[string]string `json:"query,omitempty"`      // option to its decoded value
	Header     map[string]string `json:"header,omitempty"`     // field to its first value
	Body       map[string]any    `json:"body,omitempty"`       // JSON pointer to the value that must be there
	App        AnyOf             `json:"app,omitempty"`        // client id of the caller
	User       AnyOf             `json:"user,omitempty"`       // signed-in user
	Tenant     AnyOf             `json:"tenant,omitempty"`     // tenant id
	Permission AnyOf             `json:"permission,omitempty"` // a least privileged permission of the operation
	Operation  AnyOf             `json:"operation,omitempty"`  // operation id
	EntityType AnyOf             `json:"entityType,omitempty"` // qualified name
	Service    AnyOf             `json:"service,omitempty"`    // the service behind the operation: directory, intune, cloudpc, outlook, …
	InBatch    *bool             `json:"inBatch,omitempty"`    // nil: does not matter
	Delivery   bool              `json:"delivery,omitempty"`   // change notifications instead of requests: Path is the endpoint's, without a version
}

// AnyOf is a list of which one has to fit. A document may write a list of one
// as a plain text.
type AnyOf []string

// MarshalJSON writes a list of one as a plain text.
func (a AnyOf) MarshalJSON() ([]byte, error) {
	if len(a) == 1 {
		return json.Marshal(a[0])
	}
	return json.Marshal([]string(a))
}

// UnmarshalJSON reads a text or a list of texts.
func (a *AnyOf) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*a = AnyOf{""}
		return json.Unmarshal(data, &(*a)[0])
	}
	return json.Unmarshal(data, (*[]string)(a))
}
