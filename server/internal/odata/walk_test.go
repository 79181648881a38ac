package odata

import (
	"slices"
	"testing"
)

func TestWalk(t *testing.T) {
	const source = "a/any(x:not contains(x,'1')) and case(b:-c) in d/$count($filter=e eq [f,{\"g\":h}]) or k('i')/$filter(j) eq l"
	e, err := ParseFilter(source)
	if err != nil {
		t.Fatal(display(err))
	}
	var names []string
	Walk(e, func(e Expr) bool {
		if p, ok := e.(*Path); ok && len(p.Segments) > 0 {
			names = append(names, p.Segments[0].Name)
		}
		return true
	})
	if want := []string{"a", "b", "c", "d", "e", "f", "h", "k", "j", "l"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	Walk(e, func(e Expr) bool {
		if b, ok := e.(*Binary); !ok || b.Op != OpOr {
			t.Errorf("went below the root: %s", dump(e))
		}
		return false
	})
}

func TestPathNames(t *testing.T) {
	cases := map[string][]string{
		"a": {"a"}, "from/emailAddress/name": {"from", "emailAddress", "name"},
		"$it/a": nil, "a/$count": nil, "ns.t/a": nil, "@p": nil, "a('x')": nil,
	}
	for source, want := range cases {
		e, err := ParseFilter(source)
		if err != nil {
			t.Fatal(display(err))
		}
		if got, ok := e.(*Path).Names(); ok != (want != nil) || !slices.Equal(got, want) && ok {
			t.Errorf("%s: %v, %v", source, got, ok)
		}
	}
}

func TestItemNames(t *testing.T) {
	list, err := ParseSelect("id,address/city,*,ns.*,ns.t/x,@odata.type,a($top=1)")
	if err != nil {
		t.Fatal(display(err))
	}
	var names []string
	for i := range list {
		names = append(names, list[i].Name())
	}
	if want := []string{"id", "address/city", "*", "ns.*", "ns.t/x", "@odata.type", "a"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestExpandItemNames(t *testing.T) {
	list, err := ParseExpand("members,manager/$ref,*,ns.t/owners($top=1),a/$count,$value")
	if err != nil {
		t.Fatal(display(err))
	}
	var names []string
	for i := range list {
		names = append(names, list[i].Name())
	}
	if want := []string{"members", "manager/$ref", "*", "ns.t/owners", "a/$count", "$value"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}
