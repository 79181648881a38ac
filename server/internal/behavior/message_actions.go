package behavior

// Evidence for sending and moving messages (graph-behaviour §3.2, §4.5, §12):
//   - documented: sendMail as JSON or as base64 MIME in text/plain, 202;
//     saveToSentItems; send, reply, replyAll and forward 202; createReply,
//     createReplyAll, createForward, move and copy 201 with a new id; a message
//     without recipients is refused; a reply goes to those of replyTo, if there are any,
//     and has a comment or a body, not both (pages message: reply and createReply).
//   - assumed (2026-11): mail to a user of the tenant arrives in the inbox at
//     once; other mail only leaves.

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"net/mail"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// SendMail sends a message that is no draft.
	SendMail struct{}
	// SendDraft sends a draft.
	SendDraft struct{}
	// Answer makes, and unless it is a draft sends, a reply or a forward.
	Answer struct {
		Prefix string // "RE: "
		All    bool   // to all recipients
		To     bool   // to those that the caller names
		Draft  bool
	}
	// PutMessage moves or copies a message to another folder.
	PutMessage struct{ Copy bool }
	// PutFolder moves or copies a folder.
	PutFolder struct{ Copy bool }
)

var (
	_ Invoker = SendMail{}
	_ Invoker = SendDraft{}
	_ Invoker = Answer{}
	_ Invoker = PutMessage{}
	_ Invoker = PutFolder{}
)

// Invoke implements [Invoker].
func (SendMail) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	parameters = lowered(parameters)
	message := inner(parameters, "message")
	save := true
	if raw, ok := parameters.Get("saveToSentItems"); ok && string(raw) == "false" {
		save = false
	}
	if body := tx.Body(); body != nil {
		read, err := readMIME(body)
		if err != nil {
			return Result{}, err
		}
		message = read
	}
	e := New(message...)
	return Result{Status: 202}, send(tx, *bound, &e, save)
}

// send delivers a message and keeps it in sentitems.
func send(tx Tx, owner Entity, e *Entity, save bool) *grapherr.Error {
	to := recipients(e.Object)
	if len(to) == 0 {
		return &grapherr.Error{Status: 400, Code: "ErrorInvalidRecipients",
			Message: "At least one recipient isn't valid., A message can't be sent unless it has at least one recipient."}
	}
	for _, name := range []string{"from", "sender"} {
		if !present(e.Object, name) {
			if me := mailAddress(owner); me != "" {
				e.Set(name, []byte(me))
			}
		}
	}
	for _, address := range to {
		if err := deliver(tx, *e, address); err != nil {
			return err
		}
	}
	if !save {
		return nil
	}
	return keepIn(tx, owner, *e, "sentitems", true)
}

// deliver puts a copy into the inbox of a user of the tenant.
func deliver(tx Tx, e Entity, address string) *grapherr.Error {
	user, ok := userAt(tx, address)
	if !ok {
		return nil
	}
	_, fault := arrive(tx, user, e, false)
	return fault
}

func keepIn(tx Tx, owner Entity, e Entity, folder string, read bool) *grapherr.Error {
	_, err := keepMessage(tx, owner, e, folder, read)
	return err
}

func keepMessage(tx Tx, owner Entity, e Entity, folder string, read bool) (Entity, *grapherr.Error) {
	f, err := ensureFolder(tx, owner.Ref, folder)
	if err != nil {
		return Entity{}, err
	}
	kept := New(e.Object.Clone()...)
	kept.Type = e.Type
	attachments := list(kept.Object, "attachments")
	kept.Delete("attachments")
	if folder != "sentitems" {
		kept.Set("bccRecipients", []byte("[]"))
	}
	kept.SetString("parentFolderId", f.ID)
	kept.Set("hasAttachments", []byte(boolean(len(attachments) > 0)))
	stampMessage(tx, &kept, owner, false)
	kept.Set("isRead", []byte(boolean(read)))
	made, err := tx.Insert(Below(owner.Ref, "messages"), kept)
	if err != nil {
		return made, err
	}
	return made, attach(tx, made, attachments)
}

func attach(tx Tx, to Entity, attachments []entity.Object) *grapherr.Error {
	for _, a := range attachments {
		e := New(a...)
		e.Type = strings.TrimPrefix(text(a, "@odata.type"), "#")
		if e.Type == "" {
			e.Type = "microsoft.graph.fileAttachment"
		}
		e.Delete("@odata.type")
		stampAttachment(tx, &e)
		if _, err := tx.Insert(Below(to.Ref, "attachments"), e); err != nil {
			return err
		}
	}
	return nil
}

