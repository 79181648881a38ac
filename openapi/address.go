package openapi

import "strings"

// Items of a drive, and sites, can be addressed by path between colons
// (graph-behaviour §1.8, §1.5). All spellings become one, that of the SDKs, in
// which the address is a key with its slashes encoded:
//
//	/drives/{d}/root:/a/b.txt:/content       /drives/{d}/items/root:%2Fa%2Fb.txt:/content
//	/drives/{d}/items/{i}:/b.txt:/content    /drives/{d}/items/{i}:%2Fb.txt:/content
//	/me/drive/special/photos:/b.png          /me/drive/items/special%2Fphotos:%2Fb.png:
//	/sites/{host}:/teams/hr:/lists           /sites/{host}:%2Fteams%2Fhr:/lists

// addressed returns a path with the address in it as one key; a path without
// one is returned as it is.
func addressed(path string) string {
	if strings.IndexByte(path, ':') < 0 {
		return path
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if i > 0 && strings.IndexByte(s, ':') == len(s)-1 && len(s) > 1 { // a second one: joined already
			return joinAddress(segments, i)
		}
	}
	return path
}

// joinAddress joins what stands from the segment at on up to the colon that
// ends the address.
func joinAddress(segments []string, at int) string {
	end := at + 1
	for end < len(segments) && !strings.HasSuffix(segments[end], ":") {
		end++
	}
	var names []string
	for _, name := range segments[at+1 : min(end+1, len(segments))] {
		if name = strings.TrimSuffix(name, ":"); name != "" {
			names = append(names, name)
		}
	}
	before, base := segments[:at:at], strings.TrimSuffix(segments[at], ":")
	switch last := before[len(before)-1]; {
	case strings.EqualFold(last, "special"):
		before, base = append(before[:len(before)-1:len(before)-1], "items"), "special%2F"+base
	case strings.EqualFold(base, "root") && !strings.EqualFold(last, "items"):
		before = append(before, "items")
	}
	key := base + ":%2F" + strings.Join(names, "%2F") + ":"
	rest := segments[min(end+1, len(segments)):]
	return strings.Join(append(append(before, key), rest...), "/")
}
