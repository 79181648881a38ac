package behavior

import "github.com/fakegraph/fakegraph/server/internal/entity"

// actor is who did something, as an identitySet.
func actor(tx Tx) []byte {
	var set entity.Object
	c := tx.Caller()
	if self, ok := tx.Self(); ok && c.User {
		user := fields("displayName", jsonOf(self.Object, "displayName"), "id", quoted(self.ID))
		if mail := text(self.Object, "mail"); mail != "" {
			user.SetString("email", mail)
		}
		set.Set("user", user.JSON())
	}
	if c.AppID != "" {
		set.Set("application", fields("displayName", quoted(c.AppName), "id", quoted(c.AppID)).JSON())
	}
	return set.JSON()
}

// Actor is the same as most services tell it: without the address of mail, which is
// of drives alone.
func Actor(tx Tx) []byte {
	set := inner(fields("by", string(actor(tx))), "by").Clone()
	if user := inner(set, "user").Clone(); user.Has("email") {
		user.Delete("email")
		set.Set("user", user.JSON())
	}
	return set.JSON()
}

// ActingUser is the user who acts, with the name to sign in with.
func ActingUser(tx Tx) []byte {
	self, ok := tx.Self()
	if !ok || !tx.Caller().User {
		return nil
	}
	return fields("id", quoted(self.ID), "displayName", or(jsonOf(self.Object, "displayName"), "null"), "ipAddress", "null",
		"userPrincipalName", or(jsonOf(self.Object, "userPrincipalName"), "null")).JSON()
}
