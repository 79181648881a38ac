package behavior

import (
	"iter"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ResourceRequest brings a resource to a catalog, or takes it away; evidence as for
// [AssignmentRequest].
type ResourceRequest struct{}

var (
	_ Creator = ResourceRequest{}
	_ Created = ResourceRequest{}
)

// Create implements [Creator].
func (ResourceRequest) Create(tx Tx, e *Entity) *grapherr.Error {
	w := wordsOf(tx)
	e.SetString(w.requestState, w.delivered)
	if tx.Version() == "beta" {
		e.SetString(w.requestStatus, "Fulfilled")
		fill(e, "isValidationOnly", "false")
		fill(e, "executeImmediately", "false")
	}
	return nil
}

// Created implements [Created].
func (ResourceRequest) Created(tx Tx, e Entity) *grapherr.Error {
	w := wordsOf(tx)
	asked, ok := only(tx, e.Ref, w.resource)
	catalog, known := tx.Get(Root(entitlementPath+w.catalogs), catalogOf(tx, e))
	if !ok || !known || jsonOf(e.Object, "isValidationOnly") == "true" {
		return nil
	}
	resources := Below(catalog.Ref, w.resources)
	there, held := tx.By(resources, "originId", text(asked.Object, "originId"))
	switch kind := text(e.Object, "requestType"); {
	case (kind == "adminRemove" || kind == "AdminRemove") && held:
		return tx.Delete(there.Ref)
	case (kind == "adminAdd" || kind == "AdminAdd") && !held:
		return deliverResource(tx, resources, asked.Object)
	}
	return nil
}

// catalogOf is the id of the catalog that a request is about.
func catalogOf(tx Tx, request Entity) string {
	if id := text(request.Object, "catalogId"); id != "" {
		return id
	}
	catalog, _ := only(tx, request.Ref, "catalog")
	if catalog.ID == "" {
		return text(catalog.Object, "id")
	}
	return catalog.ID
}

// deliverResource puts a resource into a catalog, with its roles and its scope.
func deliverResource(tx Tx, resources Collection, asked entity.Object) *grapherr.Error {
	w, o := wordsOf(tx), asked.Clone()
	o.SetString("id", tx.NewID())
	origin, _ := tx.Find(text(asked, "originId"))
	for _, name := range []string{"displayName", "description"} {
		if !present(o, name) {
			o.Set(name, []byte(or(jsonOf(origin.Object, name), "null")))
		}
	}
	o.SetString("createdDateTime", instant(tx.Now()))
	made, fault := tx.Insert(resources, Entity{Object: o})
	if fault != nil {
		return fault
	}
	for _, role := range rolesOfOrigin(o, origin) {
		role.SetString("id", tx.NewID())
		offered, fault := tx.Insert(Below(made.Ref, w.roles), Entity{Object: role})
		if fault == nil {
			_, fault = tx.Put(Below(offered.Ref, w.resource), Entity{Object: o.Clone()}) // contained, says the model
		}
		if fault != nil {
			return fault
		}
	}
	_, fault = tx.Insert(Below(made.Ref, w.scopes), Entity{Object: fields("id", quoted(tx.NewID()), "displayName", `"Root"`, "description", `"Root Scope"`,
		"originId", or(jsonOf(o, "originId"), "null"), "originSystem", or(jsonOf(o, "originSystem"), "null"), "isRootScope", "true")})
	return fault
}

// rolesOfOrigin are the roles that a resource offers.
func rolesOfOrigin(resource entity.Object, origin Entity) (roles []entity.Object) {
	system, id := text(resource, "originSystem"), text(resource, "originId")
	switch system {
	case "AadGroup":
		for _, name := range []string{"Owner", "Member"} {
			roles = append(roles, fields("displayName", quoted(name), "description", "null", "originId", quoted(name+"_"+id), "originSystem", quoted(system)))
		}
	case "AadApplication":
		for _, role := range list(origin.Object, "appRoles") {
			roles = append(roles, fields("displayName", or(jsonOf(role, "displayName"), "null"), "description", or(jsonOf(role, "description"), "null"),
				"originId", or(jsonOf(role, "id"), "null"), "originSystem", quoted(system)))
		}
	}
	return roles
}

// PackageCatalog is a catalog of entitlement management.
type PackageCatalog struct{}

var (
	_ Creator = PackageCatalog{}

	// Documented in the pages entitlementmanagement-post-catalogs and
	// -post-accesspackages of v1.0 (2021 to 2024): what is made is managed by users and
	// was changed when it was made.
	packageCatalogRules = &Rules{Created: []string{"createdDateTime"}, Modified: []string{"modifiedDateTime"}}
	packageRules        = &Rules{Defaults: []Default{{"isHidden", "false"}}, Created: []string{"createdDateTime"}, Modified: []string{"modifiedDateTime"}}
)

// Create implements [Creator].
func (PackageCatalog) Create(tx Tx, e *Entity) *grapherr.Error {
	kind := "userManaged"
	if tx.Version() == "beta" {
		kind = "UserManaged"
	}
	e.SetString("catalogType", kind)
	return nil
}

// ResourceRoles are the roles of all resources of a catalog (pages
// accesspackagecatalog-list-resourceroles of v1.0 and -list-accesspackageresourceroles of
// beta: by the resource, which $expand brings).
type ResourceRoles struct{}

var _ Lister = ResourceRoles{}

// List implements [Lister].
func (ResourceRoles) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	w, catalog := wordsOf(tx), ownerOfList(tx)
	return func(yield func(Entity) bool) {
		for resource := range tx.All(Below(catalog.Ref, w.resources)) {
			for role := range tx.All(Below(resource.Ref, w.roles)) {
				if !yield(role) {
					return
				}
			}
		}
	}, nil
}
