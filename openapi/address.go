package openapi

import (
	"slices"
	"strings"
)

// Items of a drive, and sites, can be addressed by path between colons
// (graph-behaviour §1.8, §1.5). All spellings become one, that of the SDKs, in
// which the address is a key with its slashes encoded:
//
//	/drives/{d}/root:/a/b.txt:/content       /drives/{d}/items/root:%2Fa%2Fb.txt:/content
//	/drives/{d}/items/{i}:/b.txt:/content    /drives/{d}/items/{i}:%2Fb.txt:/content
//	/me/drive/special/photos:/b.png          /me/drive/items/special%2Fphotos:%2Fb.png:
//	/sites/{host}:/teams/hr:/lists           /sites/{host}:%2Fteams%2Fhr:/lists

// addressed returns a path with the address in it as one key; a path without
// one is returned as it is. The colons may be encoded, and the slashes too.
func addressed(path string) string {
	if !mayAddress(path) {
		return path
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		switch {
		case i == 0:
		case opensAddress(s): // a second one: joined already
			return joinAddress(segments, i)
		case isWholeAddress(s) && !strings.EqualFold(segments[i-1], "items"):
			return strings.Join(slices.Insert(segments, i, "items"), "/")
		}
	}
	return path
}

// mayAddress reports whether a path has a colon, as such or encoded, at the end
// of a segment or behind "root".
func mayAddress(path string) bool {
	for i := range len(path) {
		switch path[i] {
		case ':':
			return true
		case '%':
			if strings.HasPrefix(path[i:], "%3A") || strings.HasPrefix(path[i:], "%3a") {
				return true
			}
		}
	}
	return false
}

// opensAddress reports whether a segment ends with its only colon.
func opensAddress(segment string) bool {
	base, ok := cutColon(segment)
	return ok && base != "" && !mayAddress(base)
}

// cutColon cuts a colon off the end of a segment.
func cutColon(segment string) (string, bool) {
	for _, colon := range [...]string{":", "%3A", "%3a"} {
		if before, ok := strings.CutSuffix(segment, colon); ok {
			return before, true
		}
	}
	return segment, false
}

// isWholeAddress recognises "root:%2Fa%2Fb.txt:", which the SDKs write as a key,
// where it is none: /me/drive/root%3A%2Fa.txt%3A.
func isWholeAddress(segment string) bool {
	for _, start := range [...]string{"root:%2F", "root%3A%2F"} {
		if len(segment) > len(start) && equalFold(segment[:len(start)], start) {
			return true
		}
	}
	return false
}

// joinAddress joins what stands from the segment at on up to the colon that
// ends the address.
func joinAddress(segments []string, at int) string {
	end := at + 1
	for end < len(segments) && !endsInColon(segments[end]) {
		end++
	}
	var names []string
	for _, name := range segments[at+1 : min(end+1, len(segments))] {
		if name, _ = cutColon(name); name != "" {
			names = append(names, name)
		}
	}
	before := segments[:at:at]
	base, _ := cutColon(segments[at])
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

func endsInColon(segment string) bool {
	_, ok := cutColon(segment)
	return ok
}
