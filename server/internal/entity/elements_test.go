package entity

import (
	"strings"
	"testing"
)

func TestElements(t *testing.T) {
	for raw, want := range map[string]string{
		`[]`: "", ` [ ] `: "", `[1]`: "1", `[1,2 , 3]`: "1|2|3", `["a,b","]"]`: `"a,b"|"]"`,
		`[{"a":[1,2]},[3]]`: `{"a":[1,2]}|[3]`, `null`: "", `{}`: "", ``: "", `"x"`: "",
	} {
		var got []string
		for e := range Elements([]byte(raw)) {
			got = append(got, strings.TrimSpace(string(e)))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %s, want %s", raw, s, want)
		}
	}
	for range Elements([]byte(`[1,2]`)) {
		break
	}
}
