package behavior

import (
	_ "embed"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Evidence for the tables of usage reports:
//   - documented (pages of the report functions of both versions, 2017 to 2025) and
//     observed (output of the CLI for Microsoft 365, 2022 to 2025): the columns; details
//     have a row for each user, group or site, counts by day one for each day of the
//     period, what is counted over the period one; $format=application/json names the
//     columns as properties.
//   - assumed (2026-11): no figures, because the fake measures no usage: counts of details
//     are 0, all others empty; reports whose columns are not listed here have what those of
//     users share.

//go:embed usage_columns.tsv
var usageColumnsFile string

// usageColumns are the columns of reports by the name of the function.
var usageColumns = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(usageColumnsFile) {
		name, columns, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		all[name] = strings.Split(columns, ",")
	}
	return all
})

const (
	refreshColumn, periodColumn, dayColumn = "Report Refresh Date", "Report Period", "Report Date"
	userColumn, ownerColumn                = "User Principal Name", "Owner Principal Name"
)

var sharedColumns = []string{refreshColumn, userColumn, "Display Name", "Is Deleted", periodColumn}

// UsageReport is the table of a report of usage.
type UsageReport struct {
	Columns []string
	Known   bool // whether the columns are its own
}

// UsageReportOf is the report of a function.
func UsageReportOf(function string) UsageReport {
	if columns := usageColumns()[function]; columns != nil {
		return UsageReport{columns, true}
	}
	return UsageReport{Columns: sharedColumns}
}

// Set is the root set whose entities have a row each; "" for none.
func (r UsageReport) Set() string {
	has := func(column string) bool { return slices.Contains(r.Columns, column) }
	switch {
	case has("Site Id"):
		return "sites"
	case has("Group Display Name"):
		return "groups"
	case has(userColumn), has(ownerColumn):
		return "users"
	}
	return ""
}

// Rows are the cells of the report of a period in days, of the entities of its set.
func (r UsageReport) Rows(now time.Time, period string, subjects iter.Seq[entity.Object]) (rows [][]string) {
	row := reportRow{today: now.UTC().Format(time.DateOnly), period: period}
	switch days, _ := strconv.Atoi(period); {
	case r.Set() != "":
		for o := range subjects {
			row.of = o
			rows = append(rows, row.cells(r.Columns))
		}
	case slices.Contains(r.Columns, dayColumn):
		for ago := range max(days, 1) {
			row.day = now.UTC().AddDate(0, 0, -ago).Format(time.DateOnly)
			rows = append(rows, row.cells(r.Columns))
		}
	default:
		rows = append(rows, row.cells(r.Columns))
	}
	return rows
}

// reportRow is what the cells of one row are made of.
type reportRow struct {
	today, day, period string
	of                 entity.Object
}

func (r reportRow) cells(columns []string) []string {
	cells := make([]string, len(columns))
	for i, column := range columns {
		cells[i] = r.cell(column)
	}
	return cells
}

// reportMembers are the properties that cells of details show.
var reportMembers = map[string]string{
	userColumn: "userPrincipalName", ownerColumn: "userPrincipalName", "Display Name": "displayName", "Owner Display Name": "displayName",
	"User Id": "id", "Group Display Name": "displayName", "Group Id": "id", "Group Type": "visibility", "Site URL": "webUrl",
}

func (r reportRow) cell(column string) string {
	switch {
	case column == refreshColumn:
		return r.today
	case column == dayColumn:
		return r.day
	case column == periodColumn:
		return r.period
	case column == "Site Type":
		return "All"
	case r.of == nil:
		return ""
	case column == "Site Id":
		_, id, _ := strings.Cut(text(r.of, "id"), ",")
		id, _, _ = strings.Cut(id, ",")
		return id
	case reportMembers[column] != "":
		return text(r.of, reportMembers[column])
	case strings.HasSuffix(column, "Count"), strings.HasSuffix(column, "(Byte)"):
		return "0"
	case strings.HasPrefix(column, "Is "), strings.HasPrefix(column, "Has "):
		return "False"
	}
	return ""
}
