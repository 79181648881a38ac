package grapherr

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

var update = flag.Bool("update", false, "rewrite testdata/wordings.txt")

// families are those of graph-behaviour §0.3, and one that nobody knows.
var families = []string{
	cloudPC, intune, excel, oneNote, planner, files, teams, outlook, "subscriptions", reports, security, "search",
	"education", "print", "directory", "",
}

var statuses = []int{
	400, 401, 402, 403, 404, 405, 406, 409, 410, 412, 413, 415, 418, 422, 423, 429, 500, 501, 502, 503, 504, 507, 509, 599,
}

// constructed is every error that has a constructor of its own, under the name
// of that constructor.
func constructed(family string) map[string]*Error {
	const id = "b3548526-e615-3785-3118-be70b3968ec5"
	needed, had := []string{"CloudPC.Read.All", "CloudPC.ReadWrite.All"}, []string{"User.Read"}
	all := map[string]*Error{
		"NotFound":           NotFound(family, id),
		"Forbidden, a user":  Forbidden(family, false, needed, had),
		"Forbidden, an app":  Forbidden(family, true, needed, nil),
		"Conflict":           Conflict(family, "Another one has this name."),
		"PreconditionFailed": PreconditionFailed(family),
	}
	for _, kind := range []string{"required", "nullable", "readOnly", "createOnly", "additionalProperties", "type"} {
		all["Invalid, "+kind] = Invalid(family, Property{Name: "mailNickname", Kind: kind, Type: "microsoft.graph.group"})
	}
	return all
}

// general are the errors of the gateway, the same for every family.
func general() map[string]*Error {
	return map[string]*Error{
		"InvalidVersion":      InvalidVersion("v2.0"),
		"UnknownSegment":      UnknownSegment("usres"),
		"BadPath":             BadPath("Resource not found for the segment 'x'."),
		"MethodNotAllowed":    MethodNotAllowed([]string{"GET", "PATCH"}),
		"Unreadable":          Unreadable(),
		"EmptyPayload":        EmptyPayload(),
		"NotJSON":             NotJSON(),
		"UnsupportedEncoding": UnsupportedEncoding(),
		"TooLarge":            TooLarge(),
		"Option":              Option("Unsupported or invalid query filter clause specified."),
		"UserNeeded":          UserNeeded(),
		"Unauthenticated":     Unauthenticated("Access token is empty.", "Bearer"),
		"Internal":            Internal(),
		"FailedDependency":    FailedDependency(),
		"AlreadyLinked":       AlreadyLinked("members"),
		"BadReference":        BadReference("x:/y"),

		"SubscriptionInvalid":    SubscriptionInvalid("resource is a required property for subscription creation"),
		"SubscriptionExtension":  SubscriptionExtension("Subscription expiration can only be 4230 minutes in the future."),
		"SubscriptionValidation": SubscriptionValidation("Subscription validation request timed out."),
	}
}

// each visits all errors in a fixed order.
func each(visit func(name string, e *Error)) {
	walk := func(prefix string, errs map[string]*Error) {
		for _, name := range slices.Sorted(maps.Keys(errs)) {
			visit(prefix+name, errs[name])
		}
	}
	walk("", general())
	for _, family := range families {
		walk(family+": ", constructed(family))
		for _, status := range statuses {
			visit(fmt.Sprintf("%s: ForStatus %d", family, status), ForStatus(family, status))
		}
	}
}

var date = time.Date(2026, 1, 2, 3, 4, 5, 999, time.FixedZone("", 3600))

// Every wording stands in one file, so that a change to one is seen.
func TestWordings(t *testing.T) {
	var b strings.Builder
	each(func(name string, e *Error) {
		fmt.Fprintf(&b, "%s\n\t%d %s %q\n", name, e.Status, e.Code, e.Message)
		if e.Inner != nil {
			fmt.Fprintf(&b, "\tinner %s %q\n", e.Inner.Code, e.Inner.Message)
		}
		for _, f := range e.Header {
			fmt.Fprintf(&b, "\t%s: %s\n", f.Name, f.Value)
		}
	})
	const file = "testdata/wordings.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the wordings differ from %s; -update rewrites it:\n%s", file, firstDifference(b.String(), string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d: got %s", i+1, g[i])
		}
	}
	return fmt.Sprintf("line %d is missing: %s", len(g)+1, w[len(g)])
}

