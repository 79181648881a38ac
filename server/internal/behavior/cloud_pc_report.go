package behavior

// Evidence for the reports of Cloud PC (graph-behaviour §11.8):
//   - documented: parameters; the answer is application/octet-stream whose bytes
//     are JSON of TotalRowCount, Schema and Values; export jobs are named
//     {report}__{guid} and go from inProgress to completed.
//   - assumed (2026-11): one row per Cloud PC of the tenant, the columns where
//     none are selected, and how long an export takes.

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// reportColumns are the members of a Cloud PC behind the columns of reports.
var reportColumns = map[string]string{
	"CloudPcId": "id", "CloudPcName": "displayName", "ManagedDeviceName": "managedDeviceName", "UserPrincipalName": "userPrincipalName",
	"DeviceId": "managedDeviceId", "Status": "status", "ServicePlanName": "servicePlanName", "PcType": "provisioningType",
	"ProvisioningPolicyName": "provisioningPolicyName", "LastModifiedDateTime": "lastModifiedDateTime",
}

var defaultColumns = []string{"CloudPcId", "ManagedDeviceName", "UserPrincipalName", "Status"}

// report is a table about the tenant's Cloud PCs.
func report(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	table := reportTable{columns: defaultColumns, rows: []entity.Object{}, top: 25}
	for pc := range tx.All(Root(virtualEndpoint + "cloudPCs")) {
		settleCloudPC(tx, &pc)
		if id := text(p, "cloudPcId"); id == "" || sameID(pc.ID)(id) {
			table.rows = append(table.rows, rowOf(pc.Object, reportColumns))
		}
	}
	return table.answer(tx, p)
}

// rowOf is a row about an entity, by the members behind columns.
func rowOf(o entity.Object, columns map[string]string) (row entity.Object) {
	for column, member := range columns {
		row.Set(column, json.RawMessage(jsonOf(o, member)))
	}
	return row
}

func window[T any](rows []T, skip, top int) []T {
	rows = rows[min(max(skip, 0), len(rows)):]
	return rows[:min(max(top, 0), len(rows))]
}

func number(p entity.Object, name string, otherwise int) int {
	raw, _ := p.Get(name)
	if n, err := strconv.Atoi(string(raw)); err == nil {
		return n
	}
	return otherwise
}

// ExportJob is a report being written to a file.
type ExportJob struct{}

var (
	_ Creator = ExportJob{}
	_ Reader  = ExportJob{}
)

const exportTime = 2 * time.Second

// Create implements [Creator].
func (ExportJob) Create(tx Tx, e *Entity) *grapherr.Error {
	name := text(e.Object, "reportName")
	if name == "" {
		return grapherr.Invalid("cloudpc", grapherr.Property{Name: "reportName", Kind: "required"})
	}
	e.SetString("id", strings.ToUpper(name[:1])+name[1:]+"__"+tx.NewID())
	e.SetString("exportJobStatus", "inProgress")
	e.SetString("requestDateTime", instant(tx.Now()))
	e.SetString("expirationDateTime", unsetTime)
	return nil
}

// Read implements [Reader].
func (ExportJob) Read(tx Tx, e *Entity) {
	if text(e.Object, "exportJobStatus") != "inProgress" || !passed(tx, e, "requestDateTime", exportTime) {
		return
	}
	e.SetString("exportJobStatus", "completed")
	requested, _ := time.Parse(time.RFC3339, text(e.Object, "requestDateTime"))
	e.SetString("expirationDateTime", instant(requested.Add(6*time.Hour)))
	e.SetString("exportUrl", tx.URL("/deviceManagement/virtualEndpoint/reports/exportJobs/"+e.ID))
}
