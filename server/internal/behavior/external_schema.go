package behavior

// Evidence for the schema of an external connection:
//   - documented (page of externalConnection: patch schema, 2024; resources
//     externalConnection and connectionOperation): 202 with the address of an
//     operation; baseType and at least one of at most 128 properties; a connection
//     is a draft until it has a schema, then ready.
//   - observed: clients write true and false as texts, as the page's sample does.
//   - assumed (2026-11): the operation is done at once; the text of the refusal.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ConnectionSchema registers the schema of an external connection.
type ConnectionSchema struct{}

var _ Invoker = ConnectionSchema{}

const mostSchemaProperties = 128

// Invoke implements [Invoker].
func (ConnectionSchema) Invoke(tx Tx, bound *Entity, schema entity.Object) (Result, *grapherr.Error) {
	connection, _ := tx.Entity(tx.Parent())
	if n := len(list(schema, "properties")); n == 0 || n > mostSchemaProperties {
		return Result{}, grapherr.Rule(tx.Family(), "", "A schema must have between 1 and 128 properties.")
	}
	for _, m := range schema {
		bound.Set(m.Name, m.Value)
	}
	changed := connection.Clone()
	changed.Set("state", json.RawMessage(`"ready"`))
	if fault := tx.Replace(connection.Ref, changed); fault != nil {
		return Result{}, fault
	}
	op, fault := tx.Insert(Below(connection.Ref, "operations"), New(fields("status", `"completed"`, "error", "null")...))
	return Result{Status: 202, Location: tx.URL("/external/connections/" + connection.ID + "/operations/" + op.ID)}, fault
}
