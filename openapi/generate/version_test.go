package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// sourceDir is where the generator looks for sources unless told otherwise.
var sourceDir = filepath.Join("..", "..", "..", "shared", "graph")

// made is a version and the SDK it was made from.
type made struct {
	*facts.Version
	sdk *parsed
}

// built makes both versions once for all tests.
var built = sync.OnceValues(func() (map[string]made, error) {
	s, err := readSources(sourceDir)
	if err != nil {
		return nil, err
	}
	all := map[string]made{}
	for _, version := range versions {
		p, err := readSDK(version)
		if err != nil {
			return nil, err
		}
		v, err := build(version, p, s)
		if err != nil {
			return nil, err
		}
		all[version] = made{v, p}
	}
	return all, nil
})

// needSources skips a test where the sources are not on disk.
func needSources(t *testing.T) {
	t.Helper()
	if err := checkSources(sourceDir); err != nil {
		t.Skip(err)
	}
	for _, version := range versions {
		if _, err := sdks[version].dir(); err != nil {
			t.Skip(err)
		}
	}
}

func buildAll(t *testing.T) map[string]made {
	t.Helper()
	needSources(t)
	all, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The structures and enumerations are those of performance §3. Of the
// operations, 11,906 and 20,466 are in files named after their builder, as
// counted there; the others are in files that Kiota names by a hash.
func TestBuild_Counts(t *testing.T) {
	for version, want := range map[string]struct{ operations, structures, enums int }{
		"v1.0": {14014, 2831, 715},
		"beta": {24758, 5765, 1524},
	} {
		v := buildAll(t)[version]
		distinct := map[string]bool{}
		for i := range v.Operations {
			if op := &v.Operations[i]; !op.Overlay {
				distinct[op.Method+" "+op.Path] = true
			}
		}
		if len(distinct) != want.operations {
			t.Errorf("%s: %d operations of the SDK, want %d", version, len(distinct), want.operations)
		}
		if got := v.sdk.structures(); got != want.structures {
			t.Errorf("%s: %d structures, want %d", version, got, want.structures)
		}
		if got := len(v.sdk.Models) - v.sdk.structs(); got != want.enums {
			t.Errorf("%s: %d enumerations, want %d", version, got, want.enums)
		}
	}
}

// structs counts all structures, those of single builders included.
func (p *parsed) structs() int {
	return len(slices.DeleteFunc(slices.Clone(p.Models), func(m *model) bool { return m.Enumeration }))
}

// operation is one row of the table of operations that were checked by hand
// against the reference pages and the metadata.
type operation struct {
	version, method, path string
	kind                  string
	places                string // kind of each segment; an asterisk for contained
	last                  string // type at the end
	request, response     string
	status                int
	least                 string // first delegated permission; an asterisk for any
}

func TestBuild_Operations(t *testing.T) {
	for _, want := range []operation{
		{"v1.0", "GET", "/users", "list", "set", "user", "", "[]user", 200, "User.ReadBasic.All"},
		{"v1.0", "PATCH", "/users/{user-id}", "update", "set key", "user", "user", "user", 204, "User.ReadWrite.All"},
		{"v1.0", "GET", "/users/delta()", "function", "set function", "user", "", "[]user", 200, "User.Read.All"},
		{"v1.0", "GET", "/me", "get", "single", "user", "", "user", 200, "User.Read"},
		{"v1.0", "POST", "/me/sendMail", "action", "single action", "", "", "", 202, "Mail.Send"},
		{"v1.0", "PATCH", "/me/messages/{message-id}", "update", "single set* key", "message", "message", "message", 200, "Mail.ReadWrite"},
		{"v1.0", "GET", "/users/{user-id}/photo/$value", "stream", "set key single* value", "Edm.Stream", "", "Edm.Stream", 200, "User.Read"},
		{"v1.0", "PATCH", "/users/{user-id}/mailboxSettings", "update", "set key property", "mailboxSettings", "mailboxSettings", "mailboxSettings", 200, "MailboxSettings.ReadWrite"},
		{"v1.0", "GET", "/groups/{group-id}/members", "list", "set key set", "directoryObject", "", "[]directoryObject", 200, "GroupMember.ReadBasic.All"},
		{"v1.0", "GET", "/groups/{group-id}/members/microsoft.graph.user", "list", "set key set cast", "user", "", "[]user", 200, "*"},
		{"v1.0", "DELETE", "/groups/{group-id}/members/{directoryObject-id}/$ref", "linkDrop", "set key set key ref", "directoryObject", "", "", 204, "*"},
		{"v1.0", "GET", "/groups/{group-id}/members/$count", "count", "set key set count", "Edm.Int32", "", "Edm.Int32", 200, "GroupMember.ReadBasic.All"},
		{"v1.0", "POST", "/teams/{team-id}/channels/{channel-id}/messages", "create", "set key set* key set*", "chatMessage", "chatMessage", "chatMessage", 201, "ChannelMessage.Send"},
		{"v1.0", "PATCH", "/deviceManagement/deviceConfigurations/{deviceConfiguration-id}", "update", "single set* key", "deviceConfiguration", "deviceConfiguration", "deviceConfiguration", 200, "DeviceManagementConfiguration.ReadWrite.All"},
		{"v1.0", "PUT", "/drives/{drive-id}/items/{driveItem-id}/content", "stream", "set key set* key property", "Edm.Stream", "Edm.Stream", "driveItem", 200, "*"},
		{"v1.0", "GET", "/me/drive/root/children", "list", "single single* single* set*", "driveItem", "", "[]driveItem", 200, "Files.Read"},
		{"v1.0", "GET", "/drives/{drive-id}/items/{driveItem-id}/workbook/worksheets/{workbookWorksheet-id}/range(address='{address}')", "function", "set key set* key single* set* key function", "workbookRange", "", "workbookRange", 200, "*"},
		{"v1.0", "GET", "/directory/deletedItems/microsoft.graph.group", "list", "single set* cast", "group", "", "[]group", 200, "Group.Read.All"},
		{"v1.0", "POST", "/identityGovernance/entitlementManagement/accessPackages/{accessPackage-id}/incompatibleGroups/$ref", "linkAdd", "single single* set* key set ref", "group", "", "", 204, "EntitlementManagement.ReadWrite.All"},
		{"v1.0", "GET", "/applications(appId='{appId}')", "get", "key", "application", "", "application", 200, "Application.Read.All"},
		{"v1.0", "POST", "/security/microsoft.graph.security.runHuntingQuery", "action", "single action", "security.huntingQueryResults", "", "security.huntingQueryResults", 200, "ThreatHunting.Read.All"},
		{"v1.0", "GET", "/reports/getEmailActivityUserDetail(period='{period}')", "function", "single function", "Edm.Stream", "", "Edm.Stream", 302, "Reports.Read.All"},
		{"v1.0", "GET", "/deviceManagement/virtualEndpoint/servicePlans", "list", "single single* set*", "cloudPcServicePlan", "", "[]cloudPcServicePlan", 200, "CloudPC.Read.All"},
		{"v1.0", "POST", "/me/cloudPCs/{cloudPC-id}/reprovision", "action", "single set* key action", "", "", "", 204, "CloudPC.ReadWrite.All"},
		{"beta", "PATCH", "/deviceManagement/virtualEndpoint/externalPartnerSettings/{cloudPcExternalPartnerSetting-id}", "update", "single single* set* key", "cloudPcExternalPartnerSetting", "cloudPcExternalPartnerSetting", "cloudPcExternalPartnerSetting", 200, "CloudPC.ReadWrite.All"},
		{"beta", "POST", "/deviceManagement/virtualEndpoint/externalPartners/{cloudPcExternalPartner-id}/deployAgent", "action", "single single* set* key action", "Edm.String", "", "Edm.String", 200, "CloudPC.ReadWrite.All"},
		{"beta", "PATCH", "/deviceManagement/virtualEndpoint/provisioningPolicies/{cloudPcProvisioningPolicy-id}", "update", "single single* set* key", "cloudPcProvisioningPolicy", "cloudPcProvisioningPolicy", "cloudPcProvisioningPolicy", 204, "CloudPC.ReadWrite.All"},
	} {
		op := find(buildAll(t)[want.version].Version, want.method, want.path)
		if op == nil {
			t.Errorf("%s lacks %s %s", want.version, want.method, want.path)
			continue
		}
		got := operation{
			want.version, op.Method, op.Path, op.Kind, places(op), short(facts.TypeRef{Name: op.Segments[len(op.Segments)-1].Type}),
			short(op.Request), short(op.Response), op.Status, first(op, "DelegatedWork"),
		}
		if want.least == "*" && got.least != "" {
			got.least = "*"
		}
		if got != want {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
}

func find(v *facts.Version, method, path string) *facts.Operation {
	at := slices.IndexFunc(v.Operations, func(op facts.Operation) bool { return op.Method == method && op.Path == path })
	if at < 0 {
		return nil
	}
	return &v.Operations[at]
}

func places(op *facts.Operation) string {
	var kinds []string
	for _, s := range op.Segments {
		kind := s.Kind
		if s.Contained {
			kind += "*"
		}
		kinds = append(kinds, kind)
	}
	return strings.Join(kinds, " ")
}

func short(ref facts.TypeRef) string {
	name := strings.TrimPrefix(ref.Name, "microsoft.graph.")
	if ref.Collection {
		return "[]" + name
	}
	return name
}

// first is the permission that stands first for a scheme.
func first(op *facts.Operation, scheme string) string {
	for _, p := range op.Permissions {
		if p.Scheme == scheme {
			return p.Name
		}
	}
	return ""
}

func TestBuild_ExternalPartners(t *testing.T) {
	v := buildAll(t)["beta"].Version
	at := slices.IndexFunc(v.Types, func(t facts.Type) bool { return t.Name == "microsoft.graph.cloudPcExternalPartnerSetting" })
	var got []string
	for _, p := range v.Types[at].Properties {
		got = append(got, fmt.Sprintf("%s %s null=%t read=%t create=%t required=%t", p.Name, p.Type.Name, p.Nullable, p.ReadOnly, p.CreateOnly, p.Required))
	}
	want := []string{
		"enableConnection Edm.Boolean null=false read=false create=false required=true",
		"lastSyncDateTime Edm.DateTimeOffset null=false read=true create=false required=false",
		"partnerId Edm.Guid null=false read=false create=true required=true",
		"status microsoft.graph.cloudPcExternalPartnerStatus null=false read=true create=false required=false",
		"statusDetails Edm.String null=true read=true create=false required=false",
	}
	if !slices.Equal(got, want) {
		t.Errorf("properties:\n%s", strings.Join(got, "\n"))
	}
	const item = "/deviceManagement/virtualEndpoint/externalPartnerSettings/{cloudPcExternalPartnerSetting-id}"
	patch, drop := find(v, "PATCH", item), find(v, "DELETE", item)
	if !slices.Equal(patch.Required, []string{"enableConnection"}) || !slices.Equal(patch.Clouds, []string{"global"}) || patch.PermFrom != fromDocumentation {
		t.Errorf("PATCH: %+v", patch)
	}
	if d := patch.Deprecation; d == nil || d.Element != "cloudPcExternalPartnerSetting" || !d.Removal.Equal(day("2026-03-31")) {
		t.Errorf("PATCH: deprecation %+v", d)
	}
	if drop.PermFrom != fromInheritance || first(drop, "Application") != "CloudPC.ReadWrite.All" {
		t.Errorf("DELETE: %+v", drop)
	}
	deploy := find(v, "POST", "/deviceManagement/virtualEndpoint/externalPartners/{cloudPcExternalPartner-id}/deployAgent")
	if p := deploy.Parameters[0]; !deploy.Overlay || !p.Required || p.Limits.MinItems != 1 || *p.Limits.MaxItems != 50 {
		t.Errorf("deployAgent: %+v", deploy)
	}
}

// Names, paths and codes only: whoever ships the data ships none of the
// sources' texts.
func TestBuild_NoSentences(t *testing.T) {
	for version, v := range buildAll(t) {
		for place, text := range texts(reflect.ValueOf(*v.Version), version) {
			if strings.ContainsAny(text, " \t\n") {
				t.Fatalf("%s holds %q", place, text)
			}
		}
	}
}

// texts are all strings in a value, with where they are.
func texts(v reflect.Value, place string) func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) {
		switch v.Kind() {
		case reflect.String:
			yield(place, v.String())
		case reflect.Slice:
			for i := range v.Len() {
				for p, text := range texts(v.Index(i), place) {
					if !yield(p, text) {
						return
					}
				}
			}
		case reflect.Pointer:
			if !v.IsNil() {
				texts(v.Elem(), place)(yield)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					for p, text := range texts(v.Field(i), place+"."+v.Type().Field(i).Name) {
						if !yield(p, text) {
							return
						}
					}
				}
			}
		}
	}
}

