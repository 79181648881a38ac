package openapi_test

import (
	"fmt"

	"github.com/fakegraph/fakegraph/openapi"
)

const settings = "/deviceManagement/virtualEndpoint/externalPartnerSettings"

func ExampleVersion_Resolve() {
	catalogue, err := openapi.Default()
	if err != nil {
		panic(err)
	}
	beta := catalogue.Version("beta")
	target, err := beta.Resolve("/devicemanagement/virtualEndpoint/externalPartnerSettings('b354')", nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(target.Item.Template())
	fmt.Println(target.Item.Methods())
	key := target.Segments[len(target.Segments)-1]
	fmt.Println(key.Name, "=", key.Text, "is a", key.Type().Name)

	_, err = beta.Resolve("/deviceManagement/virtualEndpoint/externalPartnerSetings", nil)
	fmt.Println(err)
	// Output:
	// /deviceManagement/virtualEndpoint/externalPartnerSettings/{cloudPcExternalPartnerSetting-id}
	// [DELETE GET PATCH]
	// cloudPcExternalPartnerSetting-id = b354 is a microsoft.graph.cloudPcExternalPartnerSetting
	// segment 3 "externalPartnerSetings": nothing of that name there (did you mean "externalPartnerSettings"?)
}

func ExampleOperation_Validate() {
	catalogue, err := openapi.Default()
	if err != nil {
		panic(err)
	}
	target, err := catalogue.Version("beta").Resolve(settings+"/b354", nil)
	if err != nil {
		panic(err)
	}
	patch := target.Item.Operation("PATCH")
	for _, finding := range patch.Validate(openapi.Input{
		RawQuery: "$top=many",
		Segments: target.Segments,
		Body: openapi.Body{
			MediaType: "application/json",
			Present:   true,
			Value:     map[string]any{"enableConnection": "yes", "stauts": "healthy"},
		},
	}) {
		fmt.Println(finding.In, finding.Kind, "-", finding.Text)
	}
	// Output:
	// body type - enableConnection: want boolean, got string
	// body additionalProperties - stauts: unknown property (did you mean "status"?)
	// query parameter - $top: want a whole number, zero or more
}

func ExampleOperation_Permissions() {
	catalogue, err := openapi.Default()
	if err != nil {
		panic(err)
	}
	target, err := catalogue.Version("beta").Resolve(settings, nil)
	if err != nil {
		panic(err)
	}
	list := target.Item.Operation("GET")
	fmt.Println(list.Permissions(openapi.SchemeApplication), list.PermissionSource())
	// Output: [CloudPC.Read.All CloudPC.ReadWrite.All] documented
}

func ExampleCatalogue_With() {
	catalogue, err := openapi.Default()
	if err != nil {
		panic(err)
	}
	catalogue, problems, err := catalogue.With("v1.0", "mine.yaml", []byte(`
openapi: 3.0.4
info: {title: mine, version: '1'}
paths:
  /users:
    get: {responses: {'200': {description: all}}}
    post: {responses: {'201': {$ref: '#/components/responses/user'}}}
`))
	if err != nil {
		panic(err)
	}
	for _, problem := range problems {
		fmt.Println(problem)
	}
	for op := range catalogue.Version("v1.0").Operations() {
		fmt.Println(op.Method, op.Template)
	}
	// Output:
	// mine.yaml:7:32: /paths/~1users/post/responses/201/$ref: nothing at "#/components/responses/user": POST /users is left out
	// GET /users
}