// recipients are the addresses that a message goes to.
func recipients(o entity.Object) []string {
	var all []string
	for _, name := range []string{"toRecipients", "ccRecipients", "bccRecipients"} {
		for _, r := range list(o, name) {
			if address := text(inner(r, "emailAddress"), "address"); address != "" {
				all = append(all, address)
			}
		}
	}
	return all
}

// readMIME reads a message in MIME format, base64 over all (D).
func readMIME(body []byte) (entity.Object, *grapherr.Error) {
	plain, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(body)), ""))
	if err != nil {
		return nil, &grapherr.Error{Status: 400, Code: "ErrorMimeContentInvalidBase64String", Message: "Invalid base64 string for MIME content."}
	}
	m, err := mail.ReadMessage(bytes.NewReader(plain))
	if err != nil {
		return nil, &grapherr.Error{Status: 400, Code: "ErrorMimeContentInvalid", Message: "Invalid MIME content."}
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		subject = m.Header.Get("Subject")
	}
	content, _ := io.ReadAll(m.Body) // of bytes in memory
	kind := "text"
	if strings.Contains(strings.ToLower(m.Header.Get("Content-Type")), "html") {
		kind = "html"
	}
	o := fields("subject", quoted(subject), "body", `{"contentType":"`+kind+`","content":`+quoted(string(content))+`}`)
	for header, name := range map[string]string{"To": "toRecipients", "Cc": "ccRecipients", "Bcc": "bccRecipients", "From": "from"} {
		list, err := m.Header.AddressList(header)
		if err != nil || len(list) == 0 {
			continue
		}
		var b []json.RawMessage
		for _, a := range list {
			b = append(b, []byte(`{"emailAddress":{"name":`+quoted(a.Name)+`,"address":`+quoted(a.Address)+`}}`))
		}
		if name == "from" {
			o.Set(name, b[0])
			continue
		}
		raw, _ := json.Marshal(b) // of valid JSON
		o.Set(name, raw)
	}
	return o, nil
}

// ownerOf is the user whose mailbox an item lies in.
func ownerOf(tx Tx, e *Entity) Entity {
	owner, _ := tx.Entity(tx.Home(e.Ref).Parent)
	return owner
}

// Invoke implements [Invoker].
func (SendDraft) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	e := New(bound.Object.Clone()...)
	e.Set("attachments", attachmentsOf(tx, bound.Ref))
	if !present(e.Object, "internetMessageId") && len(recipients(e.Object)) == 0 { // no client has written it
		tx.Note("the fixture says nothing of the message's recipients: it leaves without any")
		if err := keepIn(tx, ownerOf(tx, bound), e, "sentitems", true); err != nil {
			return Result{}, err
		}
		return Result{Status: 202}, tx.Delete(bound.Ref)
	}
	if err := send(tx, ownerOf(tx, bound), &e, true); err != nil {
		return Result{}, err
	}
	return Result{Status: 202}, tx.Delete(bound.Ref)
}

func attachmentsOf(tx Tx, of Ref) []byte {
	b := []byte("[")
	for a := range tx.All(Below(of, "attachments")) {
		a.SetString("@odata.type", "#"+a.Type)
		b = append(a.Append(b), ',')
	}
	return append(bytes.TrimSuffix(b, []byte(",")), ']')
}

// Invoke implements [Invoker].
func (a Answer) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	parameters = lowered(parameters)
	if text(parameters, "comment") != "" && present(inner(parameters, "message"), "body") {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest", Message: "Specify either a comment or the body of the message, not both."}
	}
	owner := ownerOf(tx, bound)
	e := New(a.answer(bound.Object, owner, parameters)...)
	for _, m := range inner(parameters, "message") {
		e.Set(m.Name, m.Value)
	}
	if raw, ok := parameters.Get("toRecipients"); ok && a.To {
		e.Set("toRecipients", raw)
	}
	if a.To {
		e.Set("attachments", attachmentsOf(tx, bound.Ref))
	}
	if !a.Draft && !a.To && len(recipients(e.Object)) == 0 {
		tx.Note("the message says nobody to reply to")
		return Result{Status: 202}, keepIn(tx, owner, e, "sentitems", true)
	}
	if !a.Draft {
		return Result{Status: 202}, send(tx, owner, &e, true)
	}
	drafts, err := ensureFolder(tx, owner.Ref, "drafts")
	if err != nil {
		return Result{}, err
	}
	attachments := list(e.Object, "attachments")
	e.Delete("attachments")
	e.SetString("parentFolderId", drafts.ID)
	stampMessage(tx, &e, owner, true)
	made, err := tx.Insert(tx.Home(bound.Ref), e)
	if err == nil {
		err = attach(tx, made, attachments)
	}
	return Result{Entity: &made, Status: 201}, err
}

