package e2e

import (
	"context"
	"testing"

	msgraph "github.com/microsoftgraph/msgraph-beta-sdk-go"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/groups"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/models"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/users"
	graphcore "github.com/microsoftgraph/msgraph-sdk-go-core"

	"github.com/fakegraph/fakegraph/server"
)

// TestSDK_Batch puts requests of the SDK's builders into one $batch.
func TestSDK_Batch(t *testing.T) {
	fake := server.NewTest(t)
	client := newClient(t, fake.Transport())
	ctx := context.Background()
	batch := graphcore.NewBatchRequest(client.GetAdapter())
	var ids []string
	for _, id := range []string{settingID, "00000000-0000-4000-8000-000000000000"} {
		info, err := settings(client).ByCloudPcExternalPartnerSettingId(id).ToGetRequestInformation(ctx, nil)
		check(t, err)
		item, err := batch.AddBatchRequestStep(*info)
		check(t, err)
		ids = append(ids, *item.GetId())
	}
	info, err := settings(client).ByCloudPcExternalPartnerSettingId(settingID).ToPatchRequestInformation(ctx, enable(true), nil)
	check(t, err)
	last, err := batch.AddBatchRequestStep(*info)
	check(t, err)
	last.SetDependsOn([]string{ids[0]})
	answer, err := batch.Send(ctx, client.GetAdapter())
	check(t, err)
	found, err := graphcore.GetBatchResponseById[models.CloudPcExternalPartnerSettingable](answer, ids[0], models.CreateCloudPcExternalPartnerSettingFromDiscriminatorValue)
	check(t, err)
	if *found.GetPartnerId() != partnerID {
		t.Errorf("partner %s", *found.GetPartnerId())
	}
	if _, err := graphcore.GetBatchResponseById[models.CloudPcExternalPartnerSettingable](answer, ids[1], models.CreateCloudPcExternalPartnerSettingFromDiscriminatorValue); err == nil {
		t.Error("nobody was found")
	}
	changed, err := graphcore.GetBatchResponseById[models.CloudPcExternalPartnerSettingable](answer, *last.GetId(), models.CreateCloudPcExternalPartnerSettingFromDiscriminatorValue)
	check(t, err)
	if !*changed.GetEnableConnection() {
		t.Error("not changed")
	}
}

// TestSDK_Pages walks over pages with the SDK's iterator.
func TestSDK_Pages(t *testing.T) {
	fake := server.NewTest(t)
	client := newClient(t, fake.Transport())
	ctx := context.Background()
	all, err := client.Users().Get(ctx, nil)
	check(t, err)
	two := int32(2)
	first, err := client.Users().Get(ctx, &users.UsersRequestBuilderGetRequestConfiguration{QueryParameters: &users.UsersRequestBuilderGetQueryParameters{Top: &two}})
	check(t, err)
	iterator, err := graphcore.NewPageIterator[models.Userable](first, client.GetAdapter(), models.CreateUserCollectionResponseFromDiscriminatorValue)
	check(t, err)
	seen := map[string]bool{}
	check(t, iterator.Iterate(ctx, func(u models.Userable) bool {
		seen[*u.GetId()] = true
		return true
	}))
	if len(seen) != len(all.GetValue()) || len(seen) < 3 {
		t.Errorf("%d users over pages, want %d", len(seen), len(all.GetValue()))
	}
}

// TestSDK_Delta goes a round of delta, and one more after a change.
func TestSDK_Delta(t *testing.T) {
	fake := server.NewTest(t)
	client := newClient(t, fake.Transport())
	ctx := context.Background()
	round, err := client.Groups().Delta().GetAsDeltaGetResponse(ctx, nil)
	check(t, err)
	name, no, yes := "Delta", false, true
	group := models.NewGroup()
	group.SetDisplayName(&name)
	group.SetMailNickname(&name)
	group.SetMailEnabled(&no)
	group.SetSecurityEnabled(&yes)
	created, err := client.Groups().Post(ctx, group, nil)
	check(t, err)
	next, err := groups.NewDeltaRequestBuilder(*round.GetOdataDeltaLink(), client.GetAdapter()).GetAsDeltaGetResponse(ctx, nil)
	check(t, err)
	if v := next.GetValue(); len(v) != 1 || *v[0].GetId() != *created.GetId() || next.GetOdataDeltaLink() == nil {
		t.Errorf("changed: %v", v)
	}
}

// userID is some user of the demo tenant.
func userID(ctx context.Context, t *testing.T, client *msgraph.GraphServiceClient) string {
	t.Helper()
	list, err := client.Users().Get(ctx, nil)
	check(t, err)
	return *list.GetValue()[0].GetId()
}
