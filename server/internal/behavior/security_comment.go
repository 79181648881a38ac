package behavior

// Evidence for comments of alerts and incidents (pages security-alert-post-comments
// and security-incident-post-comments of v1.0, 2022):
//   - documented: a comment goes to the end of the list, with who has written it and
//     when; the answer is the whole list.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// comment adds what the body says to an entity's comments.
func comment(tx Tx, bound *Entity, said entity.Object) (Result, *grapherr.Error) {
	var by string
	if self, ok := tx.Self(); ok {
		by = text(self.Object, "userPrincipalName")
		if by == "" {
			by = text(self.Object, "displayName")
		}
	}
	all := append(list(bound.Object, "comments"), fields("comment", or(jsonOf(said, "comment"), "null"),
		"createdByDisplayName", quoted(by), "createdDateTime", quoted(instant(tx.Now()))))
	bound.Set("comments", arrayOf(all))
	return Result{Values: arrayOf(all)}, nil
}
