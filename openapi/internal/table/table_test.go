package table

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// sample has one of everything that facts can say.
func sample() *facts.Version {
	user := facts.TypeRef{Name: "microsoft.graph.user"}
	users := facts.Segment{Name: "users", Kind: "set", Type: user.Name}
	key := facts.Segment{Name: "user-id", Kind: "key", Type: user.Name}
	read := []facts.Permission{
		{Scheme: "DelegatedWork", Name: "User.Read", Least: true},
		{Scheme: "DelegatedWork", Name: "User.ReadWrite", Also: []string{"Directory.Read.All"}},
		{Scheme: "Application", Name: "User.Read.All", Least: true},
	}
	v := &facts.Version{
		Name: "v1.0", Title: "sample",
		Operations: []facts.Operation{
			{
				Method: "GET", Path: "/users", Segments: []facts.Segment{users}, Kind: "list",
				Response: facts.TypeRef{Name: user.Name, Collection: true}, Query: []string{"filter", "top"}, Status: 200,
				StatusFrom: "documented", Permissions: read, PermFrom: "documented", ID: "user.List",
			},
			{
				Method: "POST", Path: "/users", Segments: []facts.Segment{users}, Kind: "create", Request: user, Response: user,
				Status: 201, StatusFrom: "rule", PermFrom: "unknown", Overlay: true, Clouds: []string{"global", "usgov"},
				Arguments: []facts.Argument{{In: "header", Parameter: facts.Parameter{Name: "If-Match", Type: facts.TypeRef{Name: "Edm.String"}, Required: true}}},
			},
			{
				Method: "GET", Path: "/users/{user-id}", Segments: []facts.Segment{users, key}, Kind: "get", Response: user, Permissions: read, PermFrom: "inherited",
			},
			{
				Method: "PATCH", Path: "/users/{user-id}", Segments: []facts.Segment{users, key}, Kind: "update", Request: user, Status: 204,
				StatusFrom: "model", Body: "required", Media: []string{"application/json"}, Required: []string{"displayName"},
				Deprecation: &facts.Deprecation{Element: "user", Announced: time.Date(2025, 2, 18, 0, 0, 0, 0, time.UTC)},
			},
			{
				Method: "GET", Path: "/users(userPrincipalName='{userPrincipalName}')",
				Segments: []facts.Segment{{Name: "users", Kind: "key", Type: user.Name}}, Kind: "get", Response: user,
			},
			{
				Method: "POST", Path: "/users/{user-id}/microsoft.graph.assignLicense",
				Segments: []facts.Segment{users, key, {Name: "assignLicense", Kind: "action", Type: user.Name}}, Kind: "action", Response: user,
				Parameters: []facts.Parameter{
					{Name: "add", Type: facts.TypeRef{Name: "microsoft.graph.license", Collection: true}, Required: true, Limits: &facts.Limits{MinItems: 1, MaxItems: new(uint64(50)), UniqueItems: true, NullItems: true}},
					{Name: "note", Type: facts.TypeRef{Name: "Edm.String"}, Nullable: true, Limits: &facts.Limits{MinLength: 2, MaxLength: new(uint64(300)), Pattern: "^a"}},
				},
			},
			{
				Method: "GET", Path: "/users/{user-id}/memberOf/graph.group",
				Segments: []facts.Segment{users, key, {Name: "memberOf", Kind: "set", Type: "microsoft.graph.directoryObject", Contained: true}, {Name: "group", Kind: "cast", Type: "microsoft.graph.group"}},
				Kind:     "list",
			},
			{
				Method: "GET", Path: "/users/{user-id}/skills",
				Segments: []facts.Segment{users, key, {Name: "skills", Kind: "property", Type: "Edm.String", Collection: true}}, Kind: "get",
			},
			{
				Method: "GET", Path: "/users/delta()", Segments: []facts.Segment{users, {Name: "delta", Kind: "function", Type: user.Name, Collection: true}}, Kind: "function",
			},
			{
				Method: "GET", Path: "/users/delta(token='{token}',n={n})", Segments: []facts.Segment{users, {Name: "delta", Kind: "function", Type: user.Name, Collection: true}}, Kind: "function",
			},
		},
		Types: []facts.Type{
			{Name: "microsoft.graph.entity", Entity: true, Abstract: true, Properties: []facts.Property{{Name: "id", Type: facts.TypeRef{Name: "Edm.String"}, ReadOnly: true}}},
			{
				Name: "microsoft.graph.user", Base: "microsoft.graph.entity", Entity: true, Open: true, Stream: true, Keys: []string{"id"},
				AlternateKeys: [][]string{{"userPrincipalName"}, {"a", "b"}}, Required: []string{"id"},
				Properties: []facts.Property{
					{Name: "displayName", Type: facts.TypeRef{Name: "Edm.String"}, Nullable: true, Required: true, CreateOnly: true},
					{Name: "age", Type: facts.TypeRef{Name: "Edm.Int32"}, Limits: &facts.Limits{Min: new(-0.5), Max: new(150.0)}},
					{Name: "manager", Type: facts.TypeRef{Name: "microsoft.graph.directoryObject"}, Navigation: true, Contained: true},
					{Name: "licenses", Type: facts.TypeRef{Name: "microsoft.graph.license", Collection: true}},
					{Name: "note", Type: facts.TypeRef{}},
				},
			},
			{Name: "microsoft.graph.license", Extensible: true},
			{Name: "/users/POST/body", Properties: []facts.Property{{Name: strings.Repeat("long", 100), Type: facts.TypeRef{Name: "microsoft.graph.Color"}}}},
		},
		Enums: []facts.Enum{{Name: "microsoft.graph.Color", Flags: true, Members: []string{"red", "green"}}, {Name: "microsoft.graph.color", Members: []string{"blue"}}},
	}
	Sort(v)
	return v
}

