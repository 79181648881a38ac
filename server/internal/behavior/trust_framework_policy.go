package behavior

import (
	"encoding/xml"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for trustFrameworkPolicy:
//   - documented (pages "create trustFrameworkPolicy" and "update", beta 2021 to
//     2024): a policy is made from XML of application/xml; its id is the
//     document's PolicyId, and its content is read again below /$value.
//   - assumed (2026-11): the text of the refusal.

// TrustFrameworkPolicy is made from XML.
type TrustFrameworkPolicy struct{}

var (
	_ Taker   = TrustFrameworkPolicy{}
	_ Creator = TrustFrameworkPolicy{}
	_ Created = TrustFrameworkPolicy{}
)

// Takes implements [Taker].
func (TrustFrameworkPolicy) Takes(mediaType string) bool {
	return mediaType == "application/xml" || mediaType == "text/xml"
}

// Create implements [Creator].
func (TrustFrameworkPolicy) Create(tx Tx, e *Entity) *grapherr.Error {
	body := tx.Body()
	if body == nil {
		return nil
	}
	var policy struct {
		ID string `xml:"PolicyId,attr"`
	}
	if err := xml.Unmarshal(body, &policy); err != nil || policy.ID == "" {
		tx.Note("the body is no XML document with the attribute PolicyId at its root")
		return grapherr.Rule("directory", "AADB2C", "Validation failed: the policy is not a valid TrustFrameworkPolicy.")
	}
	e.ID = policy.ID
	e.SetString("id", policy.ID)
	return nil
}

// Created implements [Created].
func (TrustFrameworkPolicy) Created(tx Tx, e Entity) *grapherr.Error {
	if body := tx.Body(); body != nil {
		return tx.SetStream(e.Ref, "$value", "application/xml", body)
	}
	return nil
}
