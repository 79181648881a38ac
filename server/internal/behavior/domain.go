package behavior

// Evidence for domain (graph-behaviour §12):
//   - documented: the name is the id; defaults; verify answers the domain.
//   - assumed (2026-11): every domain that is asked to be verified is; the texts
//     of refusals.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var domainRules = &Rules{
	Required: []string{"id"},
	OwnID:    "id",
	Defaults: []Default{
		{"authenticationType", `"Managed"`}, {"isAdminManaged", "true"}, {"isDefault", "false"}, {"isInitial", "false"},
		{"isRoot", "true"}, {"isVerified", "false"}, {"supportedServices", "[]"}, {"availabilityStatus", "null"},
	},
}

// Domain cannot go while it is the tenant's first or default one.
type Domain struct{}

var (
	_ Created = Domain{}
	_ Deleter = Domain{}
)

// Created implements [Created]: a subdomain leads to its root and is verified with it
// (page domain-get-rootdomain of v1.0, and the resource's isRoot).
func (Domain) Created(tx Tx, e Entity) *grapherr.Error {
	for root := range tx.All(Root("domains")) {
		if !strings.HasSuffix(strings.ToLower(e.ID), "."+strings.ToLower(root.ID)) || !root.True("isRoot") {
			continue
		}
		o := e.Object.Clone()
		o.Set("isRoot", []byte("false"))
		if root.True("isVerified") {
			o.Set("isVerified", []byte("true"))
		}
		if fault := tx.Replace(e.Ref, o); fault != nil {
			return fault
		}
		_, fault := tx.Link(e.Ref, "rootDomain", root.Ref)
		return fault
	}
	return nil
}

// Delete implements [Deleter].
func (Domain) Delete(_ Tx, e Entity) (bool, *grapherr.Error) {
	if e.True("isInitial") || e.True("isDefault") {
		return false, grapherr.Rule("directory", "", "The initial or default domain '"+e.ID+"' cannot be deleted.")
	}
	return false, nil
}

func verifyDomain(_ Tx, domain *Entity, _ entity.Object) (Result, *grapherr.Error) {
	domain.Set("isVerified", []byte("true"))
	return Result{Entity: domain}, nil
}

func forceDeleteDomain(tx Tx, domain *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if _, fault := (Domain{}).Delete(tx, *domain); fault != nil {
		return Result{}, fault
	}
	return Result{}, tx.Delete(domain.Ref)
}
