package call

import "time"

// SignIn is one request for a token, granted or not, as a log tells it.
type SignIn struct {
	At       time.Time
	Tenant   string // id
	Kind     string // "interactiveUser", "nonInteractiveUser", "servicePrincipal" or "managedIdentity"
	Protocol string // "oAuth2", "deviceCode" or "ropc"
	Public   bool   // the client is no web application

	AppID, AppName, PrincipalID string // PrincipalID is of the application's service principal
	UserID, UserName, UPN       string // empty where an application speaks for itself
	Guest                       bool
	ResourceID, ResourceName    string // what the token is for, by its client id

	Code    int    // AADSTS number; 0 for success
	Failure string // its text

	RequestID, Correlation string
	Agent                  string // User-Agent
	Address                string // of the client, as far as a proxy tells it; "" is not known
}
