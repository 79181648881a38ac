package openapi

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const partners = "/deviceManagement/virtualEndpoint/externalPartnerSettings"

// directory is a small model with all that Graph's paths can hold.
const directory = `
openapi: 3.0.4
info: {title: directory, version: '1'}
paths:
  /users:
    get: &users
      parameters: [{$ref: '#/components/parameters/top'}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.user'}}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.user'}}}}
      responses: {'201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.user'}}}}}
  /users/{user-id}:
    parameters: &userKey [{name: user-id, in: path, required: true, schema: {type: string}}]
    get: &user
      x-fakegraph-permissions: {DelegatedWork: [User.Read], Application: [User.Read.All]}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.user'}}}}}
  /users(userPrincipalName='{userPrincipalName}'):
    parameters: [{name: userPrincipalName, in: path, required: true, schema: {type: string}}]
    get: *user
  /users/{user-id}/microsoft.graph.assignLicense:
    parameters: *userKey
    post:
      x-ms-docs-operation-type: action
      responses: {'204': {description: done}}
  /users/{user-id}/photo/$value:
    parameters: *userKey
    get: {responses: {'200': {description: ok, content: {application/octet-stream: {schema: {type: string, format: binary}}}}}}
    put:
      requestBody: {content: {image/*: {schema: {type: string, format: binary}}}}
      responses: {'204': {description: done}}
  /users/{user-id}/manager/$ref:
    parameters: *userKey
    get: {responses: {'200': {description: ok}}}
    put: {responses: {'204': {description: done}}}
    delete: {responses: {'204': {description: done}}}
  /users/{user-id}/reminderView(StartDateTime='{StartDateTime}',EndDateTime='{EndDateTime}'):
    parameters:
      - {name: user-id, in: path, required: true, schema: {type: string}}
      - {name: StartDateTime, in: path, required: true, schema: {type: string, format: date-time}}
      - {name: EndDateTime, in: path, required: true, schema: {type: string}}
    get: &view
      x-ms-docs-operation-type: function
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {type: string}}}}}}}}
  /users/delta(): {get: *view}
  /users/delta(token='{token}'):
    parameters: [{name: token, in: path, required: true, schema: {type: string}}]
    get: *view
  /groups/{group-id}/members:
    parameters: &groupKey [{name: group-id, in: path, required: true, schema: {type: string}}]
    get: &objects
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.directoryObject'}}}}}}}}
  /groups/{group-id}/members/$ref:
    parameters: *groupKey
    post: {responses: {'204': {description: done}}}
  /groups/{group-id}/members/{directoryObject-id}/$ref:
    parameters: *groupKey
    delete: {responses: {'204': {description: done}}}
  /groups/{group-id}/members/microsoft.graph.group:
    parameters: *groupKey
    get: *objects
  /me: {get: *user}
components:
  parameters:
    top: {name: $top, in: query, schema: {type: integer}}
  schemas:
    microsoft.graph.entity: {type: object, properties: {id: {type: string}}}
    microsoft.graph.directoryObject: {allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {type: object, properties: {deletedDateTime: {type: string, format: date-time, nullable: true}}}]}
    microsoft.graph.group: {allOf: [{$ref: '#/components/schemas/microsoft.graph.directoryObject'}, {type: object}]}
    microsoft.graph.user:
      allOf:
        - $ref: '#/components/schemas/microsoft.graph.directoryObject'
        - type: object
          properties:
            displayName: {type: string, nullable: true}
            address: {$ref: '#/components/schemas/microsoft.graph.address'}
            skills: {type: array, items: {type: string}}
            manager: {$ref: '#/components/schemas/microsoft.graph.directoryObject'}
    microsoft.graph.address: {type: object, properties: {city: {type: string}, also: {$ref: '#/components/schemas/microsoft.graph.address'}}}
`

// spell writes what a path resolved to on one line.
func spell(t Target) string {
	var b strings.Builder
	for _, s := range t.Segments {
		fmt.Fprintf(&b, " %s:%s", kindWord(s.Kind), s.Name)
		if s.Text != "" {
			fmt.Fprintf(&b, "=%s", s.Text)
		}
		for _, a := range s.Args() {
			fmt.Fprintf(&b, "[%s=%s]", a.Name, a.Value)
		}
	}
	return strings.TrimSpace(b.String())
}

func kindWord(k SegmentKind) string {
	return [...]string{"?", "set", "single", "key", "property", "cast", "action", "function", "count", "ref", "value"}[k]
}

