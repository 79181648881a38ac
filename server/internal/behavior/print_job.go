package behavior

// Evidence for print jobs (pages printershare-post-jobs, printer-post-jobs and
// printjob-start, v1.0 2020 to 2024):
//   - documented: ids are numbers; a new job waits for its file, and has the document
//     that takes it, which the answer shows.
//   - assumed (2026-11): the numbers are those of one printer or share.

import (
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// PrintJob is what a printer has to print.
type PrintJob struct{}

var _ Creator = PrintJob{}

var printJobRules = &Rules{
	Echoed: []string{"documents"},
	Defaults: []Default{{"isFetchable", "false"},
		{"status", `{"state":"paused","description":"The job is not a candidate for processing yet.","isAcquiredByPrinter":false,"details":["uploadPending"]}`}},
}

// Create implements [Creator].
func (PrintJob) Create(tx Tx, e *Entity) *grapherr.Error {
	next := 1
	for job := range tx.All(tx.Collection()) {
		if n, err := strconv.Atoi(job.ID); err == nil && n >= next {
			next = n + 1
		}
	}
	e.ID = strconv.Itoa(next)
	e.SetString("id", e.ID)
	if !present(e.Object, "documents") {
		e.Set("documents", []byte(`[{"id":`+quoted(tx.NewID())+`,"displayName":"","contentType":"","size":0}]`))
	}
	return nil
}
