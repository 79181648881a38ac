package behavior

// Evidence for deviceManagementExportJob (pages "export Intune reports using
// Graph APIs" and deviceManagementExportJob: create, 2021 to 2025):
//   - documented: POST 201 with status notStarted, then inProgress and completed
//     with the URL of a zip archive of one file, which needs no token; the id
//     begins with the report's name; select names the columns.
//   - assumed (2026-11): a second of the fake's clock in each state; reports of
//     devices have a row for each managed device of the tenant, others none; CSV
//     whatever the format.

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// DeviceExport is a report of Intune being written to a file.
type DeviceExport struct{}

var (
	_ Creator = DeviceExport{}
	_ Created = DeviceExport{}
	_ Reader  = DeviceExport{}
)

const (
	exportFile  = "file" // the stream with the archive
	exportStep  = time.Second
	exportValid = 6 * time.Hour
)

// deviceColumns are the members of a managed device behind the columns of its
// reports.
var deviceColumns = map[string]string{
	"DeviceId": "id", "DeviceName": "deviceName", "OS": "operatingSystem", "OSVersion": "osVersion", "UPN": "userPrincipalName",
	"UserEmail": "emailAddress", "CompliantState": "complianceState", "ComplianceState": "complianceState", "LastContact": "lastSyncDateTime",
	"CreatedDate": "enrolledDateTime", "SerialNumber": "serialNumber", "Manufacturer": "manufacturer", "Model": "model", "IMEI": "imei",
}

var defaultDeviceColumns = []string{"DeviceId", "DeviceName", "OS", "OSVersion", "UPN", "ComplianceState", "LastContact"}

// Create implements [Creator].
func (DeviceExport) Create(tx Tx, e *Entity) *grapherr.Error {
	name := text(e.Object, "reportName")
	if name == "" {
		return grapherr.Invalid("intune", grapherr.Property{Name: "reportName", Kind: "required", Type: e.Type})
	}
	e.ID = name + "_" + tx.NewID()
	e.SetString("id", e.ID)
	for _, d := range [][2]string{
		{"status", `"notStarted"`}, {"format", `"csv"`}, {"requestDateTime", quoted(instant(tx.Now()))}, {"expirationDateTime", quoted(unsetTime)},
		{"localizationType", `"localizedValuesAsAdditionalColumn"`},
	} {
		if !present(e.Object, d[0]) {
			e.Set(d[0], []byte(d[1]))
		}
	}
	return nil
}

// Created implements [Created].
func (DeviceExport) Created(tx Tx, e Entity) *grapherr.Error {
	data, err := exported(tx, e)
	if err != nil {
		return grapherr.Internal()
	}
	return tx.SetStream(e.Ref, exportFile, "application/zip", data)
}

// exported is the archive of a report.
func exported(tx Tx, e Entity) ([]byte, error) {
	columns := texts(e.Object, "select")
	if len(columns) == 0 {
		columns = defaultDeviceColumns
	}
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	file, err := archive.Create(e.ID + ".csv")
	if err != nil {
		return nil, err
	}
	rows := [][]string{columns}
	if strings.HasPrefix(text(e.Object, "reportName"), "Device") {
		rows = append(rows, deviceRows(tx, columns)...)
	}
	if err := csv.NewWriter(file).WriteAll(rows); err != nil {
		return nil, err
	}
	err = archive.Close()
	return b.Bytes(), err
}

func deviceRows(tx Tx, columns []string) (rows [][]string) {
	for device := range tx.All(Root("deviceManagement/managedDevices")) {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = text(device.Object, deviceColumns[c])
		}
		rows = append(rows, row)
	}
	return rows
}

// Read implements [Reader].
func (DeviceExport) Read(tx Tx, e *Entity) {
	if text(e.Object, "status") != "notStarted" || present(e.Object, "url") || !passed(tx, e, "requestDateTime", exportStep) {
		return
	}
	if !passed(tx, e, "requestDateTime", 2*exportStep) {
		e.SetString("status", "inProgress")
		return
	}
	requested, _ := time.Parse(time.RFC3339, text(e.Object, "requestDateTime")) // passed has read it
	e.SetString("status", "completed")
	e.SetString("expirationDateTime", instant(requested.Add(exportValid)))
	e.SetString("url", tx.DownloadURL(e.Ref, exportFile))
}
