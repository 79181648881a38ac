package behavior

// Evidence for the agent actions of cloudPcExternalPartner (graph-behaviour
// §11.2):
//   - documented: configureAgent takes agentSetting and answers 204; deployAgent
//     takes 1 to 50 cloudPcIds and answers 200 with the id of an activity;
//     retrieveActionReports answers a collection of reports; their properties.
//   - assumed (2026-11): configureAgent replaces agentSetting, deployAgent
//     leaves one report per Cloud PC, and the texts of refusals.

import (
	"encoding/json"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// actionReports is where deployAgent keeps what retrieveActionReports tells.
const actionReports = "actionReports"

// maxDeployments is the documented limit of Cloud PCs per deployAgent.
const maxDeployments = 50

// ConfigureAgent stores the agent's setting.
type ConfigureAgent struct{}

// DeployAgent starts the agent's deployment on Cloud PCs.
type DeployAgent struct{}

// RetrieveActionReports lists what was deployed.
type RetrieveActionReports struct{}

var (
	_ Invoker = ConfigureAgent{}
	_ Invoker = DeployAgent{}
	_ Invoker = RetrieveActionReports{}
)

// Invoke implements [Invoker].
func (ConfigureAgent) Invoke(_ Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	setting, _ := parameters.Get("agentSetting")
	bound.Set("agentSetting", setting)
	return Result{}, nil
}

// Invoke implements [Invoker].
func (DeployAgent) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	raw, _ := parameters.Get("cloudPcIds")
	var ids []string
	if json.Unmarshal(raw, &ids) != nil || len(ids) == 0 || len(ids) > maxDeployments {
		return Result{}, grapherr.Invalid("cloudpc", grapherr.Property{Name: "cloudPcIds", Kind: "maxItems"})
	}
	activity := tx.NewID()
	for _, id := range ids {
		report := Entity{Object: deployment(tx, bound.Object, activity, id)}
		if _, fault := tx.Insert(Below(bound.Ref, actionReports), report); fault != nil {
			return Result{}, fault
		}
	}
	return Result{Value: entity.Quote(nil, activity)}, nil
}

func deployment(tx Tx, partner entity.Object, activity, cloudPC string) entity.Object {
	caller := tx.Caller()
	method := "application"
	if caller.User {
		method = "delegated"
	}
	report := entity.Object{}
	report.SetString("actionType", "deployAgent")
	report.SetString("activityId", activity)
	report.SetString("authenticatedAppId", caller.AppID)
	report.SetString("authenticatedAppName", caller.AppName)
	report.SetString("authenticatedMethod", method)
	report.SetString("authenticatedUserPrincipalName", caller.UPN)
	report.SetString("cloudPcId", cloudPC)
	report.SetString("createdDateTime", tx.Now().Format(time.RFC3339))
	if setting, ok := partner.Get("agentSetting"); ok {
		report.Set("agentSetting", setting)
	}
	return report
}

// Invoke implements [Invoker].
func (RetrieveActionReports) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	result := Result{IsList: true}
	for report := range tx.All(Below(bound.Ref, actionReports)) {
		told := report.Clone()
		told.Delete("id")
		result.Collection = append(result.Collection, Entity{Object: told})
	}
	return result, nil
}
