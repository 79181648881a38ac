package behavior

// Evidence for custom security attributes (pages directory-post-attributesets,
// directory-post-customsecurityattributedefinitions,
// customsecurityattributedefinition-update and -post-allowedvalues, 2021 to 2024):
//   - documented: a set and a predefined value are named by the client and the name is
//     the id; a definition's id is its set's name and its own; what is required, what
//     can be changed later; Booleans are single and free of predefined values, and
//     values are never again limited to predefined ones; none of them can be deleted.
//   - assumed (2026-11): a set need not be there; the words of refusals.

import (
	"strings"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var (
	attributeSetRules = &Rules{Required: []string{"id"}, OwnID: "id", Refuses: []string{"DELETE"}}
	allowedValueRules = &Rules{Required: []string{"id", "isActive"}, OwnID: "id", Refuses: []string{"DELETE"}}
	attributeRules    = &Rules{
		Required:  []string{"attributeSet", "isCollection", "isSearchable", "name", "status", "type", "usePreDefinedValuesOnly"},
		Immutable: []string{"attributeSet", "isCollection", "isSearchable", "name", "type"},
		Refuses:   []string{"DELETE"},
	}
)

// attributeNameLength is how long the name of a custom security attribute may be.
const attributeNameLength = 32

// CustomAttribute is the definition of a custom security attribute.
type CustomAttribute struct{}

var (
	_ Creator = CustomAttribute{}
	_ Updater = CustomAttribute{}
)

// Create implements [Creator].
func (CustomAttribute) Create(tx Tx, e *Entity) *grapherr.Error {
	name := text(e.Object, "name")
	if utf8.RuneCountInString(name) > attributeNameLength || strings.ContainsAny(name, " \t/\\%?#&+:<>*@!\"'()[]{}|,;=^`~$") {
		return invalidAttribute("name", e.Type)
	}
	if text(e.Object, "type") == "Boolean" {
		for _, limit := range []string{"isCollection", "usePreDefinedValuesOnly"} {
			if jsonOf(e.Object, limit) == "true" {
				return invalidAttribute(limit, e.Type)
			}
		}
	}
	e.SetString("id", text(e.Object, "attributeSet")+"_"+name)
	return nil
}

// Update implements [Updater].
func (CustomAttribute) Update(_ Tx, before, _ entity.Object, after *Entity) *grapherr.Error {
	if jsonOf(before, "usePreDefinedValuesOnly") == "false" && jsonOf(after.Object, "usePreDefinedValuesOnly") == "true" {
		return invalidAttribute("usePreDefinedValuesOnly", after.Type)
	}
	return nil
}

func invalidAttribute(property, typ string) *grapherr.Error {
	return grapherr.Invalid("directory", grapherr.Property{Name: property, Kind: "enum", Type: typ})
}
