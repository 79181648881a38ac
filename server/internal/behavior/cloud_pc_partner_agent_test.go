package behavior

import (
	"fmt"
	"strings"
	"testing"
)

func TestConfigureAgent(t *testing.T) {
	partner := stored(t, `{"id":"p","agentSetting":{"agentUrl":"old","installParameters":"/q"}}`)
	result, err := ConfigureAgent{}.Invoke(&tx{}, &partner, object(t, `{"agentSetting":{"agentUrl":"new"}}`))
	if err != nil || result.Value != nil || result.IsList {
		t.Errorf("%v %v", result, err)
	}
	if got := string(partner.JSON()); got != `{"id":"p","agentSetting":{"agentUrl":"new"}}` {
		t.Error(got)
	}
}

func TestDeployAgent(t *testing.T) {
	x := &tx{caller: Caller{AppID: "app", AppName: "App", UPN: "u@x", User: true}}
	partner := stored(t, `{"id":"p","agentSetting":{"agentUrl":"u"}}`)
	result, err := DeployAgent{}.Invoke(x, &partner, object(t, `{"cloudPcIds":["c1","c2"]}`))
	if err != nil || string(result.Value) != `"id-1"` {
		t.Fatalf("%s %v", result.Value, err)
	}
	want := `{"actionType":"deployAgent","activityId":"id-1","authenticatedAppId":"app","authenticatedAppName":"App",` +
		`"authenticatedMethod":"delegated","authenticatedUserPrincipalName":"u@x","cloudPcId":"%s","createdDateTime":"2026-01-02T03:04:05Z",` +
		`"agentSetting":{"agentUrl":"u"}}`
	reports, err := RetrieveActionReports{}.Invoke(x, &partner, nil)
	if err != nil || !reports.IsList || reports.Value != nil || len(reports.Collection) != 2 {
		t.Fatalf("%+v %v", reports, err)
	}
	for i, id := range []string{"c1", "c2"} {
		if got := string(reports.Collection[i].JSON()); got != fmt.Sprintf(want, id) {
			t.Errorf("got  %s\nwant "+want, got, id)
		}
	}
	if id, ok := x.all[Below(1, actionReports)][0].String("id"); !ok || id == "id-1" {
		t.Errorf("telling the reports took the stored id away, or it is the activity's: %q", id)
	}
}

func TestDeployAgentByApplication(t *testing.T) {
	x := &tx{caller: Caller{AppID: "app"}}
	partner := Entity{Ref: 1}
	if _, err := (DeployAgent{}).Invoke(x, &partner, object(t, `{"cloudPcIds":["c"]}`)); err != nil {
		t.Fatal(err)
	}
	report := x.all[Below(1, actionReports)][0]
	if method, _ := report.String("authenticatedMethod"); method != "application" || report.Has("agentSetting") {
		t.Errorf("%s", report.JSON())
	}
}

func TestDeployAgentRefuses(t *testing.T) {
	many := `{"cloudPcIds":["c"` + strings.Repeat(`,"c"`, maxDeployments) + `]}`
	for _, body := range []string{`{}`, `{"cloudPcIds":null}`, `{"cloudPcIds":[]}`, `{"cloudPcIds":"c"}`, `{"cloudPcIds":[1]}`, many} {
		x := &tx{}
		if _, err := (DeployAgent{}).Invoke(x, &Entity{Ref: 1}, object(t, body)); err == nil || err.Status != 400 || len(x.all) > 0 {
			t.Errorf("%.30s: %v, %d reports", body, err, len(x.all))
		}
	}
	if _, err := (DeployAgent{}).Invoke(&tx{full: true}, &Entity{Ref: 1}, object(t, `{"cloudPcIds":["c"]}`)); err == nil || err.Status != 500 {
		t.Errorf("a store that refuses: %v", err)
	}
}

func TestRetrieveActionReportsOfNone(t *testing.T) {
	result, err := RetrieveActionReports{}.Invoke(&tx{}, &Entity{Ref: 1}, nil)
	if err != nil || !result.IsList || len(result.Collection) != 0 {
		t.Errorf("%+v %v", result, err)
	}
}
