package entity

import (
	"strings"
	"testing"
)

func TestDistinct(t *testing.T) {
	for in, want := range map[string]string{
		`{}`:                              "",
		`{"a":"a","b":{"a":"b","b":"a"}}`: "",
		`{"a":{"b":1,"b":2}}`:             `a: member "b" stands twice`,
		`{"a":{"b":1,"\u0062":2}}`:        `a: member "b" stands twice`,
		`{"a":[{"b":1},{"b":1}]}`:         "",
		`{"a":[["b","b"],{"c":[],"d":{"x":1,"y":{},"x":null}}]}`:                                `a: member "x" stands twice`,
		`{"a":{"b":{"c":1},"c":2},"c":{"b":{}}}`:                                                "",
		`{"a":{"b":{},"c":[],"b":1}}`:                                                           `a: member "b" stands twice`,
		`{"a":{"b":"b","c":"b","d":["b"],"b":0}}`:                                               `a: member "b" stands twice`,
		`{"a":` + strings.Repeat(`[`, 5000) + `{"b":1,"b":1}` + strings.Repeat(`]`, 5000) + `}`: `a: member "b" stands twice`,
	} {
		o, err := Parse([]byte(in))
		if err != nil {
			t.Fatalf("%.40s: %v", in, err)
		}
		got := ""
		if err := o.Distinct(); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%.60s: %q, want %q", in, got, want)
		}
	}
}
