package behavior

// Evidence for synchronizationJob (pages synchronization-synchronization-post-jobs,
// -synchronizationjob-start and -pause of v1.0, 2024):
//   - documented: templateId is required; a job is made disabled and not
//     configured, with the schedule and the status shown there; it runs once it is
//     started.
//   - assumed (2026-11): the form of ids; that a pause disables the schedule.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var synchronizationJobRules = &Rules{
	Required: []string{"templateId"},
	Defaults: []Default{
		{"schedule", `{"expiration":null,"interval":"P10675199DT2H48M5.4775807S","state":"Disabled"}`},
		{"status", `{"countSuccessiveCompleteFailures":0,"escrowsPruned":false,"code":"NotConfigured","lastExecution":null,` +
			`"lastSuccessfulExecution":null,"lastSuccessfulExecutionWithExports":null,"progress":[],"quarantine":null,` +
			`"steadyStateFirstAchievedTime":"0001-01-01T00:00:00Z","steadyStateLastAchievedTime":"0001-01-01T00:00:00Z",` +
			`"synchronizedEntryCountByType":[],"troubleshootingUrl":null}`},
		{"synchronizationJobSettings", "[]"},
	},
}

// SynchronizationJob provisions users to an application.
type SynchronizationJob struct{}

var _ Creator = SynchronizationJob{}

// Create implements [Creator].
func (SynchronizationJob) Create(tx Tx, e *Entity) *grapherr.Error {
	plain := func(guid string) string { return strings.ReplaceAll(guid, "-", "") }
	e.SetString("id", text(e.Object, "templateId")+"."+plain(tx.Tenant())+"."+tx.NewID())
	return nil
}