func TestResolve(t *testing.T) {
	v := served(t, "v1.0", directory)
	for _, test := range []struct{ path, want, methods string }{
		{"", "", ""},
		{"/", "", ""},
		{"/users", "set:users", "GET POST"},
		{"/USERS/", "set:users", "GET POST"},
		{"//users", "set:users", "GET POST"},
		{"/users/Ab%20c", "set:users key:user-id=Ab c", "GET"},
		{"/users/a%2Fb", "set:users key:user-id=a/b", "GET"},
		{"/users/a%252Fb", "set:users key:user-id=a%2Fb", "GET"},
		{"/users/a+b", "set:users key:user-id=a+b", "GET"},
		{"/users('x')", "set:users key:user-id=x", "GET"},
		{"/users(%27O%27%27Neil%27)", "set:users key:user-id=O'Neil", "GET"},
		{"/users(id='x')", "set:users key:user-id=x", "GET"},
		{"/users(user-id='x')", "set:users key:user-id=x", "GET"},
		{"/users('$a@b')", "set:users key:user-id=$a@b", "GET"},
		{"/users(UserPrincipalName='a,b')", "set:users key:users[userPrincipalName=a,b]", "GET"},
		{"/users/userPrincipalName=a", "set:users key:users[userPrincipalName=a]", "GET"},
		{"/users(userPrincipalName='a')/manager/$ref", "set:users key:users[userPrincipalName=a] single:manager ref:$ref", "DELETE GET PUT"},
		{"/users/x/assignLicense", "set:users key:user-id=x action:assignLicense", "POST"},
		{"/users/x/graph.assignlicense", "set:users key:user-id=x action:assignLicense", "POST"},
		{"/users/x/Microsoft.Graph.assignLicense", "set:users key:user-id=x action:assignLicense", "POST"},
		{"/users/x/photo/$VALUE", "set:users key:user-id=x single:photo value:$value", "GET PUT"},
		{"/users/x/photo", "set:users key:user-id=x single:photo", ""},
		{"/users/delta", "set:users function:delta", "GET"},
		{"/users/delta()", "set:users function:delta", "GET"},
		{"/users/microsoft.graph.delta()", "set:users function:delta", "GET"},
		{"/users/delta(Token='t')", "set:users function:delta[token=t]", "GET"},
		{"/users/x/reminderView(endDateTime='b',startDateTime=@p)", "set:users key:user-id=x function:reminderView[StartDateTime=@p][EndDateTime=b]", "GET"},
		{"/users/deltas", "set:users key:user-id=deltas", "GET"},
		{"/users/delta('x'", "set:users key:user-id=delta('x'", "GET"},
		{"/users/report(1)", "set:users key:user-id=report(1)", "GET"},
		{"/users/$count", "set:users count:$count", "GET"},
		{"/users/$other", "set:users key:user-id=$other", "GET"},
		{"/users/x/DISPLAYNAME", "set:users key:user-id=x property:displayName", "GET"},
		{"/users/x/displayName/$value", "set:users key:user-id=x property:displayName value:$value", "GET"},
		{"/users/x/address/city", "set:users key:user-id=x property:address property:city", "GET"},
		{"/users/x/skills/$count", "set:users key:user-id=x property:skills count:$count", "GET"},
		{"/me/displayName", "single:me property:displayName", "GET"},
		{"/groups/g/members/graph.user", "set:groups key:group-id=g set:members cast:microsoft.graph.user", "GET"},
		{"/groups/g/members/Microsoft.Graph.Group", "set:groups key:group-id=g set:members cast:microsoft.graph.group", "GET"},
		{"/groups/g/members/microsoft.graph.user/$count", "set:groups key:group-id=g set:members cast:microsoft.graph.user count:$count", "GET"},
		{"/groups/g/members/microsoft.graph.user('u')/$ref", "set:groups key:group-id=g set:members cast:microsoft.graph.user key:directoryObject-id=u ref:$ref", "DELETE"},
		{"/groups/g/members/user", "set:groups key:group-id=g set:members key:directoryObject-id=user", ""},
		{"/groups/g/members/o/$ref", "set:groups key:group-id=g set:members key:directoryObject-id=o ref:$ref", "DELETE"},
	} {
		t.Run(test.path, func(t *testing.T) {
			target, err := v.Resolve(test.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := spell(target); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if got := strings.Join(target.Item.Methods(), " "); got != test.methods {
				t.Errorf("methods %q, want %q", got, test.methods)
			}
		})
	}
}

func TestResolveErrors(t *testing.T) {
	v := served(t, "v1.0", directory)
	for _, test := range []struct {
		path string
		want PathError
	}{
		{"/usres", PathError{Segment: "usres", Kind: PathUnknown, Suggest: []string{"users"}}},
		{"/users/x/displayNam", PathError{Segment: "displayNam", Index: 2, Kind: PathUnknown, Suggest: []string{"displayName"}}},
		{"/users/x/zzzzzzzz", PathError{Segment: "zzzzzzzz", Index: 2, Kind: PathUnknown}},
		{"/users//manager", PathError{Segment: "manager", Index: 1, Kind: PathKeyMissing}},
		{"/users()/manager", PathError{Segment: "users()", Kind: PathKeyMissing}},
		{"/me('x')", PathError{Segment: "me('x')", Kind: PathNotCollection}},
		{"/me/displayName('x')", PathError{Segment: "displayName('x')", Index: 1, Kind: PathNotCollection}},
		{"/users/a%2", PathError{Segment: "a%2", Index: 1, Kind: PathEncoding}},
		{"/users/a%ff", PathError{Segment: "a%ff", Index: 1, Kind: PathEncoding}},
		{"/users/x/reminderView", PathError{Segment: "reminderView", Index: 2, Kind: PathArguments}},
		{"/users/x/reminderView(StartDateTime='a')", PathError{Segment: "reminderView(StartDateTime='a')", Index: 2, Kind: PathArguments}},
		{"/users('a'b')", PathError{Segment: "users('a'b')", Kind: PathArguments}},
		{"/users(userPrincipalNam='x')", PathError{Segment: "users(userPrincipalNam='x')", Kind: PathUnknown, Suggest: []string{"userPrincipalName"}}},
		{"/users/x/address/also/also/also/also", PathError{Segment: "also", Index: 6, Kind: PathUnknown}},
		{"/groups/g/members/microsoft.graph.address/x/city", PathError{Segment: "x", Index: 4, Kind: PathUnknown}},
	} {
		t.Run(test.path, func(t *testing.T) {
			_, err := v.Resolve(test.path, nil)
			var got *PathError
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			if !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got  %+v\nwant %+v", *got, test.want)
			}
		})
	}
}

