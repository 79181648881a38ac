package behavior

// Evidence for actions of a collection that change the members which ids name
// (pages riskyuser-*, riskyserviceprincipal-*, signin-*, serviceupdatemessage-* and
// ediscoverycustodian-* of both versions):
//   - documented: the names of the actions, the parameter with the ids, the state
//     that each leads to; actions of messages answer true.
//   - assumed (2026-11): ids of nobody are passed over; a user or a service
//     principal without a risk is risky from then on.

import (
	"encoding/json"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// transitOfMembers is a transit of those that a parameter names.
type transitOfMembers struct {
	ids string
	transit
}

var _ Invoker = transitOfMembers{}

// Invoke implements [Invoker].
func (t transitOfMembers) Invoke(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	for _, id := range texts(p, t.ids) {
		e, there := tx.Get(tx.Collection(), id)
		if !there {
			e, there = risky(tx, id)
		}
		if !there {
			continue
		}
		o := e.Object.Clone()
		for _, d := range t.set {
			setPath(&o, d.Name, transitValue(tx, d.JSON))
		}
		if fault := tx.Replace(e.Ref, o); fault != nil {
			return Result{}, fault
		}
	}
	if t.answer == answersTrue {
		return Result{Value: json.RawMessage("true")}, nil
	}
	return Result{}, nil
}

// riskyTwins are the collections whose entities have the ids of others, with what
// they take of them.
var riskyTwins = map[string]struct {
	of    string
	takes [][2]string
}{
	"identityProtection/riskyUsers":             {"users", [][2]string{{"displayName", "userDisplayName"}, {"userPrincipalName", "userPrincipalName"}}},
	"identityProtection/riskyServicePrincipals": {"servicePrincipals", [][2]string{{"displayName", "displayName"}, {"appId", "appId"}}},
}

// risky makes the risky twin of a user or a service principal.
func risky(tx Tx, id string) (Entity, bool) {
	twin, is := riskyTwins[tx.Collection().Name]
	of, there := tx.Get(Root(twin.of), id)
	if !is || !there {
		return Entity{}, false
	}
	o := fields("id", quoted(id), "isDeleted", "false", "isProcessing", "false")
	for _, names := range twin.takes {
		o.Set(names[1], json.RawMessage(jsonOf(of.Object, names[0])))
	}
	made, fault := tx.Insert(tx.Collection(), Entity{ID: id, Object: o})
	return made, fault == nil
}

// risk is what a judgement of a risk leads to.
func risk(level, state, detail string) []Default {
	return []Default{{"riskLevel", quoted(level)}, {"riskState", quoted(state)}, {"riskDetail", quoted(detail)}, {"riskLastUpdatedDateTime", nowValue}}
}

// signInRisk is that of a sign-in, whose level is of two kinds.
func signInRisk(level, state, detail string) []Default {
	return []Default{{"riskLevelAggregated", quoted(level)}, {"riskState", quoted(state)}, {"riskDetail", quoted(detail)}}
}

// memberTransits are keyed as transits are.
var memberTransits = map[string]transitOfMembers{
	"riskyUser/confirmCompromised":             {"userIds", transit{risk("high", "confirmedCompromised", "adminConfirmedUserCompromised"), answersNothing}},
	"riskyUser/confirmSafe":                    {"userIds", transit{risk("none", "confirmedSafe", "adminConfirmedAccountSafe"), answersNothing}},
	"riskyUser/dismiss":                        {"userIds", transit{risk("none", "dismissed", "adminDismissedAllRiskForUser"), answersNothing}},
	"riskyServicePrincipal/confirmCompromised": {"servicePrincipalIds", transit{risk("high", "confirmedCompromised", "adminConfirmedServicePrincipalCompromised"), answersNothing}},
	"riskyServicePrincipal/dismiss":            {"servicePrincipalIds", transit{risk("none", "dismissed", "adminDismissedAllRiskForServicePrincipal"), answersNothing}},

	"signIn/confirmCompromised": {"requestIds", transit{signInRisk("high", "confirmedCompromised", "adminConfirmedSigninCompromised"), answersNothing}},
	"signIn/confirmSafe":        {"requestIds", transit{signInRisk("none", "confirmedSafe", "adminConfirmedSigninSafe"), answersNothing}},
	"signIn/dismiss":            {"requestIds", transit{signInRisk("none", "dismissed", "adminDismissedRiskForSignIn"), answersNothing}},

	"serviceUpdateMessage/archive":    {"messageIds", transit{[]Default{{"viewPoint/isArchived", "true"}}, answersTrue}},
	"serviceUpdateMessage/unarchive":  {"messageIds", transit{[]Default{{"viewPoint/isArchived", "false"}}, answersTrue}},
	"serviceUpdateMessage/favorite":   {"messageIds", transit{[]Default{{"viewPoint/isFavorited", "true"}}, answersTrue}},
	"serviceUpdateMessage/unfavorite": {"messageIds", transit{[]Default{{"viewPoint/isFavorited", "false"}}, answersTrue}},
	"serviceUpdateMessage/markRead":   {"messageIds", transit{[]Default{{"viewPoint/isRead", "true"}}, answersTrue}},
	"serviceUpdateMessage/markUnread": {"messageIds", transit{[]Default{{"viewPoint/isRead", "false"}}, answersTrue}},
}

func memberTransitions() []Registration {
	var all []Registration
	for name, t := range memberTransits {
		i := slices.Index([]byte(name), '/')
		all = append(all, Registration{Bound: "Collection(microsoft.graph." + name[:i] + ")" + name[i:], Behavior: t})
	}
	return all
}
