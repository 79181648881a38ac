package identity

// appRoles is the roles claim of an application's token: the app roles that it
// was given on what the token is for. nil leaves the claim out; on Graph an
// application that the directory knows and that was given none has an empty
// one, so that its token may do nothing.
func (s *Service) appRoles(t Tenant, c client, sc scopes) ([]string, *oauthError) {
	switch {
	case !c.known:
		return nil, nil
	case sc.graph:
		return append([]string{}, c.app.Roles...), nil
	case sc.api == nil:
		return nil, nil
	}
	roles, assigned := s.assigned(t, c.app.ObjectID, sc.api.ObjectID)
	if sc.api.AssignmentRequired && !assigned {
		return nil, errNoAppRole(c.id, c.app.Name, sc.api.ID, sc.api.Name)
	}
	return roles, nil
}

// userRoles are the app roles that a user was given on an API, or on the
// application that signs in: access tokens tell the one, ID tokens the other.
func (s *Service) userRoles(t Tenant, u User, resource string) []string {
	roles, _ := s.assigned(t, u.ID, resource)
	return roles
}

// assigned asks the directory which app roles of a service principal somebody
// was given, and whether there is any assignment.
func (s *Service) assigned(t Tenant, principal, resource string) (roles []string, some bool) {
	if s.config.Assigned == nil || principal == "" || resource == "" {
		return nil, false
	}
	return s.config.Assigned(t.ID, principal, resource)
}

// mayUse refuses users who are disabled, or not assigned to an application
// that wants it.
func (s *Service) mayUse(t Tenant, u User, c client) *oauthError {
	if u.Disabled {
		return errUserDisabled()
	}
	if c.known && c.app.AssignmentRequired {
		if _, assigned := s.assigned(t, u.ID, c.app.ObjectID); !assigned {
			return errNotAssigned(u.UPN, c.id)
		}
	}
	return nil
}

// mayCall is [Service.mayUse] for the API that a token is for.
func (s *Service) mayCall(t Tenant, u User, sc scopes) *oauthError {
	if sc.api == nil || !sc.api.AssignmentRequired {
		return nil
	}
	if _, assigned := s.assigned(t, u.ID, sc.api.ObjectID); !assigned {
		return errNotAssigned(u.UPN, sc.api.ID)
	}
	return nil
}
