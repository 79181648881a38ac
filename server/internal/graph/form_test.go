package graph

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

func TestReadAccept(t *testing.T) {
	for accept, want := range map[string]form{
		"":                                       {},
		"application/json":                       {},
		"*/*":                                    {},
		"text/html, */*;q=0.1":                   {},
		"application/json;odata.metadata=none":   {metadata: noMetadata},
		"application/json; ODATA.Metadata=None":  {metadata: noMetadata},
		"application/json;metadata=full":         {metadata: fullMetadata},
		`application/json;odata.metadata="full"`: {metadata: fullMetadata},
		"application/json;odata=nometadata":      {metadata: noMetadata},
		"application/json;odata=fullmetadata":    {metadata: fullMetadata},
		"odata.metadata=full":                    {metadata: fullMetadata},
		"text/plain, application/json;q=0.9;odata.metadata=none":                                         {metadata: noMetadata},
		"application/json;odata.metadata=minimal, application/json;odata.metadata=full":                  {},
		"application/json;odata.metadata=none;IEEE754Compatible=true":                                    {metadata: noMetadata, quoted: true},
		"application/json;IEEE754Compatible=false":                                                       {},
		"application/json;odata.metadata=full;odata.streaming=true;charset=utf-8;IEEE754COMPATIBLE=TRUE": {metadata: fullMetadata, quoted: true},
	} {
		q := &run{Request: Request{Call: &call.Call{Header: call.Header{"Accept": {accept}}}}}
		if accept == "" {
			q.Call.Header = nil
		}
		if q.readAccept(); q.form != want || len(q.notes) > 0 {
			t.Errorf("%s: %+v, want %+v; %q", accept, q.form, want, q.notes)
		}
	}
	for accept, want := range map[string]string{
		"application/json;odata.metadata=verbose":   "odata.metadata=verbose is not offered",
		"application/json;odata=verbose":            "odata=verbose is not offered",
		"application/json;ExponentialDecimals=true": "exponentialdecimals is not evaluated",
	} {
		q := &run{Request: Request{Call: &call.Call{Header: call.Header{"Accept": {accept}}}}}
		if q.readAccept(); q.form != (form{}) || !strings.Contains(strings.Join(q.notes, ";"), want) {
			t.Errorf("%s: %+v, %q", accept, q.form, q.notes)
		}
	}
}

// FuzzReshape: whatever an object holds, in each form it is JSON that differs
// by control information and by how values are written; in the form that it is
// kept in, not at all.
func FuzzReshape(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"id":"a","name":null,"tags":[],"home":{"city":"X","geo":{"lat":1.5}},"color":"red"}`,
		`{"@odata.type":"#microsoft.graph.guest","host":"b","x@odata.count":3,"friends@odata.context":"c","@removed":{"reason":"deleted"}}`,
		`{"age":3,"score":1e3,"home":[{"city":1},null],"manager":{"name":"b"},"":"","é":"é"}`,
	} {
		f.Add(text)
	}
	v := model()
	person := v.Type("microsoft.graph.person")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := entity.Parse([]byte(text))
		if err != nil || !utf8.ValidString(text) {
			t.Skip() // bodies that are not UTF-8 are refused
		}
		object := o.JSON()
		for _, as := range []form{{unmasked: true}, {metadata: noMetadata}, {metadata: fullMetadata}, {metadata: fullMetadata, quoted: true}, {quoted: true}} {
			q := &run{Engine: &Engine{}, Request: Request{Call: &call.Call{Catalogue: v}}, form: as}
			got := q.reshape(append([]byte{'{'}, object[1:]...), 1, person)
			if !json.Valid(got) {
				t.Fatalf("%+v: %s became %s", as, object, got)
			}
			if as.metadata == minimalMetadata && !as.quoted && !sameJSON(got, object) {
				t.Fatalf("%s became %s", object, got)
			}
			if again := q.reshape(append([]byte{}, got...), 1, person); as.metadata == noMetadata && !sameJSON(again, got) {
				t.Fatalf("%+v: %s became %s, then %s", as, object, got, again)
			}
		}
	})
}
