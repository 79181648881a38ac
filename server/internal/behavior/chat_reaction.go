package behavior

// Evidence for reactions to messages (pages chatMessage: setReaction and
// unsetReaction, and the resource chatMessageReaction, 2023 to 2025):
//   - documented: a reaction is a character, 204 without a body; the message lists
//     reactions with the time, the type and the user.
//   - assumed (2026-11): a user has each reaction to a message once; taking away one
//     that is not there is no error.

import (
	"encoding/json"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func setReaction(tx Tx, message *Entity, p entity.Object) (Result, *grapherr.Error) {
	kind := text(p, "reactionType")
	if kind == "" {
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The reactionType is missing."}
	}
	self, _ := tx.Self()
	user := fields("application", "null", "device", "null", "user",
		string(fields("id", quoted(self.ID), "displayName", "null", "userIdentityType", `"aadUser"`).JSON()))
	reaction := fields("reactionType", quoted(kind), "displayName", "null", "reactionContentUrl", "null",
		"createdDateTime", quoted(tx.Now().UTC().Format(chatTime)), "user", string(user.JSON()))
	reactions := slices.DeleteFunc(list(message.Object, "reactions"), isReaction(kind, self.ID))
	return keepReactions(message, append(reactions, reaction))
}

func unsetReaction(tx Tx, message *Entity, p entity.Object) (Result, *grapherr.Error) {
	self, _ := tx.Self()
	return keepReactions(message, slices.DeleteFunc(list(message.Object, "reactions"), isReaction(text(p, "reactionType"), self.ID)))
}

func isReaction(kind, user string) func(entity.Object) bool {
	return func(o entity.Object) bool {
		return text(o, "reactionType") == kind && text(inner(inner(o, "user"), "user"), "id") == user
	}
}

func keepReactions(message *Entity, reactions []entity.Object) (Result, *grapherr.Error) {
	message.Set("reactions", json.RawMessage(arrayOf(reactions)))
	return Result{}, nil
}