// answer is a reply to a message, or its forward.
func (a Answer) answer(o entity.Object, owner Entity, parameters entity.Object) entity.Object {
	subject := text(o, "subject")
	if !strings.HasPrefix(strings.ToUpper(subject), strings.TrimSpace(a.Prefix)) {
		subject = a.Prefix + subject
	}
	body := inner(o, "body")
	kind := text(body, "contentType")
	if kind == "" {
		kind = "text"
	}
	content := text(parameters, "comment") + "\r\n________________________________\r\n" + text(body, "content")
	answer := fields("subject", quoted(subject), "conversationId", jsonOf(o, "conversationId"),
		"body", `{"contentType":`+quoted(kind)+`,"content":`+quoted(content)+`}`)
	if me := mailAddress(owner); me != "" {
		answer.Set("from", []byte(me))
		answer.Set("sender", []byte(me))
	}
	if a.To {
		return answer
	}
	to := []string{}
	for _, r := range list(o, "replyTo") {
		to = append(to, string(r.JSON()))
	}
	if len(to) == 0 && present(o, "from") {
		to = append(to, jsonOf(o, "from"))
	}
	if a.All {
		me := strings.ToLower(text(inner(inner(fields("x", mailAddress(owner)), "x"), "emailAddress"), "address"))
		for _, r := range list(o, "toRecipients") {
			if strings.ToLower(text(inner(r, "emailAddress"), "address")) != me {
				to = append(to, string(r.JSON()))
			}
		}
		answer.Set("ccRecipients", []byte(jsonOf(o, "ccRecipients")))
	}
	answer.Set("toRecipients", []byte("["+strings.Join(to, ",")+"]"))
	return answer
}

// Invoke implements [Invoker].
func (p PutMessage) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	home := tx.Home(bound.Ref)
	to, ok := destinationFolder(tx, home.Parent, parameters)
	if !ok {
		return Result{}, itemMissing()
	}
	id := outlookID(tx)
	if !p.Copy {
		id = movedID(tx, bound.ID)
	}
	made, err := copyTo(tx, *bound, to.ID, id)
	if err == nil && !p.Copy {
		err = tx.Delete(bound.Ref)
	}
	return Result{Entity: &made, Status: 201}, err
}

// copyTo puts a copy of a message into a folder, with an id of its own.
func copyTo(tx Tx, from Entity, folder, id string) (Entity, *grapherr.Error) {
	e := New(from.Object.Clone()...)
	e.ID, e.Type = id, from.Type
	e.SetString("id", e.ID)
	e.SetString("parentFolderId", folder)
	settleMessage(tx, &e)
	made, err := tx.Insert(tx.Home(from.Ref), e)
	if err == nil {
		err = tx.CopyStreams(from.Ref, made.Ref)
	}
	if err == nil {
		err = copyAttachments(tx, from.Ref, made.Ref)
	}
	for event := range tx.Linked(from.Ref, "event") {
		if err == nil {
			_, err = tx.Link(made.Ref, "event", event.Ref)
		}
	}
	return made, err
}

func destinationFolder(tx Tx, mailbox Ref, parameters entity.Object) (Entity, bool) {
	name := text(lowered(parameters), "destinationId")
	if _, err := ensureFolder(tx, mailbox, "inbox"); err != nil {
		return Entity{}, false
	}
	return folderOf(tx, mailbox, name)
}

func copyAttachments(tx Tx, from, to Ref) *grapherr.Error {
	for a := range tx.All(Below(from, "attachments")) {
		made, err := tx.Insert(Below(to, "attachments"), Entity{Type: a.Type, ID: outlookID(tx), Object: a.Object.Clone()})
		if err == nil {
			err = tx.CopyStreams(a.Ref, made.Ref)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Invoke implements [Invoker].
func (p PutFolder) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	home := tx.Home(bound.Ref)
	to, ok := destinationFolder(tx, home.Parent, parameters)
	if !ok {
		return Result{}, itemMissing()
	}
	if !p.Copy {
		bound.SetString("parentFolderId", to.ID)
		return Result{Entity: bound}, nil
	}
	e := New(bound.Object.Clone()...)
	e.ID = folderID(tx)
	e.SetString("id", e.ID)
	e.Set("wellKnownName", []byte("null"))
	e.SetString("parentFolderId", to.ID)
	made, err := tx.Insert(home, e)
	return Result{Entity: &made}, err
}

// deleteForGood answers permanentDelete of what a mailbox has.
func deleteForGood(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Result{}, tx.Delete(e.Ref)
}