func TestResolveAppends(t *testing.T) {
	v := beta(t)
	into := make([]Segment, 0, 8)
	target, err := v.Resolve(partners+"/x", into)
	if err != nil || len(target.Segments) != 4 || &into[:1][0] != &target.Segments[0] {
		t.Errorf("%v %v", target.Segments, err)
	}
	if n := testing.AllocsPerRun(100, func() { target, err = v.Resolve(partners+"/x", into) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if got := target.Segments[3].Type(); got != v.Type("cloudPcExternalPartnerSetting") {
		t.Errorf("type %v", got)
	}
}

func TestDerivedOperationsInherit(t *testing.T) {
	v := served(t, "v1.0", directory)
	target, err := v.Resolve("/users/x/displayName", nil)
	if err != nil {
		t.Fatal(err)
	}
	op := target.Item.Operation("GET")
	if op.PermissionSource() != PermissionsInherited || !slices.Equal(op.Permissions(SchemeApplication), []string{"User.Read.All"}) {
		t.Errorf("%s %v", op.PermissionSource(), op.Permissions(SchemeApplication))
	}
	if op.Kind != Get || op.Response().Name != "Edm.String" || op.Template != "/users/{user-id}/displayName" {
		t.Errorf("%+v", op)
	}
	again, _ := v.Resolve("/users/y/displayname", nil)
	if again.Item != target.Item {
		t.Error("made twice")
	}
}

func FuzzResolve(f *testing.F) {
	v := served(f, "v1.0", directory)
	for _, path := range []string{
		partners, "/users('x')/manager/$ref", "/users/delta(token='t')", "/users/x/reminderView(EndDateTime='b',StartDateTime=@p)",
		"/groups/g/members/graph.user('u')/$count", "/users/%24count", "/users(userPrincipalName='%27')", "//users//a%2Fb/", "/users/x/address/also/city/$value", "/users/\xa5",
	} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		target, err := v.Resolve(path, nil)
		if err != nil {
			var problem *PathError
			if !errors.As(err, &problem) || problem.Error() == "" {
				t.Fatalf("error %v", err)
			}
			return
		}
		if target.Item == nil {
			t.Fatal("no item")
		}
		written := PathOf(target.Segments)
		again, err := v.Resolve(written, nil)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", path, written, err)
		}
		if spell(again) != spell(target) || again.Item != target.Item {
			t.Fatalf("%q was written as %q\n%s\n%s", path, written, spell(target), spell(again))
		}
		if PathOf(again.Segments) != written {
			t.Fatalf("%q and then %q", written, PathOf(again.Segments))
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	v := beta(b)
	into := make([]Segment, 0, 8)
	for b.Loop() {
		if _, err := v.Resolve(partners+"/b3548526-e615-3785-3118-be70b3968ec5", into); err != nil {
			b.Fatal(err)
		}
	}
}

// Operations of Graph's inner namespaces are called by their names alone, too.
func TestResolveShortOperations(t *testing.T) {
	beta := embedded(t)[0]
	for _, v := range embedded(t) {
		if v.Name() == "beta" {
			beta = v
		}
	}
	for _, path := range []string{
		"/compliance/ediscovery/cases/c/reopen", "/compliance/ediscovery/cases/c/Microsoft.Graph.Ediscovery.Reopen",
		"/admin/windows/updates/updatableAssets/a/addMembers",
	} {
		target, err := beta.Resolve(path, nil)
		if err != nil || target.Item.Operation("POST") == nil || target.Item.Operation("POST").Kind != Action {
			t.Errorf("%s: %v", path, err)
		}
	}
}
