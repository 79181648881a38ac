package behavior

// Evidence for the content of mobileLobApps (pages mobileAppContentFile and its
// actions of both versions, 2025):
//   - documented: the states of an upload; commit and renewUpload; an app is
//     published once it has a committed content version.
//   - observed (microsoftgraph/msgraph-sdk-javascript#465 and its log, 2021): a file
//     waits for its URL, which is there at the next look; an app begins
//     notPublished; versions count from 1.
//   - assumed (2026-11): the service decrypts and judges nothing, so that every
//     commit succeeds.

import (
	"strconv"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// MobileLobApp is an app whose content a client uploads.
	MobileLobApp struct{}
	// MobileAppContent is a version of that.
	MobileAppContent struct{}
	// MobileAppContentFile is a file of a version.
	MobileAppContentFile struct{}
)

var (
	_ Updater = MobileLobApp{}
	_ Creator = MobileAppContent{}
	_ Reader  = MobileAppContentFile{}
)

var (
	mobileLobAppRules   = &Rules{Defaults: []Default{{"publishingState", `"notPublished"`}}}
	appContentFileRules = &Rules{Defaults: []Default{{"uploadState", `"azureStorageUriRequestPending"`}, {"isCommitted", "false"}}}
)

// Update implements [Updater].
func (MobileLobApp) Update(_ Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	if present(change, "committedContentVersion") && !change.Has("publishingState") {
		after.SetString("publishingState", "published")
	}
	return nil
}

// Create implements [Creator].
func (MobileAppContent) Create(tx Tx, e *Entity) *grapherr.Error {
	for n := sizeOf(tx, tx.Collection()) + 1; ; n++ {
		if _, taken := tx.Get(tx.Collection(), strconv.Itoa(n)); !taken {
			e.SetString("id", strconv.Itoa(n))
			return nil
		}
	}
}

// Computes implements [Computing].
func (MobileAppContentFile) Computes() []string {
	return []string{"uploadState", "azureStorageUri", "azureStorageUriExpirationDateTime"}
}

// Read implements [Reader]: the URL that a file waits for.
func (MobileAppContentFile) Read(tx Tx, e *Entity) {
	if e.Ref != None && text(e.Object, "uploadState") == "azureStorageUriRequestPending" {
		storage(tx, e, "azureStorageUriRequestSuccess")
	}
}

func storage(tx Tx, e *Entity, state string) {
	e.SetString("uploadState", state)
	e.SetString("azureStorageUri", tx.BlobURL(e.Ref))
	e.SetString("azureStorageUriExpirationDateTime", instant(tx.Now().Add(time.Hour)))
}

func commitContentFile(_ Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	e.SetString("uploadState", "commitFileSuccess")
	e.Set("isCommitted", []byte("true"))
	return Result{}, nil
}

func renewContentUpload(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	storage(tx, e, "azureStorageUriRenewalSuccess")
	return Result{}, nil
}
