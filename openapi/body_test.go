package openapi

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestValidateBody(t *testing.T) { eachBeta(t, testValidateBody) }

func testValidateBody(t *testing.T, v *Version) {
	for _, test := range []struct{ name, method, path, body, want string }{
		{"update", "PATCH", "/1", `{"enableConnection":true}`, ""},
		{"update with annotations", "PATCH", "/1", `{"@odata.context":1,"@odata.type":"#microsoft.graph.cloudPcExternalPartnerSetting","enableConnection":false,"x@odata.bind":"y","enableConnection@odata.type":"#Boolean","@removed":{}}`, ""},
		{"type without #", "PATCH", "/1", `{"@odata.type":"microsoft.graph.cloudPcExternalPartnerSetting","enableConnection":false}`, ""},
		{"type of another", "PATCH", "/1", `{"@odata.type":"#microsoft.graph.cloudPcExternalPartner","enableConnection":false}`, "body /@odata.type odataType"},
		{"type of the base", "PATCH", "/1", `{"@odata.type":"#microsoft.graph.entity","enableConnection":false}`, "body /@odata.type odataType"},
		{"type in other case", "PATCH", "/1", `{"@odata.type":"#microsoft.graph.CloudPcExternalPartnerSetting","enableConnection":false}`, "body /@odata.type odataType"},
		{"type without namespace", "PATCH", "/1", `{"@odata.type":"#cloudPcExternalPartnerSetting","enableConnection":false}`, "body /@odata.type odataType"},
		{"type with alias", "PATCH", "/1", `{"@odata.type":"#graph.cloudPcExternalPartnerSetting","enableConnection":false}`, "body /@odata.type odataType"},
		{"type not a string", "PATCH", "/1", `{"@odata.type":1,"enableConnection":false}`, "body /@odata.type type"},
		{"required at the operation", "PATCH", "/1", `{}`, "body /enableConnection required"},
		{"wrong type", "PATCH", "/1", `{"enableConnection":"true"}`, "body /enableConnection type"},
		{"number", "PATCH", "/1", `{"enableConnection":1}`, "body /enableConnection type"},
		{"null", "PATCH", "/1", `{"enableConnection":null}`, "body /enableConnection nullable"},
		{"unknown", "PATCH", "/1", `{"enableConnection":true,"a/b~c":1}`, "body /a~1b~0c additionalProperties"},
		{"other case", "PATCH", "/1", `{"EnableConnection":true}`, "body /EnableConnection additionalProperties\nbody /enableConnection required"},
		{"read-only", "PATCH", "/1", `{"enableConnection":true,"id":"1","status":"bogus","statusDetails":null,"lastSyncDateTime":7}`, "body /id readOnly\nbody /lastSyncDateTime readOnly\nbody /lastSyncDateTime type\nbody /status enum\nbody /status readOnly\nbody /statusDetails readOnly"},
		{"create-only", "PATCH", "/1", `{"enableConnection":true,"partnerId":"x"}`, "body /partnerId createOnly\nbody /partnerId format"},
		{"create", "POST", "", `{"enableConnection":true,"partnerId":"198d7140-80bb-4843-8cc4-811377a49a92"}`, ""},
		{"create with nothing", "POST", "", `{}`, "body /enableConnection required\nbody /partnerId required"},
		{"create with wrong format", "POST", "", `{"enableConnection":true,"partnerId":"198d7140"}`, "body /partnerId format"},
		{"create with null", "POST", "", `{"enableConnection":true,"partnerId":null}`, "body /partnerId nullable"},
		{"create with id", "POST", "", `{"enableConnection":true,"partnerId":"198d7140-80bb-4843-8cc4-811377a49a92","id":"1"}`, "body /id readOnly"},
	} {
		t.Run(test.name, func(t *testing.T) {
			op, _ := operationAt(t, v, test.method, partners+test.path)
			if got := findingLines(op.Validate(Input{Body: jsonBody(t, test.body)})); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestValidateActionBody(t *testing.T) { eachBeta(t, testValidateActionBody) }

func testValidateActionBody(t *testing.T, v *Version) {
	ids := func(n int) string {
		return `{"cloudPcIds":[` + strings.TrimSuffix(strings.Repeat(`"x",`, n), ",") + `]}`
	}
	for _, test := range []struct{ action, body, want string }{
		{"configureAgent", `{"agentSetting":{"agentUrl":"u","autoDeploymentEnabled":null}}`, ""},
		{"configureAgent", `{}`, "body /agentSetting required"},
		{"configureAgent", `{"agentSetting":null}`, "body /agentSetting nullable"},
		{"configureAgent", `{"agentSetting":[]}`, "body /agentSetting type"},
		{"configureAgent", `{"agentSetting":{"agentUrl":7,"agentURL":"u","@odata.type":"#microsoft.graph.entity"}}`,
			"body /agentSetting/@odata.type odataType\nbody /agentSetting/agentURL additionalProperties\nbody /agentSetting/agentUrl type"},
		{"deployAgent", ids(1), ""},
		{"deployAgent", strings.Replace(ids(1), "cloudPcIds", "CloudPCIds", 1), ""},
		{"deployAgent", `{"cloudPcIds":["x"],"cloudPCids":["y"]}`, "body /cloudPCids additionalProperties"},
		{"deployAgent", ids(50), ""},
		{"deployAgent", ids(51), "body /cloudPcIds maxItems"},
		{"deployAgent", ids(0), "body /cloudPcIds minItems"},
		{"deployAgent", `{"cloudPcIds":["a",7,null]}`, "body /cloudPcIds/1 type\nbody /cloudPcIds/2 nullable"},
	} {
		t.Run(test.action+test.want, func(t *testing.T) {
			op, _ := operationAt(t, v, "POST", "/deviceManagement/virtualEndpoint/externalPartners/1/"+test.action)
			if got := findingLines(op.Validate(Input{Body: jsonBody(t, test.body)})); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// zoo has what the embedded description does not: derived types, open types,
// all primitive types, flags.
const zoo = `
openapi: 3.0.4
info: {title: zoo, version: '1'}
paths:
  /animals:
    get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.animal'}}}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.animal'}}}}
      responses: {'201': {description: ok}}
  /animals/{animal-id}:
    parameters: [{name: animal-id, in: path, required: true, schema: {type: string}}]
    patch:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.animal'}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    microsoft.graph.entity: {type: object, properties: {id: {type: string}}}
    microsoft.graph.animal:
      allOf:
        - $ref: '#/components/schemas/microsoft.graph.entity'
        - type: object
          x-fakegraph-abstract: true
          required: [name]
          properties:
            name: {type: string, maxLength: 5, minLength: 1, pattern: '^[a-z]+$'}
            born: {type: string, format: date-time, nullable: true}
            day: {type: string, format: date}
            at: {type: string, format: time}
            age: {type: string, format: duration}
            photo: {type: string, format: base64url}
            legs: {type: integer, format: int32}
            small: {type: integer, format: uint8}
            cells: {type: integer, format: int64}
            weight: {anyOf: [{type: number}, {type: string}, {enum: [INF]}], format: double, nullable: true}
            color: {$ref: '#/components/schemas/microsoft.graph.color'}
            can: {$ref: '#/components/schemas/microsoft.graph.can'}
            mates: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.animal'}}
            note: {}
    microsoft.graph.dog:
      allOf:
        - $ref: '#/components/schemas/microsoft.graph.animal'
        - {type: object, properties: {tricks: {type: array, items: {type: string, nullable: true}}}}
    microsoft.graph.ghost:
      allOf:
        - $ref: '#/components/schemas/microsoft.graph.animal'
        - {type: object, additionalProperties: true}
    microsoft.graph.color: {type: string, enum: [red, green]}
    microsoft.graph.can: {type: string, enum: [run, swim], x-ms-enum-flags: {isFlags: true}}
`

func TestValidateTypes(t *testing.T) {
	v := served(t, "beta", zoo)
	for _, test := range []struct{ member, want string }{
		{`"born":"2026-02-28T10:00:00.1234567+02:00"`, ""},
		{`"born":"2026-02-30T10:00:00Z"`, "body /born format"},
		{`"born":null`, ""},
		{`"day":"2026-02-30"`, "body /day format"},
		{`"at":"8:00"`, "body /at format"},
		{`"age":"3 days"`, "body /age format"},
		{`"photo":"*"`, "body /photo format"},
		{`"legs":4.5`, "body /legs type"},
		{`"legs":2147483648`, "body /legs maximum"},
		{`"legs":"4"`, "body /legs type"},
		{`"small":256`, "body /small maximum"},
		{`"cells":9007199254740993`, ""},
		{`"weight":1.5`, ""},
		{`"weight":"INF"`, ""},
		{`"weight":"heavy"`, "body /weight format"},
		{`"weight":true`, "body /weight type"},
		{`"color":"blue"`, "body /color enum"},
		{`"color":"Red"`, "body /color enum"},
		{`"can":"run,swim"`, ""},
		{`"can":"run, swim"`, ""},
		{`"can":"run;swim"`, "body /can enum"},
		{`"note":[{"any":1}]`, ""},
		{`"name":"abcdef"`, "body /name maxLength"},
		{`"name":"A"`, "body /name pattern"},
		{`"tricks":["sit",null]`, ""},
		{`"tricks":[1]`, "body /tricks/0 type"},
		{`"mates":[{"@odata.type":"#microsoft.graph.dog","name":"b","tricks":["x"]}]`, ""},
		{`"mates":[{"@odata.type":"#microsoft.graph.dog","name":"b","tricks":7}]`, "body /mates/0/tricks type"},
		{`"mates":[{"name":"b"}]`, "body /mates/0/@odata.type odataType"},
		{`"mates":[{"@odata.type":"#microsoft.graph.ghost","name":"b","boo":1}]`, ""},
		{`"mates":[{"@odata.type":"#microsoft.graph.ghost","boo":1}]`, "body /mates/0/name required"},
		{`"mates":{}`, "body /mates type"},
		{`"mates":[7]`, "body /mates/0 type"},
	} {
		t.Run(test.member, func(t *testing.T) {
			op, _ := operationAt(t, v, "POST", "/animals")
			body := `{"@odata.type":"#microsoft.graph.dog",` + test.member
			if !strings.HasPrefix(test.member, `"name"`) {
				body += `,"name":"a"`
			}
			if got := findingLines(op.Validate(Input{Body: jsonBody(t, body+"}")})); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	op, _ := operationAt(t, v, "PATCH", "/animals/1")
	if got := op.Validate(Input{Body: jsonBody(t, `{"mates":[{}]}`)}); got != nil {
		t.Errorf("what the type requires counted on PATCH: %v", got)
	}
}

func TestFindingTexts(t *testing.T) {
	v := served(t, "beta", zoo)
	op, _ := operationAt(t, v, "POST", "/animals")
	const secret = "s3cr3t"
	got := op.Validate(Input{Body: jsonBody(t, `{"@odata.type":"`+secret+`","name":["`+secret+`"],"nane":1,"color":"`+secret+`","born":"`+secret+`","can":"`+secret+`","day":null,"legs":99999999999}`)})
	var texts []string
	for _, f := range got {
		texts = append(texts, f.Text)
		if strings.Contains(f.Text, secret) {
			t.Errorf("a value in %q", f.Text)
		}
	}
	want := []string{
		"@odata.type: want microsoft.graph.animal or a type derived from it",
		"born: want a date and time with its offset",
		"can: want one of run, swim",
		"color: want one of red, green",
		"day: must not be null",
		"legs: want at most 2147483647",
		"name: want string, got array",
		`nane: unknown property (did you mean "name"?)`,
	}
	if !slices.Equal(texts, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(texts, "\n"), strings.Join(want, "\n"))
	}
}

func FuzzValidateBody(f *testing.F) {
	v := served(f, "beta", zoo)
	create, _ := operationAt(f, v, "POST", "/animals")
	update, _ := operationAt(f, v, "PATCH", "/animals/1")
	for _, body := range []string{
		`{"@odata.type":"#microsoft.graph.dog","name":"a","tricks":[null]}`, `{"mates":[{"mates":[{"name":1}]}]}`, `[]`, `null`, `1e999`,
		`{"":0,"~/":1,"weight":"NaN","legs":-0.0,"cells":1e30}`, `{"age":"P1DT","born":"2026-01-01T","can":",","photo":"===="}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, text string) {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var value any
		if decoder.Decode(&value) != nil {
			return
		}
		in := Input{Body: Body{MediaType: "application/json", Present: true, Value: value}}
		for _, op := range []*Operation{create, update} {
			first := op.Validate(in)
			if len(first) > mostFindings+1 {
				t.Fatalf("%d findings", len(first))
			}
			for i, finding := range first {
				if finding.Kind == "" || finding.Text == "" || finding.Path != "" && finding.Path[0] != '/' {
					t.Fatalf("finding %+v", finding)
				}
				if finding.Kind != "count" && i > 0 && first[i-1].Path > finding.Path {
					t.Fatalf("not sorted: %v", first)
				}
			}
			if len(first) <= mostFindings && !slices.Equal(first, op.Validate(in)) {
				t.Fatal("not the same twice")
			}
		}
	})
}
