package scenarios

// Facts is one request as the rules see it. Text is compared as it is given;
// who fills it in decides how a user or an app is named.
type Facts struct {
	Method      string              // upper case
	Path        string              // with the version, canonical when that is known; escaped or not
	RawQuery    string              // as sent, without "?"
	Header      func(string) string // first value of a field, by its canonical name, or ""; nil: no fields
	Body        func() any          // the decoded JSON body, or nil; asked by rules with a body only; nil: no body
	App         string              // client id of the caller
	User        string              // signed-in user
	Tenant      string              // tenant id; counters are kept for each
	Permissions []string            // least privileged permissions of the operation, for the caller's scheme
	Operation   string              // operation id; "" when there is none
	EntityType  string              // qualified name; "" when it is not known
	Service     string              // the service behind the operation; "" when it is not known
	Units       int                 // resource units that the request costs; 0 counts as 1
	InBatch     bool                // one step of a $batch
	Delivery    bool                // a change notification of the server's own: only rules that ask for deliveries decide
	SignIn      bool                // a route of Entra ID: only rules that name its path decide, no catch-all
	Fault       string              // value of X-Fake-Fault; "" when there is none
	Retry       bool                // the request carries Retry-Attempt
}
