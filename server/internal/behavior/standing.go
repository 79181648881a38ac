package behavior

import (
	"slices"
	"strings"
	"sync"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Standing is what every tenant, or every owner of a type, has by itself before
// anybody has asked for it: a singleton's values or the built-in members of a
// collection. They are stored when a path first goes there, so that all general
// rules hold of them; what a fixture or a client has said stands.
type Standing struct {
	Navigation string // "/policies/authorizationPolicy", or below an owner "microsoft.graph.user/settings"
	Single     bool   // one entity, without an id of its own in its set
	Rows       func() []string
	Brings     []string   // navigations whose entities rows have among their members
	Needs      []Standing // that rows name, and that stand with them
	Under      string     // path from the owner to the type that the navigation is of, "settings/"; "" where that is the owner
}

var _ Supplier = Standing{}

// tenantMark and ownerMark stand in rows for the ids of the tenant and of the owner.
const tenantMark, ownerMark = "{tenant}", "{owner}"

// alone is a singleton, as JSON.
func alone(navigation, row string) Standing {
	return Standing{Navigation: navigation, Single: true, Rows: func() []string { return []string{row} }}
}

// several are the built-in members of a collection, each as JSON.
func several(navigation string, rows ...string) Standing {
	return Standing{Navigation: navigation, Rows: func() []string { return rows }}
}

// rowsOf are built-in members made of a table.
func rowsOf[Row any](navigation string, table []Row, row func(Row) string) Standing {
	return Standing{Navigation: navigation, Rows: func() []string {
		made := make([]string, len(table))
		for i, r := range table {
			made[i] = row(r)
		}
		return made
	}}
}

// bringing says which members of the rows are entities of their own.
func (s Standing) bringing(navigations ...string) Standing {
	s.Brings = navigations
	return s
}

// Entities are what stands there in a tenant, below an owner if there is one.
func (s Standing) Entities(tenant, owner string) []Entity {
	rows, marks := s.Rows(), strings.NewReplacer(tenantMark, tenant, ownerMark, owner)
	made := make([]Entity, 0, len(rows))
	for _, row := range rows {
		o, err := entity.Parse([]byte(marks.Replace(row)))
		if err != nil {
			panic("behavior: " + s.Navigation + ": " + err.Error()) // a row of ours, which a test parses
		}
		e := Entity{Type: strings.TrimPrefix(text(o, "@odata.type"), "#"), Object: o}
		if !s.Single {
			e.ID = text(o, "id")
		}
		made = append(made, e)
	}
	return made
}

// under says by what path the owner has what has the navigation.
func (s Standing) under(path string) Standing {
	s.Under = path
	return s
}

// Supply implements [Supplier].
func (s Standing) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	for _, other := range s.Needs {
		if fault := other.Supply(tx, owner, ""); fault != nil {
			return fault
		}
	}
	c := s.collection(owner.Ref)
	for _, e := range s.Entities(tx.Tenant(), owner.ID) {
		if _, there := tx.Get(c, e.ID); there {
			continue
		}
		if fault := s.put(tx, c, e); fault != nil {
			return fault
		}
	}
	return nil
}

// put stores an entity with what it brings.
func (s Standing) put(tx Tx, c Collection, e Entity) *grapherr.Error {
	own := Entity{ID: e.ID, Type: e.Type, Object: e.Clone()}
	for _, navigation := range s.Brings {
		own.Object.Delete(navigation)
	}
	made, fault := tx.Put(c, own)
	for _, navigation := range s.Brings {
		for _, o := range brought(e.Object, navigation) {
			if fault == nil {
				fault = bring(tx, made.Ref, navigation, o)
			}
		}
	}
	return fault
}

// brought are the entities of a navigation, of which a single one has one.
func brought(o entity.Object, navigation string) []entity.Object {
	if one := inner(o, navigation); one != nil {
		return []entity.Object{one}
	}
	return list(o, navigation)
}

// bring keeps an entity below its owner, and links it: whether it is contained
// differs between versions.
func bring(tx Tx, owner Ref, navigation string, o entity.Object) *grapherr.Error {
	made, fault := tx.Insert(Below(owner, navigation), Entity{Type: strings.TrimPrefix(text(o, "@odata.type"), "#"), Object: o})
	if fault == nil {
		_, fault = tx.Link(owner, navigation, made.Ref)
	}
	return fault
}

func (s Standing) collection(owner Ref) Collection {
	typ, name, _ := strings.Cut(s.Navigation, "/")
	if typ == "" {
		return Root(name)
	}
	return Below(owner, s.Under+name)
}

// StandingIn is the entity that stands in a set below the service root under an
// id in any letter case, "" for a singleton, without what it brings. What a fixture
// leaves out is as there.
func StandingIn(set, id, tenant string) (Entity, bool) {
	s, ok := standingSets()[set]
	if !ok {
		return Entity{}, false
	}
	all := s.Entities(tenant, "")
	i := slices.IndexFunc(all, func(e Entity) bool { return strings.EqualFold(e.ID, id) })
	if i < 0 {
		return Entity{}, false
	}
	for _, navigation := range s.Brings {
		all[i].Object.Delete(navigation)
	}
	return all[i], true
}

// standingSets are the sets below the service root, by name.
var standingSets = sync.OnceValue(func() map[string]Standing {
	sets := map[string]Standing{}
	for _, s := range StandingList() {
		if name, root := strings.CutPrefix(s.Navigation, "/"); root {
			sets[name] = s
		}
	}
	return sets
})

// StandingList is all that stands, in a fixed order.
func StandingList() []Standing {
	return slices.Concat(standingPolicies(), standingMethods(), standingStrengths(), standingConsent(),
		standingSettings(), standingProfile(), standingHealth(), standingRoles(), standingIntune(), standingTeams(),
		standingOverviews(), standingDirectoryRoles(), standingRolePolicies(), standingTemplates(), standingGovernance(),
		standingNamespaces(), standingEngagement(), standingLabels(), []Standing{standingControls})
}

// standing are the registrations of what stands.
func standing() (all []Registration) {
	for _, s := range StandingList() {
		r := Registration{Navigation: s.Navigation, Behavior: s}
		if s.Navigation == rolePolicies || s.Navigation == rolePolicyAssignments {
			r.Behavior = RolePolicies{s}
		}
		all = append(all, r)
	}
	return all
}
