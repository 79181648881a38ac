package main

import (
	"strings"
	"testing"
)

const builderSource = `package users

import (
    i1 "example.com/abstractions"
    i2 "example.com/sdk/models"
)

// ThingsRequestBuilder provides operations to manage the things property of the microsoft.graph.user entity.
type ThingsRequestBuilder struct {
    i1.BaseRequestBuilder
}
func NewThingsRequestBuilderInternal(pathParameters map[string]string, requestAdapter i1.RequestAdapter, index *int32)(*ThingsRequestBuilder) {
    m := &ThingsRequestBuilder{
        BaseRequestBuilder: *i1.NewBaseRequestBuilder(requestAdapter, "{+baseurl}/users/{user%2Did}/things(index={index}){?%24top}", pathParameters),
    }
    if index != nil {
        m.BaseRequestBuilder.PathParameters["index"] = i3.FormatInt(int64(*index), 10)
    }
    return m
}
// Get old
// Deprecated: This method is obsolete. Use GetAsThingsGetResponse instead.
func (m *ThingsRequestBuilder) Get(ctx context.Context, requestConfiguration *Configuration)(ThingsResponseable, error) {
}
// GetAsThingsGetResponse new
// Deprecated: Gone soon. as of 2023-06/things on 2023-06-13 and will be removed 2023-07-31
func (m *ThingsRequestBuilder) GetAsThingsGetResponse(ctx context.Context, requestConfiguration *Configuration)(ThingsGetResponseable, error) {
}
func (m *ThingsRequestBuilder) Post(ctx context.Context, body i2.Thingable, requestConfiguration *Configuration)(i2.Thingable, error) {
}
func (m *ThingsRequestBuilder) Delete(ctx context.Context, requestConfiguration *Configuration)(error) {
}
func (m *ThingsRequestBuilder) ToDeleteRequestInformation(ctx context.Context, requestConfiguration *Configuration)(*i1.RequestInformation, error) {
    requestInfo := i1.NewRequestInformationWithMethodAndUrlTemplateAndPathParameters(i1.DELETE, "{+baseurl}/users/{user%2Did}/things", m.BaseRequestBuilder.PathParameters)
}
`

func TestReadBuilder(t *testing.T) {
	f := newGoFile("example.com/sdk", "users/0a1b.go", []byte(builderSource))
	b := readBuilder(f)
	if b.Template != "{+baseurl}/users/{user%2Did}/things(index={index}){?%24top}" || b.owner() != "microsoft.graph.user" || b.Params["index"] != "int32" {
		t.Errorf("builder %+v", b)
	}
	if len(b.Calls) != 3 {
		t.Fatalf("%d calls: %+v", len(b.Calls), b.Calls)
	}
	get, post, drop := b.call("GET"), b.call("POST"), b.call("DELETE")
	if get.Result != (goType{Package: "example.com/sdk/users", Name: "ThingsGetResponse"}) {
		t.Errorf("GET answers %+v", get.Result)
	}
	if d := get.Deprecated; d == nil || d.Element != "things" || !d.Announced.Equal(day("2023-06-13")) || !d.Removal.Equal(day("2023-07-31")) {
		t.Errorf("GET is deprecated by %+v", d)
	}
	if thing := (goType{Package: "example.com/sdk/models", Name: "Thing"}); post.Body != thing || post.Result != thing {
		t.Errorf("POST %+v", post)
	}
	if drop.Template != "{+baseurl}/users/{user%2Did}/things" || drop.Result.Name != "" {
		t.Errorf("DELETE %+v", drop)
	}
}

// A few files of the SDKs went through gofmt.
func TestNewGoFile_Tabs(t *testing.T) {
	spaces := "package models\nimport (\n    i1 \"example.com/sdk/models\"\n)\ntype Thing struct {\n    Entity\n}\n    res[\"name\"] = func(n int) error {\n        val, err := n.GetStringValue()\n"
	m := readModel(newGoFile("example.com/sdk", "models/thing.go", []byte(strings.ReplaceAll(spaces, "    ", "\t"))))
	if m == nil || m.Base.Name != "Entity" || len(m.Fields) != 1 || m.Fields[0].Name != "name" {
		t.Errorf("%+v", m)
	}
}
