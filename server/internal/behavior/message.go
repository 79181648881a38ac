package behavior

// Evidence for messages and folders (graph-behaviour §12, §4.5):
//   - documented: the well-known folders; what the service sets on a message;
//     POST makes a draft in drafts; DELETE moves to deleteditems, and from there
//     removes; counts of folders; ids, change keys and ETags.
//   - documented (page user-post-messages): a recipient of the tenant gets a name.
//   - assumed (2026-11): others have their address for a name; bodyPreview is the text without tags and runs of white
//     space; a folder's counts are those of its own messages.

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Mailbox gives a user the well-known folders.
	Mailbox struct{}
	// Message keeps messages.
	Message struct{}
	// MailFolder keeps folders of messages.
	MailFolder struct{}
)

var (
	_ Supplier = Mailbox{}
	_ Creator  = Message{}
	_ Updater  = Message{}
	_ Deleter  = Message{}
	_ Reader   = Message{}
	_ Renderer = Message{}
	_ Creator  = MailFolder{}
	_ Deleter  = MailFolder{}
	_ Reader   = MailFolder{}
)

// wellKnownFolders are the folders of a new mailbox: name, display name, and
// the folder that they are in (D); the one that holds search folders and those that
// clients do not list are beside the top of all others, in themselves (?).
var wellKnownFolders = [][3]string{
	{"msgfolderroot", "Top of Information Store", ""},
	{"inbox", "Inbox", "msgfolderroot"}, {"drafts", "Drafts", "msgfolderroot"}, {"sentitems", "Sent Items", "msgfolderroot"},
	{"deleteditems", "Deleted Items", "msgfolderroot"}, {"junkemail", "Junk Email", "msgfolderroot"},
	{"archive", "Archive", "msgfolderroot"}, {"outbox", "Outbox", "msgfolderroot"},
	{"conversationhistory", "Conversation History", "msgfolderroot"}, {"searchfolders", "Search Folders", "searchfolders"},
	{"recoverableitemsdeletions", "Deletions", "recoverableitemsdeletions"}, {"scheduled", "Scheduled", "scheduled"}, {"clutter", "Clutter", "clutter"},
	{"syncissues", "Sync Issues", "syncissues"}, {"conflicts", "Conflicts", "syncissues"},
	{"localfailures", "Local Failures", "syncissues"}, {"serverfailures", "Server Failures", "syncissues"},
}

// Supply implements [Supplier].
func (Mailbox) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	folders := Below(owner.Ref, "mailFolders")
	ids := map[string]string{}
	for e := range tx.All(folders) {
		if name := text(e.Object, "wellKnownName"); name != "" {
			ids[name] = e.ID
		}
	}
	for _, f := range wellKnownFolders {
		if ids[f[0]] != "" {
			continue
		}
		id := folderID(tx)
		ids[f[0]] = id
		_, err := tx.Insert(folders, New(fields(
			"id", quoted(id), "displayName", quoted(f[1]), "wellKnownName", quoted(f[0]), "parentFolderId", quoted(ids[f[2]]),
			"childFolderCount", "0", "unreadItemCount", "0", "totalItemCount", "0", "isHidden", "false")...))
		if err != nil {
			return err
		}
	}
	return nil
}

// mailboxOf is the user whose mailbox the request works on.
func mailboxOf(tx Tx) Ref {
	at := tx.Collection()
	for at.Parent != None && at.Name != "messages" && at.Name != "mailFolders" {
		at = tx.Home(at.Parent)
	}
	return at.Parent
}

// folderOf finds a folder by its well-known name or its id.
func folderOf(tx Tx, mailbox Ref, name string) (Entity, bool) {
	folders := Below(mailbox, "mailFolders")
	if e, ok := tx.By(folders, "wellKnownName", name); ok {
		return e, true
	}
	return tx.Get(folders, name)
}

// ensureFolder is folderOf in a mailbox that may not be there yet.
func ensureFolder(tx Tx, mailbox Ref, name string) (Entity, *grapherr.Error) {
	if e, ok := folderOf(tx, mailbox, name); ok {
		return e, nil
	}
	owner, _ := tx.Entity(mailbox)
	if err := (Mailbox{}).Supply(tx, owner, ""); err != nil {
		return Entity{}, err
	}
	if e, ok := folderOf(tx, mailbox, name); ok {
		return e, nil
	}
	return Entity{}, itemMissing()
}

func itemMissing() *grapherr.Error { return grapherr.NotFound("outlook", "") }

