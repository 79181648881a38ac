package identity

import "strings"

// scopes is what a token request asks for: one resource, and names on it
// (identity-behaviour §1.5).
type scopes struct {
	resource string   // as asked, without trailing slashes; "" for bare names, which are Graph's
	graph    bool     // the resource is Graph under one of its names
	api      *API     // the application of the directory that the resource is; nil for none
	asked    []string // each scope on the resource exactly as spelled, none twice
	names    []string // the same without the resource; none with .default
	all      bool     // .default: whatever is granted
	oidc     []string // those of openid, profile, email that were asked
	refresh  bool     // offline_access
}

// parseScopes reads a scope parameter. MSAL Go adds the OpenID Connect scopes
// to client credentials too, so they are no error anywhere.
func (s *Service) parseScopes(text, origin string) (scopes, *oauthError) {
	var sc scopes
	for _, scope := range strings.Fields(text) {
		switch name := strings.ToLower(scope); name {
		case "openid", "profile", "email":
			sc.oidc = addFold(sc.oidc, name)
		case "offline_access":
			sc.refresh = true
		default:
			if fault := s.addScope(&sc, scope, origin); fault != nil {
				return sc, fault
			}
		}
	}
	if sc.all && len(sc.names) > 0 {
		return sc, errScope(text, scopeDefault)
	}
	if len(sc.asked) == 0 {
		sc.graph = true
	}
	return sc, nil
}

func (s *Service) addScope(sc *scopes, scope, origin string) *oauthError {
	resource, name, ok := cutResource(scope)
	if !ok {
		return errScope(scope, scopeFormat)
	}
	graph := resource == "" || s.isGraph(resource, origin)
	if len(sc.asked) > 0 && (graph != sc.graph || !graph && !strings.EqualFold(resource, sc.resource)) {
		return errTwoResources()
	}
	if sc.resource == "" {
		sc.resource = resource
	}
	sc.graph = graph
	sc.asked = addFold(sc.asked, scope)
	if strings.EqualFold(name, ".default") {
		sc.all = true
	} else {
		sc.names = addFold(sc.names, name)
	}
	return nil
}

// cutResource splits RESOURCE/NAME at the last slash; a name alone is Graph's.
// Further slashes before the name belong to the resource's own spelling
// ("https://graph.microsoft.com//.default").
func cutResource(scope string) (resource, name string, ok bool) {
	i := strings.LastIndexByte(scope, '/')
	if i < 0 {
		return "", scope, true
	}
	resource, name = strings.TrimRight(scope[:i], "/"), scope[i+1:]
	return resource, name, name != "" && resource != "" && !strings.HasSuffix(resource, ":")
}

// audience is the aud of a token for what was asked: Graph under its own name
// in this cloud, or under its application id when that was asked.
func (s *Service) audience(sc scopes) string {
	switch {
	case !sc.graph:
		return sc.resource
	case strings.EqualFold(sc.resource, GraphAppID):
		return GraphAppID
	}
	return s.cloud.graphURL()
}

// echo is the scope member of a token response. MSAL Go fails when a scope
// that it asked for is missing in its own spelling, and msal-node then never
// hits its cache; a scope that stands there twice makes each silent call of
// MSAL Go a miss (identity-behaviour §1.6).
func (sc scopes) echo(granted []string) string {
	list := append([]string(nil), sc.asked...)
	for _, name := range granted {
		if sc.resource != "" {
			name = sc.resource + "/" + name
		}
		list = addFold(list, name)
	}
	return strings.Join(append(list, sc.oidc...), " ")
}

// bareScopes drops resources: scp may hold https://graph.microsoft.com/User.Read.
func bareScopes(scopes []string) []string {
	bare := make([]string, 0, len(scopes))
	for _, s := range scopes {
		bare = append(bare, s[strings.LastIndexByte(s, '/')+1:])
	}
	return bare
}

func addFold(list []string, s string) []string {
	if containsFold(list, s) {
		return list
	}
	return append(list, s)
}
