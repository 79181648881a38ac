package e2e

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/microsoftgraph/msgraph-beta-sdk-go/drives"
	"github.com/microsoftgraph/msgraph-beta-sdk-go/models"
	"github.com/microsoftgraph/msgraph-sdk-go-core/fileuploader"

	"github.com/fakegraph/fakegraph/server"
)

// TestSDK_Upload hands a file to the SDK's upload task, which sends it in parts, the
// last one shorter, and reads it back.
func TestSDK_Upload(t *testing.T) {
	fake := server.NewTest(t)
	ctx := context.Background()
	client := newClient(t, fake.Transport())
	drive, err := client.Users().ByUserId("megan.bowen@contoso.onmicrosoft.com").Drive().Get(ctx, nil)
	check(t, err)
	item := client.Drives().ByDriveId(*drive.GetId()).Items().ByDriveItemId("root:/Uploads/a.bin:")
	session, err := item.CreateUploadSession().Post(ctx, drives.NewItemItemsItemCreateUploadSessionPostRequestBody(), nil)
	check(t, err)

	content := bytes.Repeat([]byte("0123456789abcdef"), 50_000)
	name := filepath.Join(t.TempDir(), "a.bin")
	check(t, os.WriteFile(name, content, 0o600))
	file, err := os.Open(name)
	check(t, err)
	defer file.Close()
	task := fileuploader.NewLargeFileUploadTask[models.DriveItemable](client.GetAdapter(), session, file, 320*1024,
		models.CreateDriveItemFromDiscriminatorValue, nil)
	var parts int
	result := task.Upload(func(int64, int64) { parts++ })
	if err := errors.Join(result.GetResponseErrors()...); err != nil || !result.GetUploadSucceeded() {
		t.Fatalf("uploaded %v: %v", result.GetUploadSucceeded(), err)
	}
	if parts != 3 || *result.GetItemResponse().GetSize() != int64(len(content)) {
		t.Errorf("%d parts, %d bytes", parts, *result.GetItemResponse().GetSize())
	}
	read, err := item.Content().Get(ctx, nil)
	check(t, err)
	if !bytes.Equal(read, content) {
		t.Errorf("%d bytes read back differ", len(read))
	}
}
