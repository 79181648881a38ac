package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

func TestNormalPath(t *testing.T) {
	for path, want := range map[string]string{
		"/Users/{id | userPrincipalName}/messages/": "/users/{}/messages",
		"/applications(appId='{appId}')":            "/applications(appid={})",
		"/users/delta()":                            "/users/delta",
		"/me/reminderView(b='{x}',a={y})":           "/me/reminderview(a={},b={})",
		"/groups/{id}/members/graph.user":           "/groups/{}/members/user",
		"/security/microsoft.graph.security.reopen": "/security/reopen",
		"/sites?search={x}":                         "/sites",
	} {
		if got := normalPath(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// The rules of identity-behaviour §6.4 and §6.5 on a map small enough to read.
func TestPermissionMap(t *testing.T) {
	path := filepath.Join(t.TempDir(), "permissions.json")
	text := `{"permissions": {
		"Zoo.Read": {"schemes": {"DelegatedWork": {"privilegeLevel": 1}}, "pathSets": [
			{"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "paths": {"/zoos": "least=DelegatedWork", "/zoos/{id}/animals": "least=DelegatedWork"}}]},
		"Zoo.ReadWrite": {"schemes": {"DelegatedWork": {"privilegeLevel": 2}}, "pathSets": [
			{"schemeKeys": ["DelegatedWork"], "methods": ["GET", "POST"], "paths": {"/zoos": "least=DelegatedWork"}},
			{"schemeKeys": ["DelegatedWork"], "methods": ["PATCH"], "paths": {"/zoos/{id}": "least=DelegatedWork;AlsoRequires=Fence.Read,Fence.ReadWrite"}}]},
		"Pet.Read": {"schemes": {"DelegatedWork": {"privilegeLevel": 1}}, "pathSets": [
			{"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "paths": {"/me/pets": "least=DelegatedWork"}}]},
		"Zoo.Own": {"authorizationType": "RSC", "schemes": {"DelegatedWork": {}}, "pathSets": [
			{"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "paths": {"/zoos": ""}}]}}}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := readPermissions(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ method, path, from, want string }{
		{"GET", "/zoos", fromDocumentation, "Zoo.Read* Zoo.ReadWrite"},
		{"GET", "/zoos/$count", fromDocumentation, "Zoo.Read* Zoo.ReadWrite"},
		{"GET", "/users/{user-id}/pets", fromDocumentation, "Pet.Read*"},
		{"PATCH", "/zoos/{zoo-id}", fromDocumentation, "Zoo.ReadWrite+Fence.Read,Fence.ReadWrite*"},
		{"DELETE", "/zoos/{zoo-id}", fromInheritance, "Zoo.ReadWrite+Fence.Read,Fence.ReadWrite*"},
		{"GET", "/zoos/{zoo-id}/animals/{animal-id}", fromInheritance, "Zoo.Read*"},
		{"POST", "/zoos/{zoo-id}/animals", fromInheritance, "Zoo.ReadWrite*"},
		{"GET", "/copies", fromInheritance, "Zoo.Read* Zoo.ReadWrite"},
		{"POST", "/me/pets", fromNowhere, ""},
		{"GET", "/farms", fromNowhere, ""},
	} {
		op := facts.Operation{Method: test.method, Path: test.path}
		p.apply(&op, strings.Replace(op.Path, "/copies", "/zoos", 1))
		if got := permissionText(op.Permissions); got != test.want || op.PermFrom != test.from {
			t.Errorf("%s %s: %s %q, want %s %q", test.method, test.path, op.PermFrom, got, test.from, test.want)
		}
	}
}

func permissionText(all []facts.Permission) string {
	var words []string
	for _, p := range all {
		word := p.Name
		if p.Also != nil {
			word += "+" + strings.Join(p.Also, ",")
		}
		if p.Least {
			word += "*"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