func written(tb testing.TB, v *facts.Version) *Table {
	tb.Helper()
	data, err := Encode(v, nil)
	if err != nil {
		tb.Fatal(err)
	}
	t, err := Open(string(data), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func TestRoundTrip(t *testing.T) {
	want := sample()
	got := written(t, want).Facts()
	for i := range want.Operations {
		if i < len(got.Operations) && !reflect.DeepEqual(got.Operations[i], want.Operations[i]) {
			t.Errorf("got  %+v\nwant %+v", got.Operations[i], want.Operations[i])
		}
	}
	for i := range want.Types {
		if i < len(got.Types) && !reflect.DeepEqual(got.Types[i], want.Types[i]) {
			t.Errorf("got  %+v\nwant %+v", got.Types[i], want.Types[i])
		}
	}
	if !t.Failed() && !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// A table on a base reads as one that stands alone, without what the base has.
func TestBase(t *testing.T) {
	want := sample()
	base := written(t, want)
	want.Name = "next"
	alone, err := Encode(want, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := Encode(want, base)
	if err != nil {
		t.Fatal(err)
	}
	if saved, most := len(alone)-len(data), len(base.parts[stringSection]); saved < most-100 {
		t.Errorf("%d bytes saved of %d", saved, most)
	}
	next, err := Open(string(data), base)
	if err != nil {
		t.Fatal(err)
	}
	if got := next.Facts(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for name, other := range map[string]*Table{"no base": nil, "another": next} {
		if _, err := Open(string(data), other); err == nil || !strings.Contains(err.Error(), "was written on another") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Equal facts give equal bytes, however often maps are walked.
func TestWriteIsStable(t *testing.T) {
	first, err := Encode(sample(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		var again bytes.Buffer
		if err := Write(&again, sample(), nil); err != nil || !bytes.Equal(first, again.Bytes()) {
			t.Fatalf("differs: %v", err)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*facts.Version)
		want   string
	}{
		{"circle", func(v *facts.Version) { v.Types[1].Base = "microsoft.graph.user" }, "type microsoft.graph.entity: derives from itself"},
		{"type twice", func(v *facts.Version) { v.Types[1].Name = v.Types[2].Name }, "is declared twice"},
		{"operation twice", func(v *facts.Version) { v.Operations[0].Method = "POST" }, "is there twice"},
		{"method", func(v *facts.Version) { v.Operations[1].Method = "get" }, `unknown method "get"`},
		{"kind", func(v *facts.Version) { v.Operations[1].Kind = "read" }, `unknown kind of operation "read"`},
		{"no kind", func(v *facts.Version) { v.Operations[1].Kind = "" }, "has no kind"},
		{"scheme", func(v *facts.Version) { v.Operations[1].Permissions = []facts.Permission{{Scheme: "Root"}} }, `unknown scheme "Root"`},
		{"segments", func(v *facts.Version) { v.Operations[3].Segments = v.Operations[3].Segments[1:] }, "segments are described, want"},
		{"disagreement", func(v *facts.Version) {
			s := slices.Clone(v.Operations[4].Segments)
			s[0].Type = "microsoft.graph.license"
			v.Operations[4].Segments = s
		}, `segment "users" is`},
		{"key of another kind", func(v *facts.Version) {
			s := slices.Clone(v.Operations[5].Segments)
			s[1].Kind = "set"
			v.Operations[5].Segments = s
		}, `segment "user-id" has kind "set"`},
		{"long name", func(v *facts.Version) { v.Types[0].Properties[0].Name = strings.Repeat("x", longest+1) }, "bytes, want"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := sample()
			test.change(v)
			_, err := Encode(v, nil)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "version v1.0: ") {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	data, err := Encode(sample(), nil)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(data)
	for name, test := range map[string]struct{ data, want string }{
		"nothing":      {"", "not a table"},
		"another file": {"openapi: 3.0.4" + strings.Repeat(" ", 100), "not a table"},
		"older format": {whole[:4] + "\x00" + whole[5:], "format 0"},
		"cut short":    {whole[:len(whole)-1], "damaged"},
		"header alone": {whole[:headerSize], "damaged"},
	} {
		if _, err := Open(test.data, nil); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestFind(t *testing.T) {
	table := written(t, sample())
	if a, b := table.FindType("Color", false), table.FindType("color", false); a < 0 || b < 0 || a == b || !table.Type(a).Flags {
		t.Errorf("types that differ in case: %d and %d", a, b)
	}
	if table.FindType("USER", false) >= 0 || table.FindType("USER", true) != table.FindType("user", false) {
		t.Error("look-up by case")
	}
	if table.FindType("directoryObject", true) >= 0 {
		t.Error("a name that is only referred to was found")
	}
	users := table.Literal(0, "USERS", false)
	key := table.Key(users)
	if users < 0 || key < 0 || table.Parent(key) != users || table.Template(key) != "/users/{user-id}" {
		t.Fatalf("users %d, key %d", users, key)
	}
	assign := table.Literal(key, "assignlicense", false)
	if assign < 0 || assign != table.Literal(key, "assignLicense", true) {
		t.Error("an action is found with and without namespace")
	}
	member := table.Literal(key, "memberOf", false)
	if table.Literal(key, "memberOf", true) >= 0 || table.Literal(member, "group", false) >= 0 || table.Literal(member, "group", true) < 0 {
		t.Error("namespaces")
	}
	if first, end := table.Forms(table.Literal(users, "delta", false)); end-first != 2 {
		t.Errorf("forms %d to %d", first, end)
	}
	if got := ParameterNames("delta(token='{token}',n={n})"); !slices.Equal(got, []string{"token", "n"}) {
		t.Errorf("parameters %v", got)
	}
}

// Damaged tables may be refused or read as something else, but never panic.
func FuzzOpen(f *testing.F) {
	data, err := Encode(sample(), nil)
	if err != nil {
		f.Fatal(err)
	}
	empty, err := Encode(&facts.Version{Name: "empty"}, nil)
	if err != nil {
		f.Fatal(err)
	}
	most := 2 * len(data)
	f.Add(data)
	f.Add(empty)
	for i := headerSize; i < len(data); i += 7 {
		damaged := bytes.Clone(data)
		damaged[i] ^= 0xff
		f.Add(damaged)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := Open(string(data), nil)
		if err != nil || len(data) > most {
			return
		}
		table.Facts()
		for row := range table.Nodes() {
			node := table.Node(row)
			table.Literal(row, node.Text, true)
			table.Forms(row)
			table.Template(row)
			if parent := table.Parent(row); parent >= row {
				t.Fatalf("node %d lies below %d", row, parent)
			}
		}
		for row := range table.Types() {
			table.FindType(table.Type(row).Short, true)
		}
	})
}
