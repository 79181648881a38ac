package openapi

import "testing"

func TestReadYAML(t *testing.T) {
	tree, err := readYAML([]byte("200: {d: 2025-02-18, n: 1, b: true, s: &s [x], again: *s, z: ~}"))
	if err != nil {
		t.Fatal(err)
	}
	inner, ok := tree.(map[string]any)["200"].(map[string]any)
	if !ok || inner["d"] != "2025-02-18" || inner["n"] != 1 || inner["b"] != true || inner["z"] != nil || inner["again"].([]any)[0] != "x" {
		t.Errorf("%#v", tree)
	}
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		above := string(c - 1)
		bomb += string(c) + ": &" + string(c) + " [*" + above + ",*" + above + ",*" + above + ",*" + above + ",*" + above + ",*" + above + ",*" + above + ",*" + above + "]\n"
	}
	if _, err := readYAML([]byte(bomb)); err == nil {
		t.Error("aliases grew without end")
	}
}
