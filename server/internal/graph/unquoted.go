package graph

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// bitsOf are the sizes of the integers that may come as strings.
var bitsOf = map[string]int{"Edm.Int32": 32, "Edm.Int16": 16, "Edm.SByte": 8}

// unquoted is the number or Boolean that a string spells, where the type is one: Graph's
// reader converts such strings, except for numbers of 64 bits. Pages send them
// (rbacapplication-post-roledefinitions, attacksimulationroot-create-simulation,
// cloudpcreports-…, externalconnection-patch-schema: D), and clients are told
// "Cannot convert the literal" only of what is no number (observed 2024,
// eneerge/CIS-Microsoft-Intune-For-Windows-IntuneProfile#2).
func unquoted(r openapi.TypeRef, raw json.RawMessage) (json.RawMessage, bool) {
	if r.Collection || len(raw) < 3 || raw[0] != '"' {
		return raw, false
	}
	text, ok := entity.Unquote(raw)
	if !ok {
		return raw, false
	}
	if r.Name == "Edm.Boolean" {
		word := strings.ToLower(text)
		return json.RawMessage(word), word == "true" || word == "false"
	}
	bits := bitsOf[r.Name]
	if bits == 0 {
		return raw, false
	}
	n, err := strconv.ParseInt(text, 10, bits)
	return strconv.AppendInt(nil, n, 10), err == nil
}
