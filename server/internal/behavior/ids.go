package behavior

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Ids in the forms of the services, each from a GUID of the transaction, so that
// a seeded run repeats.

// itemID is the id of an item of a drive: "01" and 32 characters of base32 (D).
func itemID(tx Tx) string {
	sum := sha256.Sum256([]byte(tx.NewID()))
	return "01" + base32.StdEncoding.EncodeToString(sum[:20])
}

// IsItemID reports whether a text has the form of an item's id.
func IsItemID(text string) bool {
	return len(text) == 34 && strings.HasPrefix(text, "01") && strings.ToUpper(text) == text && !strings.ContainsAny(text, ". ")
}

// driveID is the id of a drive: "b!" and base64url (D).
func driveID(tx Tx) string {
	sum := sha256.Sum256([]byte(tx.NewID()))
	more := sha256.Sum256(sum[:])
	return "b!" + base64.RawURLEncoding.EncodeToString(append(sum[:], more[:16]...))
}

// outlookID is the id of an item of a mailbox: 152 characters from "AAMk" on to
// "AAA=" (D, graph-behaviour §12).
func outlookID(tx Tx) string { return longID(tx, outlookLength) }

// folderID is the id of a folder of a mailbox: as an item's, but shorter.
func folderID(tx Tx) string { return longID(tx, 120) }

func longID(tx Tx, length int) string {
	sum := sha256.Sum256([]byte(tx.NewID()))
	text := base64.RawURLEncoding.EncodeToString(sum[:])
	for len(text) < length {
		sum = sha256.Sum256(sum[:])
		text += base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return outlookHead + text[:length-len(outlookHead)-len(outlookTail)] + outlookTail
}

// How ids of mailboxes begin and end, and how long those of items are.
const (
	outlookHead, outlookTail = "AAMkAG", "AAA="
	outlookLength            = 152
)

// changeKey is the change key of an Outlook item; the ETag holds it.
func changeKey(tx Tx) string {
	sum := sha256.Sum256([]byte(tx.NewID()))
	return "CQAAABYAAAB" + base64.RawURLEncoding.EncodeToString(sum[:20]) + "AAA"[:2]
}

// plannerID is 28 characters, case-sensitive (D).
func plannerID(tx Tx) string {
	sum := sha256.Sum256([]byte(tx.NewID()))
	return base64.RawURLEncoding.EncodeToString(sum[:21])
}

// threadID is the id of a conversation of Teams.
func threadID(tx Tx, domain string) string {
	return "19:" + strings.ReplaceAll(tx.NewID(), "-", "") + "@" + domain
}

func hexSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// instant is a time as most services write it.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// lasting reads a duration of days, hours, minutes and seconds, as P1D or PT1H30M;
// only one that lasts counts.
func lasting(value string) (time.Duration, bool) {
	days, clock, timed := strings.Cut(strings.ToLower(strings.TrimPrefix(value, "P")), "t")
	var whole time.Duration
	if days != "" {
		n, err := strconv.Atoi(strings.TrimSuffix(days, "d"))
		if err != nil || n < 0 || n > 10000 {
			return 0, false
		}
		whole = time.Duration(n) * 24 * time.Hour
	}
	if !timed {
		return whole, whole > 0
	}
	d, err := time.ParseDuration(clock)
	return whole + d, err == nil && d >= 0 && whole+d > 0
}

// inner is a complex member of an entity, empty when it has none.
func inner(o entity.Object, name string) entity.Object {
	raw, _ := o.Get(name)
	members, err := entity.Members(raw)
	if err != nil {
		return nil
	}
	return members.Clone()
}

// text is a string member, or "".
//
//go:noinline
func text(o entity.Object, name string) string {
	s, _ := o.String(name)
	return s
}

// fields makes an object of names and JSON values.
func fields(pairs ...string) entity.Object {
	o := make(entity.Object, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		o.Set(pairs[i], []byte(pairs[i+1]))
	}
	return o
}

// quoted is a text as JSON.
//
//go:noinline
func quoted(s string) string { return string(entity.Quote(nil, s)) }

// present reports whether a member is there and not null.
func present(o entity.Object, name string) bool { return o.Has(name) && !o.IsNull(name) }

// objects reads a JSON array of objects; what is none is left out.
func objects(raw json.RawMessage) []entity.Object {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		return nil
	}
	var all []entity.Object
	for _, item := range items {
		if o, err := entity.Members(item); err == nil {
			all = append(all, o.Clone())
		}
	}
	return all
}

// lowered spells the parameters of an action with small first letters: the model
// has both spellings, and takes both.
func lowered(o entity.Object) entity.Object {
	low := make(entity.Object, 0, len(o))
	for _, m := range o {
		if m.Name != "" && 'A' <= m.Name[0] && m.Name[0] <= 'Z' {
			m.Name = string(m.Name[0]|0x20) + m.Name[1:]
		}
		low = append(low, m)
	}
	return low
}
