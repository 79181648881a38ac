package behavior

// Evidence for answers in conversations of groups (pages conversationthread-reply,
// post-reply and post-forward of both versions, 2021 to 2025):
//   - documented: 202 without a body, 200 of a forward; a reply is another post of the
//     thread; a forward goes to the recipients.
//   - assumed (2026-11): a post is there at once; what is forwarded has the topic of the
//     thread.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// replyInThread adds a post to a thread.
func replyInThread(tx Tx, thread *Entity, p entity.Object) (Result, *grapherr.Error) {
	return Result{Status: 202}, addPost(tx, thread, inner(lowered(p), "post"))
}

// threadOf is the thread that a post is in.
func threadOf(tx Tx, post *Entity) Entity {
	thread, _ := tx.Entity(tx.Home(post.Ref).Parent)
	return thread
}

// replyToPost adds a post to the thread of another.
func replyToPost(tx Tx, post *Entity, p entity.Object) (Result, *grapherr.Error) {
	thread := threadOf(tx, post)
	thread.Object = thread.Clone()
	result, fault := replyInThread(tx, &thread, p)
	if fault == nil {
		fault = tx.Replace(thread.Ref, thread.Object)
	}
	return result, fault
}

// forwardPost sends a post to somebody.
func forwardPost(tx Tx, post *Entity, p entity.Object) (Result, *grapherr.Error) {
	copied := Entity{Ref: post.Ref, ID: post.ID, Type: post.Type, Object: post.Clone()}
	copied.SetString("subject", text(threadOf(tx, post).Object, "topic"))
	_, fault := Answer{Prefix: "FW: ", To: true}.Invoke(tx, &copied, p)
	return Result{}, fault
}
