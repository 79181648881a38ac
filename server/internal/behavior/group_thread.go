package behavior

// Evidence for how conversations of groups begin (pages group-post-threads,
// group-post-conversations, conversation-post-threads and the resources, 2015 to 2025):
//   - documented: a thread that is made in a group begins a conversation, and a
//     conversation brings its threads with their posts; the threads of a conversation are
//     those of its group; conversation and thread tell of the last post.
//   - observed (output of the CLI for Microsoft 365, 2023): the post's times, change key and
//     sender; a conversation names its senders.
//   - assumed (2026-11): the preview is the text of the last post, of 255 characters at
//     most.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// threadConversation is where a thread keeps the conversation that it is of.
const threadConversation = "@fake.conversationId"

type (
	// Conversation is what threads of a group make.
	Conversation struct{}
	// GroupThread is a thread of a group, whose posts it brings.
	GroupThread struct{}
)

var (
	_ Deleter = Conversation{}
	_ Creator = GroupThread{}
	_ Created = GroupThread{}
	_ Reader  = GroupThread{}
)

// groupThreads are the registrations of how conversations begin.
func groupThreads() []Registration {
	return []Registration{
		{Type: "microsoft.graph.conversation", Behavior: Conversation{}},
		{Type: "microsoft.graph.conversationThread", Behavior: GroupThread{}},
		{Operation: "POST /groups/{id}/conversations", Behavior: invoked(startConversation)},
	}
}

// startConversation makes a conversation with its threads.
func startConversation(tx Tx, _ *Entity, said entity.Object) (Result, *grapherr.Error) {
	conversation, fault := addConversation(tx, tx.Parent(), said)
	for _, thread := range list(said, "threads") {
		if fault == nil {
			fault = addThread(tx, &conversation, thread)
		}
	}
	return Result{Entity: &conversation, Status: 201}, fault
}

// Delete implements [Deleter].
func (Conversation) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	threads := tx.Home(e.Ref)
	threads.Name = strings.TrimSuffix(threads.Name, "conversations") + "threads"
	var gone []Ref
	for thread := range tx.All(threads) {
		if text(thread.Object, threadConversation) == e.ID {
			gone = append(gone, thread.Ref)
		}
	}
	for _, ref := range gone {
		if fault := tx.Delete(ref); fault != nil {
			return false, fault
		}
	}
	return false, nil
}

// Create implements [Creator].
func (GroupThread) Create(tx Tx, e *Entity) *grapherr.Error {
	stampThread(tx, e)
	posts := list(e.Object, "posts")
	for i := range posts {
		post := Entity{Object: posts[i].Clone()}
		stampPost(tx, e, &post)
		posts[i] = post.Object
	}
	if len(posts) > 0 {
		e.Set("posts", arrayOf(posts))
	}
	return nil
}

// Created implements [Created].
func (GroupThread) Created(tx Tx, e Entity) *grapherr.Error {
	home := tx.Home(e.Ref)
	if conversation, ok := tx.Get(Collection{home.Parent, "conversations"}, text(e.Object, threadConversation)); ok {
		conversation.Object = conversation.Clone()
		return tellConversation(tx, &conversation, e)
	}
	conversation, fault := addConversation(tx, home.Parent, e.Object)
	if fault != nil {
		return fault
	}
	marked := e.Clone()
	marked.SetString(threadConversation, conversation.ID)
	if fault := tx.Replace(e.Ref, marked); fault != nil {
		return fault
	}
	return tellConversation(tx, &conversation, e)
}

// Read implements [Reader]: what a thread is of, its path tells alone.
func (GroupThread) Read(_ Tx, e *Entity) { e.Delete(threadConversation) }

func addConversation(tx Tx, group Ref, said entity.Object) (Entity, *grapherr.Error) {
	e := New(fields("topic", quoted(text(said, "topic")), "hasAttachments", "false")...)
	e.ID, e.Type = outlookID(tx), "microsoft.graph.conversation"
	e.SetString("id", e.ID)
	tellSender(tx, &e)
	return tx.Insert(Below(group, "conversations"), e)
}

// tellConversation copies from a thread what the conversation tells of the last post.
func tellConversation(tx Tx, conversation *Entity, thread Entity) *grapherr.Error {
	for _, name := range []string{"lastDeliveredDateTime", "preview", "hasAttachments"} {
		conversation.Set(name, []byte(jsonOf(thread.Object, name)))
	}
	return tx.Replace(conversation.Ref, conversation.Object)
}

// addThread makes a thread with its posts, of which the conversation tells.
func addThread(tx Tx, conversation *Entity, said entity.Object) *grapherr.Error {
	e := New(said.Clone()...)
	posts := list(said, "posts")
	e.Delete("posts")
	e.Set("topic", []byte(jsonOf(conversation.Object, "topic")))
	if present(said, "topic") {
		e.SetString("topic", text(said, "topic"))
	}
	e.SetString(threadConversation, conversation.ID)
	stampThread(tx, &e)
	thread, fault := tx.Insert(Below(tx.Home(conversation.Ref).Parent, "threads"), e)
	thread.Object = thread.Clone()
	for _, post := range posts {
		if fault == nil {
			fault = addPost(tx, &thread, post)
		}
	}
	if fault == nil {
		fault = tx.Replace(thread.Ref, thread.Object)
	}
	if fault != nil {
		return fault
	}
	return tellConversation(tx, conversation, thread)
}

func stampThread(tx Tx, e *Entity) {
	e.ID = outlookID(tx)
	e.SetString("id", e.ID)
	e.Set("isLocked", []byte("false"))
	e.Set("hasAttachments", []byte("false"))
	tellSender(tx, e)
}

// tellSender says who has begun a conversation or a thread, and when.
func tellSender(tx Tx, e *Entity) {
	e.SetString("lastDeliveredDateTime", instant(tx.Now()))
	if self, ok := tx.Self(); ok {
		e.Set("uniqueSenders", arrayOfTexts([]string{text(self.Object, "displayName")}))
	}
}

// addPost adds a post to a thread, which tells of it; the thread is not stored.
func addPost(tx Tx, thread *Entity, said entity.Object) *grapherr.Error {
	e := Entity{Object: said.Clone()}
	attachments := list(e.Object, "attachments")
	stampPost(tx, thread, &e)
	e.Delete("attachments")
	made, fault := tx.Insert(Below(thread.Ref, "posts"), e)
	if fault == nil {
		fault = attach(tx, made, attachments)
	}
	return fault
}

// stampPost completes a post, and what its thread tells of it.
func stampPost(tx Tx, thread, e *Entity) {
	now := quoted(instant(tx.Now()))
	e.ID = outlookID(tx)
	e.SetString("id", e.ID)
	for _, name := range []string{"createdDateTime", "lastModifiedDateTime", "receivedDateTime"} {
		e.Set(name, []byte(now))
	}
	e.SetString("changeKey", changeKey(tx))
	e.SetString("conversationThreadId", thread.ID)
	if self, ok := tx.Self(); ok && mailAddress(self) != "" {
		e.Set("from", []byte(mailAddress(self)))
		e.Set("sender", []byte(mailAddress(self)))
	}
	attached := len(list(e.Object, "attachments")) > 0
	e.Set("hasAttachments", []byte(boolean(attached)))
	if attached {
		thread.Set("hasAttachments", []byte("true"))
	}
	thread.Set("lastDeliveredDateTime", []byte(now))
	body := inner(e.Object, "body")
	thread.SetString("preview", preview(text(body, "contentType"), text(body, "content")))
}