func TestGenerate_SameBytes(t *testing.T) {
	needSources(t)
	first, err := generate(sourceDir)
	if err != nil {
		t.Fatal(err)
	}
	second, err := generate(sourceDir)
	if err != nil {
		t.Fatal(err)
	}
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s differs between two runs", name)
		}
		if data, err := os.ReadFile(filepath.Join("..", "data", name)); err != nil || !bytes.Equal(first[name], data) {
			t.Errorf("openapi/data/%s is not what the generator makes: run \"go generate ./openapi\"", name)
		}
	}
}

func TestGenerate_MissingSources(t *testing.T) {
	_, err := generate(t.TempDir())
	if err == nil || strings.Count(err.Error(), "\n") != len(sourceFiles) || !strings.Contains(err.Error(), "-graph") {
		t.Errorf("got %v", err)
	}
}

// Links are changed where a navigation leads to entities that live elsewhere:
// what the SDK or Microsoft's pages have stays, and rules add none where the SDK
// writes the entities themselves, or where no entity owns the link.
func TestBuild_References(t *testing.T) {
	for _, want := range []struct {
		path    string
		methods string
	}{
		{"/groups/{group-id}/members/$ref", "DELETE GET POST"},
		{"/groups/{group-id}/members/{directoryObject-id}/$ref", "DELETE GET"},
		{"/users/{user-id}/manager/$ref", "DELETE GET PUT"},
		{"/me/manager/$ref", "DELETE GET PUT"},
		{"/applications/{application-id}/owners/$ref", "DELETE GET POST"},
		{"/directory/administrativeUnits/{administrativeUnit-id}/members/$ref", "DELETE GET POST"},
		{"/identity/b2xUserFlows/{b2xIdentityUserFlow-id}/apiConnectorConfiguration/postAttributeCollection/$ref", "DELETE GET PUT"},
		{"/education/classes/{educationClass-id}/assignmentSettings/defaultGradingScheme/$ref", "GET PUT"}, // permissions map
		{"/education/classes/{educationClass-id}/assignments/{educationAssignment-id}/gradingScheme/$ref", "DELETE GET PUT"},
		{"/planner/plans/{plannerPlan-id}/tasks/$ref", "GET"},               // the SDK creates tasks there
		{"/planner/plans/{plannerPlan-id}/tasks/{plannerTask-id}/$ref", ""}, // and deletes them
		{"/me/planner/plans/{plannerPlan-id}/tasks/$ref", "GET"},            // nor in the copy
		{"/solutions/backupRestore/protectionUnits/$ref", "GET"},            // of no entity
		{"/deviceManagement/managedDeviceOverview/$ref", "GET"},             // of no entity
	} {
		for version, v := range buildAll(t) {
			var methods []string
			for i := range v.Operations {
				if op := &v.Operations[i]; op.Path == want.path {
					methods = append(methods, op.Method)
				}
			}
			if got := strings.Join(methods, " "); got != want.methods {
				t.Errorf("%s %s: %s, want %s", version, want.path, got, want.methods)
			}
		}
	}
}
