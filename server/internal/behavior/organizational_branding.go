package behavior

// Evidence for organizationalBranding (pages organizationalbranding-get,
// -list-localizations and -post-localizations, resource page
// organizationalBrandingLocalization, 2023 to 2025):
//   - documented: the default branding is among the localizations, under the id 0 or
//     default; the first localization makes it.
//   - reported (CIPP, 2024 to 2026): it is read and changed there.
//   - assumed (2026-11): it has no values then.

import (
	"iter"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// BrandingLocalization is the branding in a language.
type BrandingLocalization struct{}

var (
	_ Created = BrandingLocalization{}
	_ Lister  = BrandingLocalization{}
)

// Created implements [Created].
func (BrandingLocalization) Created(tx Tx, e Entity) *grapherr.Error {
	branding := Collection{Parent: tx.Home(e.Ref).Parent, Name: "branding"}
	if _, there := tx.Get(branding, ""); there {
		return nil
	}
	_, fault := tx.Put(branding, Entity{Object: fields("id", `"0"`)})
	return fault
}

// List implements [Lister].
func (BrandingLocalization) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	c := tx.Collection()
	return func(yield func(Entity) bool) {
		if e, there := tx.Get(Collection{Parent: c.Parent, Name: "branding"}, ""); there {
			e.ID, e.Type = "0", "microsoft.graph.organizationalBrandingLocalization"
			e.Object = e.Clone()
			e.SetString("id", e.ID)
			if !yield(e) {
				return
			}
		}
		for e := range tx.All(c) {
			if !yield(e) {
				return
			}
		}
	}, nil
}
