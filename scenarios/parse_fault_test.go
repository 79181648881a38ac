package scenarios

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestParseFault(t *testing.T) {
	tests := []struct {
		header, want string // the rule's JSON
		always       bool
	}{
		{"429; retry-after=2", `{"respond":{"status":429,"retryAfter":"2s"}}`, false},
		{"503", `{"respond":{"status":503}}`, false},
		{" 503 ; always ", `{"respond":{"status":503}}`, true},
		{"ALWAYS;503;", `{"respond":{"status":503}}`, true},
		{"reset", `{"fault":"reset"}`, false},
		{"Stall; delay=1s", `{"delay":"1s","fault":"stall"}`, false},
		{"delay=200ms", `{"delay":"200ms"}`, false},
		{"200; truncate", `{"respond":{"status":200},"fault":"truncate"}`, false},
		{"429; retry-after=0", `{"respond":{"status":429,"retryAfter":"0s"}}`, false},
		{"429; Retry-After=1m30s", `{"respond":{"status":429,"retryAfter":"1m30s"}}`, false},
		{`403; code=Authorization_RequestDenied; message="no; really = no"`, `{"respond":{"status":403,"error":{"code":"Authorization_RequestDenied","message":"no; really = no"}}}`, false},
		{"503; when=after", `{"when":"after","respond":{"status":503}}`, false},
	}
	for _, test := range tests {
		rule, always, err := parseFault(test.header)
		if err != nil {
			t.Errorf("%s: %v", test.header, err)
			continue
		}
		got, _ := json.Marshal(rule)
		if string(got) != test.want || always != test.always {
			t.Errorf("%s: %s (always %v), want %s", test.header, got, always, test.want)
		}
	}
}

func TestParseFaultErrors(t *testing.T) {
	tests := []struct{ header, want string }{
		{"", "nothing to do: give a status, reset, close, stall, truncate, garbage, or delay="},
		{"always", "nothing to do: give a status, reset, close, stall, truncate, garbage, or delay="},
		{"resett", `unknown word "resett" (did you mean "reset"?)`},
		{"retry-after", `unknown word "retry-after" (did you mean "retry-after="?)`},
		{"42", "42 is no status to answer with (200 to 599)"},
		{"429; retry=2", `unknown key "retry"`},
		{"429; retryafter=2", `unknown key "retryafter" (did you mean "retry-after"?)`},
		{"429; retry-after=", `"retry-after=" has no value`},
		{"429; retry-after=soon", `"soon" is no duration (write a number with a unit, such as 200ms, 2s or 1m30s)`},
		{"429; retry-after=1.5s", `"1.5s": Retry-After counts whole seconds (write 1s)`},
		{"429; retry-after=99999999999999999999", `"99999999999999999999s" is too long a duration`},
		{"delay=200", `"200" is no duration (write a number with a unit, such as 200ms, 2s or 1m30s)`},
		{"retry-after=2", "retry-after, code and message need a status, such as 429; retry-after=2"},
		{"200; code=x", "code and message need a status of 400 or more, not 200"},
		{"503; reset", "reset sends no answer, so the status has no effect"},
		{"503; 429", "status is there twice"},
		{"reset; close", "fault is there twice"},
		{"503; when=later", `when is before or after, not "later"`},
		{`503; message="open`, "a double quote is not closed"},
	}
	for _, test := range tests {
		if rule, err := ParseFault(test.header); err == nil || err.Error() != test.want || rule != nil {
			t.Errorf("%s: %v, want %s", test.header, err, test.want)
		}
	}
}

// FuzzParseFault: no header makes ParseFault panic, and a rule that it returns
// is one that a document may hold.
func FuzzParseFault(f *testing.F) {
	for _, header := range []string{"429; retry-after=2", "reset", `403; code=x; message="a;b"`, "delay=200ms; always", "503; when=after", "200; truncate"} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		rule, err := ParseFault(header)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("an error without words")
			}
			return
		}
		roundTrip(t, Scenario{Name: "x", Rules: []Rule{toValidUTF8(*rule)}})
	})
}

// toValidUTF8 does to the texts of a rule what JSON does to them.
func toValidUTF8(u Rule) Rule {
	if u.Respond != nil && u.Respond.Error != nil {
		e := u.Respond.Error
		e.Code, e.Message = strings.ToValidUTF8(e.Code, "\ufffd"), strings.ToValidUTF8(e.Message, "\ufffd")
	}
	return u
}
