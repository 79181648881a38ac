package behavior

// Evidence for addresses of libraries and sharing links (graph-behaviour §14.2):
//   - documented: a user's library is below /personal of the host with -my, named
//     by the sign-in name with underscores; a link is /:LETTER:/g/personal/NAME/TOKEN
//     there and /:LETTER:/s/NAME/TOKEN for a site, f being the letter of folders.
//   - observed: rclone makes downloads of such links, and of no others.
//   - assumed (2026-11): the tokens; what letters other files than these have.

import (
	"cmp"
	"net/url"
	"path"
	"strings"
)

// sharingLetters are what sharing links call the contents by.
var sharingLetters = map[string]string{
	".doc": "w", ".docx": "w", ".xls": "x", ".xlsx": "x", ".ppt": "p", ".pptx": "p", ".one": "o", ".pdf": "b",
	".txt": "t", ".png": "i", ".jpg": "i", ".jpeg": "i", ".gif": "i", ".mp4": "v", ".mov": "v",
}

// libraryOf is where a browser would find the files of a user, group or site.
func libraryOf(owner Entity) string {
	if strings.HasSuffix(owner.Type, ".user") {
		host := strings.Replace(sharePoint, ".", "-my.", 1)
		return host + "/personal/" + personalName(cmp.Or(text(owner.Object, "userPrincipalName"), owner.ID)) + "/Documents"
	}
	site := cmp.Or(text(owner.Object, "webUrl"), sharePoint+"/sites/"+url.PathEscape(cmp.Or(text(owner.Object, "mailNickname"), owner.ID)))
	return site + "/Shared%20Documents"
}

// personalName is a sign-in name as a segment of a URL.
func personalName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
}

// sharingURL is the address of a link to an item, below the site of its drive.
func sharingURL(tx Tx, item *Entity, token string) string {
	letter, known := sharingLetters[strings.ToLower(path.Ext(text(item.Object, "name")))]
	switch {
	case present(item.Object, "folder") || present(item.Object, "root"):
		letter = "f"
	case !known:
		letter = "u"
	}
	drive, _ := tx.Entity(tx.Home(item.Ref).Parent)
	library, err := url.Parse(cmp.Or(text(drive.Object, "webUrl"), sharePoint))
	if err != nil {
		library, _ = url.Parse(sharePoint)
	}
	at := strings.Split(strings.Trim(library.EscapedPath(), "/"), "/")
	home := library.Scheme + "://" + library.Host + "/:" + letter + ":/"
	switch {
	case len(at) > 1 && at[0] == "personal":
		return home + "g/personal/" + at[1] + "/" + token
	case len(at) > 1 && at[0] == "sites":
		return home + "s/" + at[1] + "/" + token
	}
	return home + "s/" + token
}
