package main

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// abilities are what may be done at a navigation property: list, create, get,
// update, replace, delete.
type abilities map[string]bool

// allowed says what may be done at a navigation property. The map of permissions
// knows best; where it does not know the place, containment allows everything
// that no annotation forbids, as it does in the SDK, and a reference only
// reading.
func (n *navigations) allowed(path, owner string, p *facts.Property) abilities {
	set, key := n.permissions.methods(path), n.permissions.methods(path+"/{}")
	if set != nil || key != nil {
		return listed(set, key)
	}
	if !p.Contained {
		return abilities{"list": true, "get": true}
	}
	can := func(restriction string, members ...string) bool {
		for _, target := range []string{owner + "/" + p.Name, p.Type.Name} {
			if capability(n.metadata.Terms[target], restriction, members).Bool == "false" {
				return false
			}
		}
		return true
	}
	update := "update"
	if strings.HasSuffix(capability(n.metadata.Terms[p.Type.Name], "UpdateRestrictions", []string{"UpdateMethod"}).Enum, "/PUT") {
		update = "replace"
	}
	return abilities{
		"list": can("ReadRestrictions", "Readable"), "create": can("InsertRestrictions", "Insertable"),
		"get":  can("ReadRestrictions", "Readable") && can("ReadRestrictions", "ReadByKeyRestrictions", "Readable"),
		update: can("UpdateRestrictions", "Updatable"), "delete": can("DeleteRestrictions", "Deletable"),
	}
}

// capability finds a member of a restriction's record, that of a record inside
// when it has more names; empty when nothing is said.
func capability(terms []csdlTerm, restriction string, members []string) csdlValue {
	found := csdlValue{}
	for i := range terms {
		if terms[i].Term == "Org.OData.Capabilities.V1."+restriction {
			found.Values = terms[i].Values
		}
	}
	for _, member := range members {
		values := found.Values
		found = csdlValue{}
		for _, v := range values {
			if v.Property == member {
				found = v
			}
		}
	}
	return found
}

// listed reads what the map of permissions has for a set or singleton and for a
// key below it. It has many a method of an entity at the set alone.
func listed(set, key map[string][]grant) abilities {
	can := abilities{"list": set["GET"] != nil, "create": set["POST"] != nil, "get": set["GET"] != nil || key["GET"] != nil}
	for method, ability := range map[string]string{"PATCH": "update", "PUT": "replace", "DELETE": "delete"} {
		can[ability] = set[method] != nil || key[method] != nil
	}
	return can
}