// Create implements [Creator]: a draft.
func (Message) Create(tx Tx, e *Entity) *grapherr.Error {
	if body := tx.Body(); body != nil {
		read, err := readMIME(body)
		if err != nil {
			return err
		}
		for _, m := range read {
			e.Set(m.Name, m.Value)
		}
	}
	if text(e.Object, "parentFolderId") == "" {
		drafts, err := ensureFolder(tx, mailboxOf(tx), "drafts")
		if err != nil {
			return err
		}
		e.SetString("parentFolderId", drafts.ID)
	}
	owner, _ := tx.Entity(mailboxOf(tx))
	stampMessage(tx, e, owner, true)
	return nil
}

// stampMessage sets what the service sets on a new message.
func stampMessage(tx Tx, e *Entity, owner Entity, draft bool) {
	now := quoted(instant(tx.Now()))
	e.ID = outlookID(tx)
	e.SetString("id", e.ID)
	for _, name := range []string{"createdDateTime", "lastModifiedDateTime", "receivedDateTime", "sentDateTime"} {
		e.Set(name, []byte(now))
	}
	provide(&e.Object, messageDefaults(tx, e.ID, draft))
	e.Set("isDraft", []byte(boolean(draft)))
	if me := mailAddress(owner); me != "" {
		for _, name := range []string{"from", "sender"} {
			if !present(e.Object, name) && !draft {
				e.Set(name, []byte(me))
			}
		}
	}
	e.SetString("webLink", "https://outlook.office365.com/owa/?ItemID="+url.QueryEscape(e.ID)+"&exvsurl=1&viewmodel=ReadMessageItem")
	nameRecipients(tx, &e.Object)
	settleMessage(tx, e)
}

// messageDefaults are what a message is that says nothing.
func messageDefaults(tx Tx, id string, read bool) []Default {
	conversation := longID(tx, 88)
	return []Default{
		{"categories", "[]"}, {"subject", `""`}, {"importance", `"normal"`}, {"inferenceClassification", `"focused"`},
		{"isRead", boolean(read)}, {"isReadReceiptRequested", "false"}, {"flag", `{"flagStatus":"notFlagged"}`},
		{"body", `{"contentType":"text","content":""}`}, {"toRecipients", "[]"}, {"ccRecipients", "[]"},
		{"bccRecipients", "[]"}, {"replyTo", "[]"}, {"conversationId", quoted(conversation)},
		{"conversationIndex", quoted(base64.StdEncoding.EncodeToString([]byte(conversation[6:28])))},
		{"internetMessageId", quoted("<" + strings.ToUpper(hexSum(id)[:32]) + "@contoso.com>")},
		{"isDeliveryReceiptRequested", "false"},
	}
}

// nameRecipients gives those whom a message names by their address alone a name:
// their own, else the address.
func nameRecipients(tx Tx, o *entity.Object) {
	for _, name := range []string{"toRecipients", "ccRecipients", "bccRecipients", "replyTo"} {
		all := list(*o, name)
		for i := range all {
			nameAddress(tx, &all[i])
		}
		if len(all) > 0 {
			o.Set(name, arrayOf(all))
		}
	}
}

// nameAddress does so for one recipient or attendee.
func nameAddress(tx Tx, who *entity.Object) {
	address := inner(*who, "emailAddress")
	at := text(address, "address")
	if at == "" || text(address, "name") != "" {
		return
	}
	name := at
	if user, ok := userAt(tx, at); ok && text(user.Object, "displayName") != "" {
		name = text(user.Object, "displayName")
	}
	who.Set("emailAddress", fields("name", quoted(name), "address", jsonOf(address, "address")).JSON())
}

// settleMessage recalculates what follows from a message's other members.
func settleMessage(tx Tx, e *Entity) {
	body := inner(e.Object, "body")
	e.SetString("bodyPreview", preview(text(body, "contentType"), text(body, "content")))
	e.SetString("changeKey", changeKey(tx))
	e.SetString("lastModifiedDateTime", instant(tx.Now()))
	if !present(e.Object, "hasAttachments") {
		e.Set("hasAttachments", []byte(boolean(len(list(e.Object, "attachments")) > 0)))
	}
}

// mailAddress is a user as a recipient, in JSON; "" without an address.
func mailAddress(owner Entity) string {
	address := text(owner.Object, "mail")
	if address == "" {
		address = text(owner.Object, "userPrincipalName")
	}
	if address == "" {
		return ""
	}
	return `{"emailAddress":{"name":` + quoted(text(owner.Object, "displayName")) + `,"address":` + quoted(address) + `}}`
}

var (
	tagPattern   = regexp.MustCompile(`(?is)<(style|script|head)\b.*?</(style|script|head)>|<[^>]*>`)
	blankPattern = regexp.MustCompile(`[ \t\r\n]+`)
)

// previewLength is the documented length of bodyPreview.
const previewLength = 255

