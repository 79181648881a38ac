package server

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// groups are those that a user is in, through other groups too, with whether the
// service principal of an application gave a role to each and the user is in it
// directly: roles of a group do not pass to the groups in it.
func (d directory) groups(tenant, user, app string) (list []identity.Group) {
	d.read(tenant, func(tx store.Reader) {
		e, err := tx.Get(root(tenant, "users"), user)
		if err != nil {
			return
		}
		api, err := tx.Get(root(tenant, servicePrincipals), app)
		above := memberOf(tx, e.Ordinal, "groups")
		direct := len(above)
		seen := map[store.Ordinal]bool{}
		for i := 0; i < len(above); i++ {
			if seen[above[i].Ordinal] {
				continue
			}
			seen[above[i].Ordinal] = true
			g := groupOf(above[i])
			g.Assigned = i < direct && err == nil && isAssigned(tx, tenant, above[i], api)
			list = append(list, g)
			above = append(above, memberOf(tx, above[i].Ordinal, "groups")...)
		}
	})
	return list
}

// memberOf are those of a set that have an object among their members.
func memberOf(tx store.Reader, member store.Ordinal, set string) (list []store.Entity) {
	for o := range tx.Backlinks(member, "members", 0) {
		if home, e, err := tx.At(o); err == nil && home.Name == set {
			list = append(list, e)
		}
	}
	return list
}

func isAssigned(tx store.Reader, tenant string, holder, resource store.Entity) bool {
	for range assignments(tx, tenant, holder, resource) {
		return true
	}
	return false
}

func groupOf(e store.Entity) identity.Group {
	var v struct {
		DisplayName string `json:"displayName"`
		Security    bool   `json:"securityEnabled"`
		Account     string `json:"onPremisesSamAccountName"`
		Domain      string `json:"onPremisesDomainName"`
		NetBIOS     string `json:"onPremisesNetBiosName"`
	}
	_ = json.Unmarshal(e.JSON, &v) // members of another kind are left out
	return identity.Group{ID: e.ID, Name: v.DisplayName, Security: v.Security, Account: v.Account, Domain: v.Domain, NetBIOS: v.NetBIOS}
}

// profile is a user as the store has it.
func (d directory) profile(tenant, name string) (object []byte) {
	d.read(tenant, func(tx store.Reader) {
		if e, ok := findUser(tx, tenant, name); ok {
			object = append(object, e.JSON...)
		}
	})
	return object
}
