package main

import (
	"strings"
)

// keyProperties names the key property of every type that stands behind a key
// in some path, as the name of the path's parameter ends with it:
// "{applicableContent-catalogEntryId}". Structures are found by what GET answers.
func keyProperties(n *names, builders []*builder) map[string]string {
	keys := map[string]string{}
	for _, b := range builders {
		path := parseTemplate(b.Template).Path
		piece := path[strings.LastIndexByte(path, '/')+1:]
		if !strings.HasPrefix(piece, "{") || !b.has("GET") {
			continue
		}
		_, key, ok := strings.Cut(strings.Trim(piece, "{}"), "-")
		if name := n.types[b.call("GET").Result]; ok && name != "" {
			keys[name] = shorter(keys[name], strings.TrimRight(key, "0123456789"))
		}
	}
	return keys
}

// shorter is the shorter of two names, the first of equally long ones in the
// alphabet: the choice does not depend on the order of the builders.
func shorter(a, b string) string {
	if a == "" || len(b) < len(a) || len(b) == len(a) && b < a {
		return b
	}
	return a
}
