package behavior

// Evidence for sensitivity labels of files (pages driveitem-assignsensitivitylabel
// and driveitem-extractsensitivitylabels, 2023 to 2025):
//   - documented: a label is assigned by its id, and removed by an empty one; 202
//     with the URL of a monitor; extracting tells the labels with their tenant and
//     how they were assigned.
//   - assumed (2026-11): one label of a tenant at a time, at once; folders have none.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// labelsOf is where the label of a file is kept, on no path.
func labelsOf(e *Entity) Collection { return Below(e.Ref, "~labels") }

func assignLabel(tx Tx, file *Entity, p entity.Object) (Result, *grapherr.Error) {
	p = lowered(p)
	id, given := p.String("sensitivityLabelId")
	switch {
	case !given:
		return Result{}, badItem("The sensitivityLabelId is missing.")
	case present(file.Object, "folder"):
		return Result{}, badItem("Sensitivity labels are for files.")
	}
	method := text(p, "assignmentMethod")
	if method == "" {
		method = "standard"
	}
	if old, ok := tx.Get(labelsOf(file), "label"); ok {
		if fault := tx.Delete(old.Ref); fault != nil {
			return Result{}, fault
		}
	}
	if id != "" {
		label := fields("sensitivityLabelId", quoted(id), "assignmentMethod", quoted(method), "tenantId", quoted(tx.Tenant()))
		if _, fault := tx.Insert(labelsOf(file), Entity{ID: "label", Object: label}); fault != nil {
			return Result{}, fault
		}
	}
	monitor, fault := tx.Monitor("assignSensitivityLabel", file.ID, 0)
	return Result{Status: 202, Location: monitor}, fault
}

func badItem(message string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: message}
}

func extractLabels(tx Tx, file *Entity, _ entity.Object) (Result, *grapherr.Error) {
	labels := json.RawMessage("[]")
	if label, ok := tx.Get(labelsOf(file), "label"); ok {
		label.Delete("id")
		labels = arrayOf([]entity.Object{label.Object})
	}
	return Object(fields("labels", string(labels))), nil
}
