package server_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

func ExampleNewTest() {
	var t *testing.T // your test's

	fake := server.NewTest(t)
	const setting = "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/b3548526-e615-3785-3118-be70b3968ec5"
	request, err := http.NewRequest(http.MethodPatch, fake.URL+setting, strings.NewReader(`{"enableConnection":true}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := fake.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("status %d: %s", response.StatusCode, response.Header.Get("X-Fake-Reason"))
	}
	if calls := fake.Requests(); len(calls) != 1 || calls[0].Path != setting {
		t.Errorf("called %v", calls)
	}
}

func ExampleNew() {
	fake, err := server.New(server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()

	request := httptest.NewRequest(http.MethodGet, "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/$count", nil)
	response := httptest.NewRecorder()
	fake.ServeHTTP(response, request)
	fmt.Println(response.Code, response.Body)
	// Output: 200 2
}

func ExampleServer_Transport() {
	fake, err := server.New()
	if err != nil {
		panic(err)
	}
	defer fake.Close()

	// The client under test: it knows Graph's own address and sends a token.
	client := &http.Client{Transport: fake.Transport()}
	request, err := http.NewRequest(http.MethodGet, "https://graph.microsoft.com/beta/deviceManagement/virtualEndpoint/externalPartnerSettings?$select=status", nil)
	if err != nil {
		panic(err)
	}
	request.Header.Set("Authorization", "Bearer any")
	request.Header.Set("Accept", "application/json;odata.metadata=none")
	response, err := client.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", body)
	// Output: {"value":[{"id":"b3548526-e615-3785-3118-be70b3968ec5","status":"notAvailable"},{"id":"dc6422cb-3001-45a7-9dcd-21207eea6b0e","status":"available"}]}
}

func ExampleWithScenario() {
	fake, err := server.New(server.WithScenario("throttle-then-succeed"), server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()

	client := &http.Client{Transport: fake.Transport()}
	const setting = "https://graph.microsoft.com/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/b3548526-e615-3785-3118-be70b3968ec5"
	for range 3 {
		request, err := http.NewRequest(http.MethodPatch, setting, strings.NewReader(`{"enableConnection":true}`))
		if err != nil {
			panic(err)
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := client.Do(request)
		if err != nil {
			panic(err)
		}
		response.Body.Close()
		fmt.Println(response.StatusCode, response.Header.Get("Retry-After"))
	}
	// Output:
	// 429 2
	// 429 2
	// 200
}

func ExampleWithFixtures() {
	file, err := os.CreateTemp("", "*.yaml")
	if err != nil {
		panic(err)
	}
	defer os.Remove(file.Name())
	fmt.Fprint(file, `
version: beta
entities:
  /deviceManagement/virtualEndpoint/externalPartnerSettings:
    - id: 0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81
      partnerId: 198d7140-80bb-4843-8cc4-811377a49a92
      enableConnection: true
      status: healthy
      statusDetails: The external partner is healthy
`)
	file.Close()

	fake, err := server.New(server.WithFixtures(file.Name()), server.WithAuth("off"))
	if err != nil {
		panic(err)
	}
	defer fake.Close()

	client := &http.Client{Transport: fake.Transport()}
	response, err := client.Get("https://graph.microsoft.com/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81/statusDetails/$value")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	details, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s\n", details)
	// Output: The external partner is healthy
}
