package scenarios

import "testing"

func TestRespondContent(t *testing.T) {
	tests := []struct {
		body            any
		want, mediaType string
	}{
		{nil, "", ""}, {"<p>", "<p>", "text/plain; charset=utf-8"}, {"", "", "text/plain; charset=utf-8"},
		{map[string]any{"a": 1.0}, `{"a":1}`, "application/json"}, {false, "false", "application/json"}, {[]any{}, "[]", "application/json"},
	}
	for _, test := range tests {
		body, mediaType := (&Respond{Body: test.body}).Content()
		if string(body) != test.want || mediaType != test.mediaType {
			t.Errorf("%v: %q as %q", test.body, body, mediaType)
		}
	}
}
