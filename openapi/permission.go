package openapi

import "slices"

// Names of the schemes that permissions are listed under.
const (
	SchemeDelegatedWork     = "DelegatedWork"
	SchemeDelegatedPersonal = "DelegatedPersonal"
	SchemeApplication       = "Application"
)

// permissionSchemes gives the schemes their place in a profile.
var permissionSchemes = [3]string{SchemeDelegatedWork, SchemeDelegatedPersonal, SchemeApplication}

// Sources of permissions.
const (
	PermissionsDocumented = "documented" // named for this very operation
	PermissionsInherited  = "inherited"  // taken from a rule or a neighbour
	PermissionsUnknown    = "unknown"    // nothing is known
)

// Permission is one permission that an operation accepts under a scheme.
type Permission struct {
	Name  string
	Also  []string // one of these is needed beside it; nil for none
	Least bool     // the least privileged
}

// Permissions lists the permissions of which one is needed, least privileged
// first. An empty list with a known [Operation.PermissionSource] means that the
// scheme is not supported. The slice is shared: do not change it.
func (op *Operation) Permissions(scheme string) []string {
	if i := slices.Index(permissionSchemes[:], scheme); i >= 0 {
		return op.known().names[i]
	}
	return nil
}

// Grants is [Operation.Permissions] with what is known of each.
func (op *Operation) Grants(scheme string) []Permission {
	if i := slices.Index(permissionSchemes[:], scheme); i >= 0 {
		return op.known().grants[i]
	}
	return nil
}

// PermissionSource says how the permissions are known: [PermissionsDocumented],
// [PermissionsInherited] or [PermissionsUnknown]; empty for an operation that
// is not from a catalogue.
func (op *Operation) PermissionSource() string {
	switch {
	case op.profile == nil:
		return ""
	case op.profile.PermFrom == "":
		return PermissionsUnknown
	case op.inherited && op.profile.PermFrom == PermissionsDocumented:
		return PermissionsInherited
	}
	return op.profile.PermFrom
}
