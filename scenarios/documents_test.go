package scenarios

import (
	"fmt"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestJSONNodePlaces holds the places of JSON nodes to those that the YAML
// reader gives to the same text.
func TestJSONNodePlaces(t *testing.T) {
	const text = "{\n  \"a\": [1, -2.5, true,\n null , \"x\\ty\"],\n\t\"ä\": {\"b\":\n {} , \"c\": [ ]}}\n"
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	want, got := places(doc.Content[0]), places(jsonNode([]byte(text)))
	if len(got) != 14 || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

// places lists kind, tag, text, line and column of all nodes.
func places(n *yaml.Node) []string {
	all := []string{fmt.Sprintf("%d %s %q at %d:%d", n.Kind, n.ShortTag(), n.Value, n.Line, n.Column)}
	for _, c := range n.Content {
		all = append(all, places(c)...)
	}
	return all
}