func preview(contentType, content string) string {
	if strings.EqualFold(contentType, "html") {
		content = html.UnescapeString(tagPattern.ReplaceAllString(content, " "))
	}
	content = strings.TrimSpace(blankPattern.ReplaceAllString(content, " "))
	if r := []rune(content); len(r) > previewLength {
		return string(r[:previewLength])
	}
	return content
}

// Update implements [Updater].
func (Message) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	nameRecipients(tx, &after.Object)
	settleMessage(tx, after)
	return nil
}

// Delete implements [Deleter]: what is not yet in deleteditems goes there, where
// it has another id.
func (Message) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	bin, err := ensureFolder(tx, tx.Home(e.Ref).Parent, "deleteditems")
	if err != nil || text(e.Object, "parentFolderId") == bin.ID {
		return false, err
	}
	_, err = copyTo(tx, e, bin.ID, movedID(tx, e.ID))
	return false, err
}

// Computes implements [Computing].
func (Message) Computes() []string { return []string{"hasAttachments", "body", "uniqueBody"} }

// Prefer implements [Preferring].
func (Message) Prefer(tx Tx) { prefersText(tx) }

// Read implements [Reader].
func (Message) Read(tx Tx, e *Entity) {
	preferText(tx, e, "body", "uniqueBody")
	tellAttachments(tx, e)
}

// tellAttachments says of a message or event that it has some, beside those that its
// body shows.
func tellAttachments(tx Tx, e *Entity) {
	for a := range tx.All(Below(e.Ref, "attachments")) {
		if !a.True("isInline") {
			e.Set("hasAttachments", []byte("true"))
			return
		}
	}
}

// Create implements [Creator].
func (MailFolder) Create(tx Tx, e *Entity) *grapherr.Error {
	if text(e.Object, "displayName") == "" {
		return &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest", Message: "The request is malformed or incorrect."}
	}
	parent := text(e.Object, "parentFolderId")
	if parent == "" {
		root, err := ensureFolder(tx, mailboxOf(tx), "msgfolderroot")
		if err != nil {
			return err
		}
		parent = root.ID
		e.SetString("parentFolderId", parent)
	}
	for other := range tx.All(tx.Collection()) {
		if text(other.Object, "parentFolderId") == parent && strings.EqualFold(text(other.Object, "displayName"), text(e.Object, "displayName")) {
			return &grapherr.Error{Status: 409, Code: "ErrorFolderExists", Message: "A folder with the specified name already exists."}
		}
	}
	e.ID = folderID(tx)
	e.SetString("id", e.ID)
	for _, name := range []string{"childFolderCount", "unreadItemCount", "totalItemCount"} {
		e.Set(name, json.RawMessage("0"))
	}
	if !present(e.Object, "isHidden") {
		e.Set("isHidden", json.RawMessage("false"))
	}
	return nil
}

// distinguished refuses to delete what every mailbox has.
func distinguished() *grapherr.Error {
	return &grapherr.Error{Status: 403, Code: "ErrorDeleteDistinguishedFolder", Message: "Distinguished folders cannot be deleted."}
}

// Delete implements [Deleter]: a folder goes with its messages and folders.
func (MailFolder) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if text(e.Object, "wellKnownName") != "" {
		return false, distinguished()
	}
	home := tx.Home(e.Ref)
	for m := range tx.All(Below(home.Parent, "messages")) {
		if text(m.Object, "parentFolderId") == e.ID {
			if err := tx.Delete(m.Ref); err != nil {
				return false, err
			}
		}
	}
	for f := range tx.All(home) {
		if text(f.Object, "parentFolderId") == e.ID {
			if _, err := (MailFolder{}).Delete(tx, f); err != nil {
				return false, err
			}
			if err := tx.Delete(f.Ref); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

// Computes implements [Computing].
func (MailFolder) Computes() []string {
	return []string{"totalItemCount", "unreadItemCount", "childFolderCount"}
}

// Read implements [Reader].
func (MailFolder) Read(tx Tx, e *Entity) {
	home := tx.Home(e.Ref)
	total, unread, folders := 0, 0, 0
	for m := range tx.All(Below(home.Parent, "messages")) {
		if text(m.Object, "parentFolderId") == e.ID {
			total++
			if !m.True("isRead") {
				unread++
			}
		}
	}
	for f := range tx.All(home) {
		if f.ID != e.ID && text(f.Object, "parentFolderId") == e.ID {
			folders++
		}
	}
	if total > 0 || !present(e.Object, "totalItemCount") { // a fixture may tell of messages that it does not hold
		e.Set("totalItemCount", []byte(strconv.Itoa(total)))
		e.Set("unreadItemCount", []byte(strconv.Itoa(unread)))
	}
	if folders > 0 || !present(e.Object, "childFolderCount") {
		e.Set("childFolderCount", []byte(strconv.Itoa(folders)))
	}
}
