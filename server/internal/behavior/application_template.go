package behavior

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for applicationTemplate (page applicationTemplate: instantiate, 2021
// to 2025):
//   - documented: 201 with an application and a service principal that are new
//     in the directory, named as the body says.
//   - documented: the id of the template for applications that are not in the
//     gallery; the gallery's own are left out.
//   - assumed (2026-11): its name; both carry the template's id; a body without a name takes
//     the template's.

// Gallery gives a tenant the template of its own applications.
type Gallery struct{}

var _ Supplier = Gallery{}

const customTemplate = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"

// Supply implements [Supplier].
func (Gallery) Supply(tx Tx, _ Entity, _ string) *grapherr.Error {
	templates := Root("applicationTemplates")
	if _, there := tx.Get(templates, customTemplate); there {
		return nil
	}
	_, err := tx.Insert(templates, New(fields("id", quoted(customTemplate), "displayName", `"Custom"`)...))
	return err
}

func instantiateTemplate(tx Tx, template *Entity, p entity.Object) (Result, *grapherr.Error) {
	name := or(text(p, "displayName"), text(template.Object, "displayName"))
	if name == "" {
		return Result{}, grapherr.Invalid("directory", grapherr.Property{Name: "displayName", Kind: "required", Type: template.Type})
	}
	from := fields("displayName", quoted(name), "applicationTemplateId", quoted(template.ID))
	app, fault := register(tx, "applications", Entity{Type: "microsoft.graph.application", Object: from.Clone()}, applicationRules, Application{})
	if fault != nil {
		return Result{}, fault
	}
	from.SetString("appId", text(app.Object, "appId"))
	principal, fault := register(tx, "servicePrincipals", Entity{Type: "microsoft.graph.servicePrincipal", Object: from}, servicePrincipalRules, ServicePrincipal{})
	if fault != nil {
		return Result{}, fault
	}
	r := Object(fields("application", string(app.JSON()), "servicePrincipal", string(principal.JSON())))
	r.Status = 201
	return r, nil
}

// register stores an object in a set of the directory as a create there would.
func register(tx Tx, set string, e Entity, r *Rules, c Creator) (Entity, *grapherr.Error) {
	for _, d := range r.Defaults {
		if !e.Has(d.Name) {
			e.Set(d.Name, json.RawMessage(d.JSON))
		}
	}
	for _, name := range r.Created {
		e.SetString(name, instant(tx.Now()))
	}
	if fault := c.Create(tx, &e); fault != nil {
		return e, fault
	}
	made, fault := tx.Insert(Root(set), e)
	if fault != nil {
		return made, fault
	}
	stored, _ := tx.Entity(made.Ref)
	return stored, nil
}
