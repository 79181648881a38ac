package behavior

// Evidence for outlookCategory (its pages, 2019 to 2025):
//   - documented: a mailbox has six categories named after their colors; names are
//     unique in a mailbox and never change; without a color there is none.
//   - assumed (2026-11): their ids.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// Categories gives a mailbox the categories that it begins with.
type Categories struct{}

var _ Supplier = Categories{}

var outlookCategoryRules = &Rules{
	Required:  []string{"displayName"},
	Unique:    []string{"displayName"},
	Immutable: []string{"displayName"},
	Defaults:  []Default{{"color", `"none"`}},
}

// firstCategories are the colors that categories are named after, with the constants
// that stand for them.
var firstCategories = [][2]string{
	{"Red", "preset0"}, {"Orange", "preset1"}, {"Yellow", "preset3"}, {"Green", "preset4"}, {"Blue", "preset7"}, {"Purple", "preset8"},
}

// Supply implements [Supplier].
func (Categories) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	categories := Below(owner.Ref, "outlook/masterCategories")
	for _, c := range firstCategories {
		name := c[0] + " category"
		if _, there := tx.By(categories, "displayName", name); there {
			continue
		}
		if _, fault := tx.Insert(categories, New(fields("id", quoted(tx.NewID()), "displayName", quoted(name), "color", quoted(c[1]))...)); fault != nil {
			return fault
		}
	}
	return nil
}
