package behavior

// Evidence for chats and messages of Teams (graph-behaviour §12):
//   - documented: chat ids by type; a second one-on-one chat of two users is the
//     first one; topic for groups only; message ids are milliseconds since 1970
//     and the etag is the same; members, defaults, soft delete.
//   - assumed (2026-11): texts of refusals.

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// CreateChat makes a chat, or finds the one that two users have.
	CreateChat struct{}
	// ChatMessage keeps messages of chats and channels.
	ChatMessage struct{}
	// SoftDelete hides a message, or shows it again.
	SoftDelete struct{ Undo bool }
)

var (
	_ Invoker = CreateChat{}
	_ Creator = ChatMessage{}
	_ Created = ChatMessage{}
	_ Updater = ChatMessage{}
	_ Invoker = SoftDelete{}
)

// chatTime has the milliseconds that Teams writes.
const chatTime = "2006-01-02T15:04:05.000Z"

// Invoke implements [Invoker].
func (CreateChat) Invoke(tx Tx, _ *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	kind := text(parameters, "chatType")
	var members []Entity
	var ids []string
	for _, o := range list(parameters, "members") {
		m := New(o...)
		m.Type = "microsoft.graph.aadUserConversationMember"
		user, err := describeMember(tx, &m)
		if err != nil {
			return Result{}, err
		}
		members, ids = append(members, m), append(ids, user.ID)
	}
	switch {
	case kind == "oneOnOne" && len(members) != 2:
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "A one on one chat must have exactly two members."}
	case kind == "oneOnOne" && present(parameters, "topic"):
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Topic cannot be set for a one on one chat."}
	case kind == "group" && len(members) == 0:
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "A group chat must have members."}
	}
	id := threadID(tx, "thread.v2")
	if kind == "oneOnOne" {
		id = "19:" + min(ids[0], ids[1]) + "_" + max(ids[0], ids[1]) + "@unq.gbl.spaces"
		if chat, ok := tx.Get(Root("chats"), id); ok {
			return Result{Entity: &chat, Status: 201}, nil
		}
	}
	now := quoted(tx.Now().UTC().Format(chatTime))
	chat, err := tx.Insert(Root("chats"), New(fields("id", quoted(id), "chatType", quoted(kind), "topic", jsonOf(parameters, "topic"),
		"createdDateTime", now, "lastUpdatedDateTime", now, "tenantId", quoted(tx.Tenant()),
		"webUrl", quoted("https://teams.microsoft.com/l/chat/"+id+"/0?tenantId="+tx.Tenant()))...))
	if err != nil {
		return Result{}, err
	}
	for _, m := range members {
		made, err := tx.Insert(Below(chat.Ref, "members"), m)
		if err == nil {
			err = ConversationMember{}.Created(tx, made)
		}
		if err != nil {
			return Result{}, err
		}
	}
	return Result{Entity: &chat, Status: 201}, nil
}

// Create implements [Creator].
func (ChatMessage) Create(tx Tx, e *Entity) *grapherr.Error {
	body := inner(e.Object, "body")
	if !body.Has("content") && len(list(e.Object, "attachments")) == 0 {
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Missing body content."}
	}
	if fault := archived(tx, channelOf(tx)); fault != nil {
		return fault
	}
	if text(body, "contentType") == "" {
		body.SetString("contentType", "text")
	}
	e.Set("body", body.JSON())
	at := tx.Now().UTC()
	for ; ; at = at.Add(time.Millisecond) {
		if _, taken := tx.Get(tx.Collection(), strconv.FormatInt(at.UnixMilli(), 10)); !taken {
			break
		}
	}
	id := strconv.FormatInt(at.UnixMilli(), 10)
	e.ID = id
	e.SetString("id", id)
	e.SetString("etag", id)
	e.SetString("messageType", "message")
	for _, name := range []string{"createdDateTime", "lastModifiedDateTime"} {
		if said := text(e.Object, name); said == "" || said == instant(tx.Now()) { // by nobody but the general rules
			e.SetString(name, at.Format(chatTime))
		}
	}
	for _, d := range [][2]string{
		{"importance", `"normal"`}, {"locale", `"en-us"`}, {"attachments", "[]"}, {"mentions", "[]"}, {"reactions", "[]"},
	} {
		if !present(e.Object, d[0]) {
			e.Set(d[0], []byte(d[1]))
		}
	}
	if !present(e.Object, "from") {
		e.Set("from", sender(tx))
	}
	placeMessage(tx, e)
	return nil
}

func sender(tx Tx) []byte {
	from := fields("application", "null", "device", "null")
	if self, ok := tx.Self(); ok && strings.HasSuffix(self.Type, ".user") {
		from.Set("user", fields("id", quoted(self.ID), "displayName", jsonOf(self.Object, "displayName"), "userIdentityType", `"aadUser"`).JSON())
	}
	return from.JSON()
}

// placeMessage says where a message stands.
func placeMessage(tx Tx, e *Entity) {
	home, _ := tx.Entity(tx.Collection().Parent)
	if strings.HasSuffix(home.Type, ".chatMessage") {
		e.SetString("replyToId", home.ID)
		home, _ = tx.Entity(tx.Home(home.Ref).Parent)
	}
	if strings.HasSuffix(home.Type, ".chat") {
		e.SetString("chatId", home.ID)
		return
	}
	team, _ := tx.Entity(tx.Home(home.Ref).Parent)
	e.Set("channelIdentity", fields("teamId", quoted(team.ID), "channelId", quoted(home.ID)).JSON())
	e.SetString("webUrl", "https://teams.microsoft.com/l/message/"+home.ID+"/"+e.ID+"?groupId="+team.ID+"&tenantId="+tx.Tenant())
}

// Created implements [Created]: a message moves its chat on.
func (ChatMessage) Created(tx Tx, e Entity) *grapherr.Error {
	home, ok := tx.Entity(tx.Home(e.Ref).Parent)
	if !ok || !strings.HasSuffix(home.Type, ".chat") {
		return nil
	}
	members := home.Object.Clone()
	members.Set("lastUpdatedDateTime", json.RawMessage(jsonOf(e.Object, "createdDateTime")))
	if err := tx.Replace(home.Ref, members); err != nil {
		return err
	}
	return previewMessage(tx, home.Ref, e)
}

// Update implements [Updater].
func (ChatMessage) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	now := tx.Now().UTC()
	after.SetString("lastModifiedDateTime", now.Format(chatTime))
	after.SetString("etag", strconv.FormatInt(now.UnixMilli(), 10))
	if change.Has("body") {
		body := inner(after.Object, "body")
		provide(&body, []Default{{"contentType", `"text"`}})
		after.Set("body", body.JSON())
		after.SetString("lastEditedDateTime", now.Format(chatTime))
	}
	return nil
}

// Invoke implements [Invoker].
func (s SoftDelete) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	when := json.RawMessage("null")
	if !s.Undo {
		when = json.RawMessage(quoted(tx.Now().UTC().Format(chatTime)))
	}
	bound.Set("deletedDateTime", when)
	return Result{}, nil
}
