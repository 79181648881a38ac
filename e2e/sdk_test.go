// Package e2e holds unmodified clients of Microsoft Graph against the fake.
package e2e

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	kiotaauth "github.com/microsoft/kiota-authentication-azure-go"
	kiotahttp "github.com/microsoft/kiota-http-go"
	msgraph "github.com/microsoftgraph/msgraph-beta-sdk-go"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/devicemanagement"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/models"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/models/odataerrors"
	graphcore "github.com/microsoftgraph/msgraph-sdk-go-core"

	"github.com/google/uuid"

	"github.com/fakegraph/fakegraph/server"
)

const (
	settingID = "b3548526-e615-3785-3118-be70b3968ec5"
	partnerID = "198d7140-80bb-4843-8cc4-811377a49a92"
)

// newClient is the official beta SDK with a client secret, its default
// authority and its default base URL; only the HTTP transport is the fake's.
func newClient(t *testing.T, transport http.RoundTripper) *msgraph.GraphServiceClient {
	t.Helper()
	return newClientAs(t, transport, "app1", "secret")
}

// newClientAs is newClient for an application that the directory knows.
func newClientAs(t *testing.T, transport http.RoundTripper, app, secret string) *msgraph.GraphServiceClient {
	t.Helper()
	cred, err := azidentity.NewClientSecretCredential("contoso.onmicrosoft.com", app, secret, &azidentity.ClientSecretCredentialOptions{
		ClientOptions: azcore.ClientOptions{Transport: &http.Client{Transport: transport}},
	})
	check(t, err)
	auth, err := kiotaauth.NewAzureIdentityAuthenticationProviderWithScopes(cred, []string{"https://graph.microsoft.com/.default"})
	check(t, err)
	middleware := graphcore.GetDefaultMiddlewaresWithOptions(&graphcore.GraphClientOptions{GraphServiceVersion: "beta"})
	client := &http.Client{Transport: kiotahttp.NewCustomTransportWithParentTransport(transport, middleware...)}
	adapter, err := msgraph.NewGraphRequestAdapterWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(auth, nil, nil, client)
	check(t, err)
	return msgraph.NewGraphServiceClient(adapter)
}

