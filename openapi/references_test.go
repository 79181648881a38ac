package openapi

import (
	"strings"
	"testing"
)

// A broken operation is named and left out, everything else is served.
func TestBrokenReferences(t *testing.T) {
	const document = `openapi: 3.0.4
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/thing'}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/thnig'}}}}
      responses: {'204': {description: ok}}
  /b:
    parameters: [{$ref: '#/components/parameters/none'}]
    get: {responses: {'200': {description: ok}}}
  /c:
    get: {parameters: [{$ref: '#/components/parameters/bad'}], responses: {'200': {description: ok}}}
    delete: {responses: {'204': {description: ok}}}
  /d:
    get: {responses: {'200': {$ref: 'other.yaml#/responses/x'}}}
  /e:
    $ref: '#/paths/~1none'
components:
  parameters:
    bad: {name: x, in: query, schema: {$ref: '#/components/schemas/none'}}
  responses:
    loop: {$ref: '#/components/responses/pool'}
    pool: {$ref: '#/components/responses/loop'}
  schemas:
    thing:
      type: object
      properties:
        fine: {type: string}
        gone: {$ref: '#/components/schemas/gone'}
        example: {type: string}
        myself: {$ref: '#/components/schemas/thing'}
`
	c, problems, err := (&Catalogue{}).With("beta", "mine.yaml", []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	want := strings.Join([]string{
		`mine.yaml:8:59: /paths/~1a/post/requestBody/content/application~1json/schema/$ref: nothing at "#/components/schemas/thnig" (did you mean "thing"?): POST /a is left out`,
		`mine.yaml:11:19: /paths/~1b/parameters/0/$ref: nothing at "#/components/parameters/none": /b is left out`,
		`mine.yaml:14:25: /paths/~1c/get/parameters/0/$ref: nothing at "#/components/parameters/bad": GET /c is left out`,
		`mine.yaml:17:31: /paths/~1d/get/responses/200/$ref: reference to another document "other.yaml#/responses/x": GET /d is left out`,
		`mine.yaml:19:5: /paths/~1e/$ref: nothing at "#/paths/~1none": /e is left out`,
		`mine.yaml:22:40: /components/parameters/bad/schema/$ref: nothing at "#/components/schemas/none": the component is left out`,
		`mine.yaml:24:12: /components/responses/loop/$ref: circular reference "#/components/responses/pool": the component is left out`,
		`mine.yaml:25:12: /components/responses/pool/$ref: nothing at "#/components/responses/loop": the component is left out`,
		`mine.yaml:31:16: /components/schemas/thing/properties/gone/$ref: nothing at "#/components/schemas/gone": the place is served without a type`,
	}, "\n")
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	v := c.Version("beta")
	var served []string
	for op := range v.Operations() {
		served = append(served, op.Method+" "+op.Template)
	}
	if got := strings.Join(served, ", "); got != "GET /a, DELETE /c" {
		t.Errorf("served %s", got)
	}
	thing := v.Type("thing")
	if thing.Property("gone").Type.Name != "" || thing.Property("myself").Type.Type() != thing || thing.Property("example") == nil {
		t.Errorf("properties %v", thing.names())
	}
}

func TestCompileProblems(t *testing.T) {
	for _, test := range []struct{ name, document, want string }{
		{"mixed segment", `paths: {'/a{b}c': {get: {responses: {'200': {description: ok}}}}}`, `segment "a{b}c" mixes text and parameters: the path is left out`},
		{"parentheses", `paths: {'/a(b=c)': {get: {responses: {'200': {description: ok}}}}}`, `parentheses of "a(b=c)" cannot be read: the path is left out`},
		{"twice", `paths: {'/a/{x}': {get: {responses: {'200': {description: ok}}}}, '/a/{y}': {get: {responses: {'200': {description: ok}}}}}`, "GET is described twice, first at /a/{x}: this one is left out"},
		{"circle of bases", "paths: {}\n" + `components: {schemas: {a: {allOf: [{$ref: '#/components/schemas/b'}, {type: object}]}, b: {allOf: [{$ref: '#/components/schemas/a'}, {type: object}]}}}`, "derives from itself: the base is left out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, problems, err := (&Catalogue{}).With("beta", "mine.yaml", []byte("openapi: 3.0.4\ninfo: {title: t, version: '1'}\n"+test.document))
			if err != nil {
				t.Fatal(err)
			}
			if len(problems) != 1 || problems[0].Text != test.want {
				t.Errorf("got %v, want %s", problems, test.want)
			}
		})
	}
}

func TestPathsThatDifferInASlashMerge(t *testing.T) {
	v := served(t, "beta", `openapi: 3.0.4
info: {title: t, version: '1'}
paths:
  /a: {get: {responses: {'200': {description: ok}}}}
  /a/: {post: {responses: {'204': {description: ok}}}}
`)
	target, err := v.Resolve("/a/", nil)
	if err != nil || strings.Join(target.Item.Methods(), " ") != "GET POST" {
		t.Errorf("%v %v", target.Item, err)
	}
}
