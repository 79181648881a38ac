package behavior

import (
	"strings"
	"testing"
)

// generations are the two types that follow the same rule, with the name of
// their status property.
var generations = []struct {
	status   string
	behavior interface {
		Creator
		Updater
	}
}{
	{"status", CloudPCExternalPartnerSetting{}},
	{"connectionStatus", CloudPCExternalPartner{}},
}

func TestPartnerLinkCreate(t *testing.T) {
	for _, g := range generations {
		for _, c := range []struct{ body, want string }{
			{`{"enableConnection":true}`,
				`{"enableConnection":true,"STATUS":"available","statusDetails":"The external partner is available","lastSyncDateTime":"2026-01-02T03:04:05Z"}`},
			{`{"enableConnection":false}`,
				`{"enableConnection":false,"STATUS":"notAvailable","statusDetails":"The external partner is not available","lastSyncDateTime":"0001-01-01T00:00:00Z"}`},
		} {
			o := Entity{Object: object(t, c.body)}
			if err := g.behavior.Create(&tx{}, &o); err != nil {
				t.Fatal(err)
			}
			if got, want := string(o.JSON()), strings.ReplaceAll(c.want, "STATUS", g.status); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		}
	}
}

func TestPartnerLinkCreateTwice(t *testing.T) {
	for _, g := range generations {
		x := &tx{all: map[Collection][]Entity{{}: {stored(t, `{"partnerId":"0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81"}`)}}}
		o := stored(t, `{"partnerId":"0D6F5A30-7C1B-4A1E-9D4E-2A8F5B6C7D81","enableConnection":true}`)
		if err := g.behavior.Create(x, &o); err == nil || err.Status != 409 || err.Code != "conflict" {
			t.Errorf("%s: %v", g.status, err)
		}
		other := stored(t, `{"partnerId":"another","enableConnection":true}`)
		if err := g.behavior.Create(x, &other); err != nil {
			t.Errorf("%s: %v", g.status, err)
		}
	}
}

func TestPartnerLinkUpdate(t *testing.T) {
	const off, on = `"notAvailable","statusDetails":"The external partner is not available"`, `"available","statusDetails":"The external partner is available"`
	for _, g := range generations {
		for _, c := range []struct{ stored, change, want string }{
			{`"enableConnection":false,"STATUS":"notAvailable","statusDetails":"x"`, `{"enableConnection":true}`, `"enableConnection":true,"STATUS":` + on},
			{`"enableConnection":true,"STATUS":"healthy","statusDetails":"x"`, `{"enableConnection":false}`, `"enableConnection":false,"STATUS":` + off},
			{`"enableConnection":false,"STATUS":"notAvailable","statusDetails":"x"`, `{"enableConnection":false}`, `"enableConnection":false,"STATUS":` + off},
			{`"enableConnection":true,"STATUS":"healthy","statusDetails":"x"`, `{"enableConnection":true}`, `"enableConnection":true,"STATUS":"healthy","statusDetails":"x"`},
			{`"enableConnection":true,"STATUS":"unhealthy","statusDetails":"x"`, `{}`, `"enableConnection":true,"STATUS":"unhealthy","statusDetails":"x"`},
			{`"enableConnection":true,"STATUS":"unhealthy","statusDetails":"x"`, `{"other":1}`, `"enableConnection":true,"STATUS":"unhealthy","statusDetails":"x","other":1`},
		} {
			stored := object(t, "{"+strings.ReplaceAll(c.stored, "STATUS", g.status)+"}")
			change, after := object(t, c.change), Entity{Object: stored.Clone()}
			for _, m := range change {
				after.Set(m.Name, m.Value)
			}
			if err := g.behavior.Update(&tx{}, stored, change, &after); err != nil {
				t.Fatal(err)
			}
			if got, want := string(after.JSON()), "{"+strings.ReplaceAll(c.want, "STATUS", g.status)+"}"; got != want {
				t.Errorf("%s with %s: got %s, want %s", c.stored, c.change, got, want)
			}
			if string(stored.JSON()) != "{"+strings.ReplaceAll(c.stored, "STATUS", g.status)+"}" {
				t.Errorf("the stored entity changed: %s", stored.JSON())
			}
		}
	}
}