func check(t *testing.T, err error) {
	t.Helper()
	var fault *odataerrors.ODataError
	if errors.As(err, &fault) && fault.GetErrorEscaped() != nil {
		t.Fatalf("%v: %s", err, *fault.GetErrorEscaped().GetMessage())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func settings(c *msgraph.GraphServiceClient) *devicemanagement.VirtualEndpointExternalPartnerSettingsRequestBuilder {
	return c.DeviceManagement().VirtualEndpoint().ExternalPartnerSettings()
}

func enable(on bool) models.CloudPcExternalPartnerSettingable {
	body := models.NewCloudPcExternalPartnerSetting()
	body.SetEnableConnection(&on)
	return body
}

func TestSDK_ListReadCreateUpdate(t *testing.T) {
	fake := server.NewTest(t)
	ctx := context.Background()
	api := settings(newClient(t, fake.Transport()))

	list, err := api.Get(ctx, nil)
	check(t, err)
	if n := len(list.GetValue()); n != 2 {
		t.Fatalf("%d settings, want 2", n)
	}
	updated, err := api.ByCloudPcExternalPartnerSettingId(settingID).Patch(ctx, enable(true), nil)
	check(t, err)
	if s := updated.GetStatus(); s == nil || *s != models.AVAILABLE_CLOUDPCEXTERNALPARTNERSTATUS {
		t.Errorf("status %v, want available", s)
	}
	if at := updated.GetLastSyncDateTime(); at == nil || !at.Equal(time.Date(2020, 11, 3, 12, 43, 14, 0, time.UTC)) {
		t.Errorf("lastSyncDateTime %v", at)
	}
	read, err := api.ByCloudPcExternalPartnerSettingId(settingID).Get(ctx, nil)
	check(t, err)
	if !*read.GetEnableConnection() || *read.GetPartnerId() != partnerID {
		t.Errorf("read back %v, %v", *read.GetEnableConnection(), *read.GetPartnerId())
	}

	partner := uuid.NewString()
	body := enable(false)
	body.SetPartnerId(&partner)
	created, err := api.Post(ctx, body, nil)
	check(t, err)
	if created.GetId() == nil || *created.GetPartnerId() != partner {
		t.Errorf("created %v", created)
	}
}

// TestSDK_Wire holds what the SDK really sent against the journal: compressed
// bodies, and one token for all calls.
func TestSDK_Wire(t *testing.T) {
	fake := server.NewTest(t)
	api := settings(newClient(t, fake.Transport()))
	for range 2 {
		_, err := api.ByCloudPcExternalPartnerSettingId(settingID).Patch(context.Background(), enable(true), nil)
		check(t, err)
	}
	calls := fake.Requests()
	if len(calls) != 2 {
		t.Fatalf("%d calls, want 2", len(calls))
	}
	for _, c := range calls {
		if got := c.Request.Headers["Content-Encoding"]; len(got) != 1 || got[0] != "gzip" {
			t.Errorf("Content-Encoding %q, want gzip", got)
		}
		if c.Principal.Kind != "app" && c.Principal.Kind != "opaque" || c.Principal.TokenID != calls[0].Principal.TokenID {
			t.Errorf("principal %+v", c.Principal)
		}
	}
}

func TestSDK_Errors(t *testing.T) {
	fake := server.NewTest(t)
	ctx := context.Background()
	api := settings(newClient(t, fake.Transport()))
	_, err := api.ByCloudPcExternalPartnerSettingId("00000000-0000-4000-8000-00000000dead").Get(ctx, nil)
	wantError(t, err, 404, "notFound")
	_, err = api.Post(ctx, models.NewCloudPcExternalPartnerSetting(), nil)
	wantError(t, err, 400, "badRequest")
}

func wantError(t *testing.T, err error, status int, code string) {
	t.Helper()
	var fault *odataerrors.ODataError
	if !errors.As(err, &fault) {
		t.Fatalf("got %v, want an ODataError", err)
	}
	if fault.ResponseStatusCode != status || *fault.GetErrorEscaped().GetCode() != code {
		t.Errorf("got %d %s, want %d %s", fault.ResponseStatusCode, *fault.GetErrorEscaped().GetCode(), status, code)
	}
}

// TestSDK_RetriesThrottled lets the SDK's own retry handler meet two scripted
// answers of 429.
func TestSDK_RetriesThrottled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "throttle.yaml")
	check(t, os.WriteFile(file, []byte(`name: throttle-twice
rules:
  - match: {method: PATCH, path: "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/*"}
    times: 2
    respond: {status: 429, retryAfter: 1s}
`), 0o600))
	fake := server.NewTest(t, server.WithScenario(file))
	start := time.Now()
	_, err := settings(newClient(t, fake.Transport())).ByCloudPcExternalPartnerSettingId(settingID).Patch(context.Background(), enable(true), nil)
	check(t, err)
	var statuses []int
	for _, c := range fake.Requests() {
		statuses = append(statuses, c.Response.Status)
	}
	if len(statuses) != 3 || statuses[0] != 429 || statuses[1] != 429 || statuses[2] != 200 {
		t.Errorf("statuses %v, want 429, 429, 200", statuses)
	}
	if waited := time.Since(start); waited < 2*time.Second {
		t.Errorf("waited %v: Retry-After was not obeyed", waited)
	}
}

func TestSDK_Strict(t *testing.T) {
	fake := server.NewTest(t, server.WithAuth("strict"))
	_, err := settings(newClientAs(t, fake.Transport(), "f4ce0a11-0000-4000-8000-0000000000a1", "fakegraph-demo-secret")).Get(context.Background(), nil)
	check(t, err)
}
