package behavior

// Evidence for shares (graph-behaviour §1.5; page shares: get, 2021 to 2025):
//   - documented: a share is addressed by the id that a permission tells, or by
//     "u!" and the unpadded base64url of a sharing URL; it leads to its item.
//   - assumed (2026-11): the URL of an item serves as well as that of its link.

import (
	"encoding/base64"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Shares finds what a share's id or URL stands for.
type Shares struct{}

var _ Supplier = Shares{}

// Supply implements [Supplier].
func (Shares) Supply(tx Tx, _ Entity, key string) *grapherr.Error {
	if _, planted := tx.Get(Root("shares"), key); planted || !strings.HasPrefix(key, "u!") {
		return nil
	}
	item, found := sharedItem(tx, key)
	if !found {
		return grapherr.NotFound("files", key)
	}
	drive, _ := tx.Entity(tx.Home(item.Ref).Parent)
	share, fault := tx.Insert(Root("shares"), New(fields("id", quoted(key), "name", jsonOf(item.Object, "name"),
		"owner", or(jsonOf(drive.Object, "owner"), "{}"), "webUrl", quoted(addressOf(tx, item)))...))
	if fault != nil {
		return fault
	}
	for _, navigation := range []string{"driveItem", "root", "items"} {
		if _, fault := tx.Link(share.Ref, navigation, item.Ref); fault != nil {
			return fault
		}
	}
	if permission, ok := sharedBy(tx, item, key); ok {
		_, fault = tx.Put(Below(share.Ref, "permission"), Entity{Object: permission.Clone()})
	}
	return fault
}

// sharedBy is the permission of an item that a share's id or URL stands for.
func sharedBy(tx Tx, item Entity, key string) (Entity, bool) {
	url := ""
	if plain, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(key[len("u!"):], "=")); err == nil {
		url = string(plain)
	}
	for p := range tx.All(Below(item.Ref, "permissions")) {
		if text(p.Object, "shareId") == key || url != "" && text(inner(p.Object, "link"), "webUrl") == url {
			return p, true
		}
	}
	return Entity{}, false
}

// sharedItem is the item whose permission has a share's id, or whose link or
// own URL it encodes.
func sharedItem(tx Tx, key string) (Entity, bool) {
	url := ""
	if plain, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(key[len("u!"):], "=")); err == nil {
		url = string(plain)
	}
	for drive := range tx.All(Root("drives")) {
		for item := range tx.All(Below(drive.Ref, "items")) {
			if url != "" && addressOf(tx, item) == url {
				return item, true
			}
			if _, shared := sharedBy(tx, item, key); shared {
				return item, true
			}
		}
	}
	return Entity{}, false
}