// Every error has Graph's envelope: code and message are strings, innerError
// has the date and both ids (graph-behaviour §4.1).
func TestEnvelope(t *testing.T) {
	each(func(name string, e *Error) {
		var v struct {
			Error struct {
				Code, Message *string
				InnerError    map[string]string
				Target        *string
				Details       []Detail
			}
		}
		d := json.NewDecoder(strings.NewReader(string(e.Body(date, "r1", "c1"))))
		d.DisallowUnknownFields()
		if err := d.Decode(&v); err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		inner := v.Error.InnerError
		if v.Error.Code == nil || v.Error.Message == nil || inner["date"] != "2026-01-02T02:04:05" || inner["request-id"] != "r1" || inner["client-request-id"] != "c1" {
			t.Errorf("%s: %s", name, e.Body(date, "r1", "c1"))
		}
		if *v.Error.Code == "" && !strings.HasPrefix(name, planner) {
			t.Errorf("%s has no code", name)
		}
		if e.Status < 400 || e.Status > 599 || e.Error() != e.Code+": "+e.Message {
			t.Errorf("%s: status %d, %q", name, e.Status, e.Error())
		}
	})
}

// Intune's message is JSON in a string, for every status but throttling.
func TestIntuneMessage(t *testing.T) {
	check := func(name string, e *Error) {
		var v struct {
			Version int `json:"_version"`
			Message string
		}
		if err := json.Unmarshal([]byte(e.Message), &v); err != nil || v.Version != 3 || v.Message == "" || !strings.Contains(e.Message, "\r\n  \"") {
			t.Errorf("%s: %q: %v", name, e.Message, err)
		}
	}
	for _, status := range statuses {
		if status != 429 {
			check(fmt.Sprint(status), ForStatus(intune, status))
		}
	}
	check("invalid", Invalid(intune, Property{}))
	check("forbidden", Forbidden(intune, true, []string{`A"B`}, nil))
}

// What Intune says of the call stands behind the operation id.
func TestIntuneMessage_traced(t *testing.T) {
	for _, test := range []struct{ version, path, query, want string }{
		{"v1.0", "/deviceManagement/managedDevices", "", "DeviceFE/StatelessDeviceFEService/deviceManagement/managedDevices?api-version=2024-02-16"},
		{"beta", "/deviceManagement/deviceConfigurations", "$top=1&$select=id", "DeviceConfiguration_2402/StatelessDeviceConfigurationFEService/deviceManagement/deviceConfigurations?api-version=5024-02-16&$top=1&$select=id"},
		{"v1.0", `/deviceAppManagement/targetedManagedAppConfigurations/"x`, "", `MAMAdmin_2402/MAMAdminFEService/deviceAppManagement/targetedManagedAppConfigurations/"x?api-version=2024-02-16`},
	} {
		c := &call.Call{ClientRequestID: "the-client's", Version: test.version, Path: test.path, RawQuery: test.query}
		var body struct{ Error struct{ Message string } }
		r := Forbidden(intune, true, []string{"A"}, nil).Response(c, date, "")
		if err := json.Unmarshal(r.Body, &body); err != nil {
			t.Fatal(err)
		}
		var v struct{ Message string }
		if err := json.Unmarshal([]byte(body.Error.Message), &v); err != nil {
			t.Fatalf("%v: %s", err, body.Error.Message)
		}
		if want := operationID + " - Activity ID: the-client's - Url: https://fef.msua06.manage.microsoft.com/" + test.want; !strings.HasSuffix(v.Message, want) {
			t.Errorf("got  %s\nwant %s", v.Message, want)
		}
	}
	if got := behindGateway("a/b%20c/d", "a/{id}/d"); got != "a%28%27b%20c%27%29/d" {
		t.Error(got)
	}
}

// The outer pair of Cloud PC is fixed by the status, the cause lies inside.
func TestCloudPCCause(t *testing.T) {
	for name, e := range constructed(cloudPC) {
		if outer := cloudPCReason[e.Status]; e.Code != outer.code || e.Message != outer.message || e.Inner == nil || e.Inner.Code == "" || e.Inner.Message == "" {
			t.Errorf("%s: %+v", name, e)
		}
	}
}
