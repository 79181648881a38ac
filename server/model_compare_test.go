package server_test

import (
	"fmt"
	"slices"
	"strings"
)

// compare holds everything that the server tells against the model.
func (m *model) compare() {
	m.Helper()
	live, binned := map[string][]string{}, []string{}
	for _, id := range m.order {
		o := m.objects[id]
		if o.binned {
			binned = append(binned, id+" "+o.name)
			continue
		}
		live[o.set] = append(live[o.set], id+" "+o.name)
	}
	m.same("users", m.list("/users?$select=id,displayName&$top=999"), live["users"])
	m.same("groups", m.list("/groups?$select=id,displayName&$top=999"), live["groups"])
	bin := append(m.list("/directory/deletedItems/microsoft.graph.user"), m.list("/directory/deletedItems/microsoft.graph.group")...)
	m.same("bin", bin, binned)
	m.unique()
	for _, id := range m.order {
		if o := m.objects[id]; !o.binned {
			m.compareOne(id, o)
		}
	}
}

// compareOne holds one object's links, seen from both ends, and its children.
func (m *model) compareOne(id string, o *object) {
	m.Helper()
	path := "/" + o.set + "/" + id
	var children []string
	for name := range o.children {
		children = append(children, name)
	}
	m.same(path+"/extensions", firsts(m.list(path+"/extensions")), children)
	var in []string
	for group, g := range m.objects {
		if g.members[id] && !g.binned {
			in = append(in, group)
		}
	}
	m.same(path+"/memberOf", firsts(m.list(path+"/memberOf")), in)
	if o.set == "groups" {
		m.same(path+"/members", firsts(m.list(path+"/members")), m.alive(o.members))
		return
	}
	want := 404
	if boss := m.objects[o.manager]; boss != nil && !boss.binned {
		want = 200
	}
	if got := m.call(want, "GET", path+"/manager", nil); want == 200 && got["id"] != o.manager {
		m.Errorf("%s/manager: got %v, want %s", path, got["id"], o.manager)
	}
	var reports []string
	for other, u := range m.objects {
		if u.manager == id && !u.binned {
			reports = append(reports, other)
		}
	}
	m.same(path+"/directReports", firsts(m.list(path+"/directReports")), reports)
}

// unique looks for a name that two users have.
func (m *model) unique() {
	m.Helper()
	seen := map[string]bool{}
	for _, entry := range m.call(200, "GET", "/users?$select=userPrincipalName&$top=999", nil)["value"].([]any) {
		upn := strings.ToLower(fmt.Sprint(entry.(map[string]any)["userPrincipalName"]))
		if seen[upn] {
			m.Errorf("two users are %s", upn)
		}
		seen[upn] = true
	}
}

func (m *model) alive(ids map[string]bool) []string {
	var all []string
	for id := range ids {
		if o := m.objects[id]; o != nil && !o.binned {
			all = append(all, id)
		}
	}
	return all
}

// list is the ids of a collection, with display names where there are any; all
// pages.
func (m *model) list(path string) []string {
	m.Helper()
	var all []string
	for path != "" {
		got := m.call(200, "GET", path, nil)
		items, _ := got["value"].([]any)
		for _, item := range items {
			e := item.(map[string]any)
			line := fmt.Sprint(e["id"])
			if name, ok := e["displayName"].(string); ok {
				line += " " + name
			}
			all = append(all, line)
		}
		next, _ := got["@odata.nextLink"].(string)
		_, path, _ = strings.Cut(next, "/v1.0")
	}
	return all
}

// firsts is the first word of each line.
func firsts(lines []string) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i], _, _ = strings.Cut(line, " ")
	}
	return all
}

func (m *model) same(what string, got, want []string) {
	m.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		m.Errorf("%s:\ngot  %v\nwant %v", what, got, want)
	}
}
