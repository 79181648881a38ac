package openapi

import (
	"reflect"
	"testing"
)

func TestReadArgs(t *testing.T) {
	for _, test := range []struct {
		predicate string
		want      []Arg
		ok        bool
	}{
		{"", nil, true},
		{"  ", nil, true},
		{"'x'", []Arg{{Value: "x", Quoted: true}}, true},
		{"''", []Arg{{Quoted: true}}, true},
		{"'O''Neil'", []Arg{{Value: "O'Neil", Quoted: true}}, true},
		{"5", []Arg{{Value: "5"}}, true},
		{"a='x,y',b=@p", []Arg{{"a", "x,y", true}, {"b", "@p", false}}, true},
		{"a = 'x' , b = 1", []Arg{{"a", "x", true}, {"b", "1", false}}, true},
		{"ids=[1,2],b=null", []Arg{{"ids", "[1,2]", false}, {"b", "null", false}}, true},
		{"a='x=y'", []Arg{{"a", "x=y", true}}, true},
		{"Z=microsoft.graph.timeZoneStandard'Iana'", []Arg{{"Z", "Iana", true}}, true},
		{"duration'PT1H'", []Arg{{Value: "PT1H", Quoted: true}}, true},
		{"a=x y'z'", nil, false},
		{"'a=b'", []Arg{{Value: "a=b", Quoted: true}}, true},
		{"a=", nil, false},
		{"=x", nil, false},
		{"a='x", nil, false},
		{"a='x'y'", nil, false},
		{"a=1,", nil, false},
		{"'x','y'", nil, false},
	} {
		got, ok := readArgs(test.predicate, nil)
		if ok != test.ok || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%q: got %v %v, want %v %v", test.predicate, got, ok, test.want, test.ok)
		}
	}
}
