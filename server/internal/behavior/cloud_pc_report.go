package behavior

// Evidence for the reports of Cloud PC (graph-behaviour §11.8):
//   - documented: parameters; the answer is application/octet-stream whose bytes
//     are JSON of TotalRowCount, Schema and Values; export jobs are named
//     {report}__{guid} and go from inProgress to completed.
//   - assumed (2026-11): one row per Cloud PC of the tenant, the columns where
//     none are selected, and how long an export takes.

import (
	"encoding/json"
	"regexp"
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

type reportColumn struct{ Column, PropertyType string }

// report is a table about the tenant's Cloud PCs.
func report(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	columns := texts(p, "select")
	if len(columns) == 0 {
		columns = defaultColumns
	}
	schema := make([]reportColumn, len(columns))
	for i, c := range columns {
		schema[i] = reportColumn{c, "String"}
	}
	wanted, readable := equalities(text(p, "filter"))
	if !readable {
		tx.Note("the report's filter is not evaluated: only comparisons by eq, joined by and, are")
	}
	if id := text(p, "cloudPcId"); id != "" {
		wanted = map[string]string{"CloudPcId": id}
	}
	rows := [][]json.RawMessage{}
	for pc := range tx.All(Root(virtualEndpoint + "cloudPCs")) {
		settleCloudPC(tx, &pc)
		if fitsRow(pc.Object, wanted) {
			rows = append(rows, reportRow(pc.Object, columns))
		}
	}
	body, err := json.Marshal(struct {
		TotalRowCount int
		Schema        []reportColumn
		Values        [][]json.RawMessage
	}{len(rows), schema, window(rows, number(p, "skip", 0), number(p, "top", 25))})
	if err != nil {
		return Result{}, grapherr.Internal()
	}
	return Result{Body: body, MediaType: "application/octet-stream"}, nil
}

var equality = regexp.MustCompile(`^\(?\s*(\w+) eq '([^']*)'\s*\)?$`)

// equalities reads a filter of comparisons by eq; false for any other.
func equalities(filter string) (map[string]string, bool) {
	wanted := map[string]string{}
	if strings.TrimSpace(filter) == "" {
		return wanted, true
	}
	for part := range strings.SplitSeq(filter, " and ") {
		m := equality.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return nil, false
		}
		wanted[m[1]] = m[2]
	}
	return wanted, true
}

func fitsRow(pc entity.Object, wanted map[string]string) bool {
	for column, value := range wanted {
		if member := reportColumns[column]; member != "" && !strings.EqualFold(text(pc, member), value) {
			return false
		}
	}
	return true
}

func reportRow(pc entity.Object, columns []string) []json.RawMessage {
	row := make([]json.RawMessage, len(columns))
	for i, c := range columns {
		row[i] = json.RawMessage(jsonOf(pc, reportColumns[c]))
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
