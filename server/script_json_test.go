package server_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

func wordJSON(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "json FILE")
	var want, got any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &want))
	s := of(ts)
	if err := json.Unmarshal(s.body, &got); err != nil {
		ts.Fatalf("body is no JSON: %v\n%s", err, s.body)
	}
	var differences []string
	compare("", want, got, s.base, &differences)
	if len(differences) > 0 {
		sort.Strings(differences)
		ts.Fatalf("body differs:\n%s\n%s", strings.Join(differences, "\n"), s.body)
	}
}

var placeholders = map[string]*regexp.Regexp{
	"<guid>": regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
	"<time>": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$`),
}

// compare collects the differences between a wanted and an actual JSON value;
// the order of members does not matter.
func compare(path string, want, got any, base string, out *[]string) {
	switch w := want.(type) {
	case map[string]any:
		compareObjects(path, w, got, base, out)
	case []any:
		compareLists(path, w, got, base, out)
	case string:
		if !textEqual(w, got, base) {
			*out = append(*out, fmt.Sprintf("%s: got %s, want %s", path, jsonText(got), jsonText(want)))
		}
	default:
		if !reflect.DeepEqual(want, got) {
			*out = append(*out, fmt.Sprintf("%s: got %s, want %s", path, jsonText(got), jsonText(want)))
		}
	}
}

func textEqual(want string, got any, base string) bool {
	if want == "<any>" {
		return true
	}
	text, ok := got.(string)
	if form := placeholders[want]; form != nil {
		return ok && form.MatchString(text)
	}
	return ok && text == strings.ReplaceAll(want, "<base>", base)
}

func compareObjects(path string, want map[string]any, got any, base string, out *[]string) {
	g, ok := got.(map[string]any)
	if !ok {
		*out = append(*out, path+": got "+jsonText(got)+", want an object")
		return
	}
	for name, w := range want {
		if v, there := g[name]; there {
			compare(path+"/"+name, w, v, base, out)
		} else {
			*out = append(*out, path+"/"+name+": missing")
		}
	}
	for name, v := range g {
		if _, there := want[name]; !there {
			*out = append(*out, path+"/"+name+": not wanted: "+jsonText(v))
		}
	}
}

func compareLists(path string, want []any, got any, base string, out *[]string) {
	g, ok := got.([]any)
	if !ok || len(g) != len(want) {
		*out = append(*out, fmt.Sprintf("%s: got %s, want a list of %d", path, jsonText(got), len(want)))
		return
	}
	for i := range want {
		compare(path+"/"+strconv.Itoa(i), want[i], g[i], base, out)
	}
}

func wordMember(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 && len(args) != 2 {
		ts.Fatalf("usage: [!] member POINTER [JSON]")
	}
	got, ok := pointer(ts, of(ts).body, args[0])
	if ok && len(args) == 2 {
		var want any
		ts.Check(json.Unmarshal([]byte(args[1]), &want))
		var differences []string
		compare(args[0], want, got, of(ts).base, &differences)
		ok = len(differences) == 0
	}
	if ok == neg {
		ts.Fatalf("member %s: %s in %s", args[0], jsonText(got), of(ts).body)
	}
}

// pointer follows a JSON pointer.
func pointer(ts *testscript.TestScript, body []byte, path string) (any, bool) {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		ts.Fatalf("body is no JSON: %v\n%s", err, body)
	}
	for step := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		switch node := v.(type) {
		case map[string]any:
			next, ok := node[step]
			if !ok {
				return nil, false
			}
			v = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(node) {
				return nil, false
			}
			v = node[i]
		default:
			return nil, false
		}
	}
	return v, true
}
