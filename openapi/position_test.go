package openapi

import "testing"

func TestPositions(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       map[string][2]int
	}{
		{"JSON", "{\n  \"a\": {\"b/c\": [1,\n   {\"~\": 2}]},\n \"d\": null}", map[string][2]int{
			"": {1, 1}, "/a": {2, 3}, "/a/b~1c": {2, 9}, "/a/b~1c/0": {2, 17}, "/a/b~1c/1": {3, 4}, "/a/b~1c/1/~0": {3, 5}, "/d": {4, 2}, "/a/none/deeper": {2, 3},
		}},
		{"YAML", "a:\n  b/c: [1,\n    {'~': 2}]\nd: ~\n", map[string][2]int{
			"": {1, 1}, "/a": {1, 1}, "/a/b~1c": {2, 3}, "/a/b~1c/0": {2, 9}, "/a/b~1c/1/~0": {3, 6}, "/d": {4, 1}, "/a/none/deeper": {1, 1},
		}},
		{"broken", "{\"a\": [", map[string][2]int{"/a": {1, 2}, "/b": {1, 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &source{data: []byte(test.text)}
			for pointer, want := range test.want {
				line, column := s.position(pointer)
				if got := [2]int{line, column}; got != want {
					t.Errorf("%q: got %v, want %v", pointer, got, want)
				}
			}
		})
	}
}
