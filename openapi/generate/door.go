package main

import "strings"

// The map of permissions names one way to a thing; here are the others.

func otherUser(path string) string {
	if rest, ok := strings.CutPrefix(path+"/", "/me/"); ok {
		return strings.TrimSuffix("/users/{}/"+rest, "/")
	}
	if rest, ok := strings.CutPrefix(path+"/", "/users/{}/"); ok {
		return strings.TrimSuffix("/me/"+rest, "/")
	}
	return path
}

// pages are where the map has what it lacks at other paths to the same thing.
var pages = []struct{ path, page string }{
	{"/me/manageddevices", "/devicemanagement/manageddevices"},
	{"/users/{}/manageddevices", "/devicemanagement/manageddevices"},
	{"/connections", "/external/connections"},
}

func otherPages(path string) []string {
	for _, other := range pages {
		if rest, ok := strings.CutPrefix(path, other.path); ok && (rest == "" || rest[0] == '/') {
			return []string{other.page + rest}
		}
	}
	return nil
}

// doors are the ways to the same thing: drives have an owner or stand alone.
func doors(path string) []string {
	all := append([]string{path, otherUser(path)}, otherPages(path)...)
	drives := []string{"/drives/{}", "/me/drive", "/users/{}/drive", "/groups/{}/drive", "/sites/{}/drive", "/drive"}
	for _, drive := range drives {
		if rest, ok := strings.CutPrefix(path, drive); ok && (rest == "" || rest[0] == '/') {
			for _, other := range drives {
				all = append(all, other+rest)
			}
			break
		}
	}
	return all
}

// noteKeys notes for paths of the map what they are when one of their names is
// the key of an entity that is always there: mailFolders/inbox/messageRules.
func (p *permissionMap) noteKeys() {
	for _, route := range sortedKeys(p.paths) {
		all := pieces(route)
		for i := 1; i < len(all)-1; i++ {
			if all[i-1] == "{}" || all[i] == "{}" || strings.ContainsAny(all[i], "($") {
				continue
			}
			key := "/" + strings.Join(all[:i], "/") + "/{}/" + strings.Join(all[i+1:], "/")
			if p.keyed[key] == "" && p.paths[key] == nil {
				p.keyed[key] = route
			}
		}
	}
}
