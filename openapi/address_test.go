package openapi

import "testing"

func TestAddressed(t *testing.T) {
	for path, want := range map[string]string{
		"/users/a":                                               "/users/a",
		"/me/drive/root:/a/b.txt":                                "/me/drive/items/root:%2Fa%2Fb.txt:",
		"/me/drive/root:/a/b.txt:/content":                       "/me/drive/items/root:%2Fa%2Fb.txt:/content",
		"/me/drive/root:/a%20b:/children":                        "/me/drive/items/root:%2Fa%20b:/children",
		"/drives/d/items/i:/n.txt:/content":                      "/drives/d/items/i:%2Fn.txt:/content",
		"/drives/d/items/root:/n.txt:/content":                   "/drives/d/items/root:%2Fn.txt:/content",
		"/me/drive/special/photos:/x.png:/content":               "/me/drive/items/special%2Fphotos:%2Fx.png:/content",
		"/sites/contoso.sharepoint.com:/teams/hr":                "/sites/contoso.sharepoint.com:%2Fteams%2Fhr:",
		"/sites/contoso.sharepoint.com:/teams/hr:/lists/l/items": "/sites/contoso.sharepoint.com:%2Fteams%2Fhr:/lists/l/items",
		"/me/drive/root:/:/children":                             "/me/drive/items/root:%2F:/children",
		"/drives/d/items/root%3A%2Ff%3A/content":                 "/drives/d/items/root%3A%2Ff%3A/content",
		"/me/drive/root%3A%2Ff%2Fa.txt%3A":                       "/me/drive/items/root%3A%2Ff%2Fa.txt%3A",
		"/me/drive/root%3a%2ff%3a/content":                       "/me/drive/items/root%3a%2ff%3a/content",
		"/me/drive/root:%2Fa.txt:/content":                       "/me/drive/items/root:%2Fa.txt:/content",
		"/me/drive/root%3A/f/a.txt%3A/content":                   "/me/drive/items/root:%2Ff%2Fa.txt:/content",
		"/drives/d/items/i%3A/n.txt%3A/content":                  "/drives/d/items/i:%2Fn.txt:/content",
		"/teams/t/channels/19%3Ax%40thread.tacv2/members":        "/teams/t/channels/19%3Ax%40thread.tacv2/members",
		"/teams/t/channels/19:x@thread.tacv2/members":            "/teams/t/channels/19:x@thread.tacv2/members",
	} {
		if got := addressed(path); got != want {
			t.Errorf("%s:\n got %s\nwant %s", path, got, want)
		}
		if again := addressed(addressed(path)); again != addressed(path) {
			t.Errorf("%s: twice gives %s", path, again)
		}
	}
}
