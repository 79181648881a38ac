package behavior

// Evidence for planner's rosters, and for what else contains a plan (pages of
// plannerRoster, plannerRosterMember and plannerPlanContainer, planneruser-list-rosterplans,
// beta 2021 to 2025):
//   - documented: the type of a container follows from its path; a roster has one
//     plan, which goes with it; a user has the plans of the rosters of which the user is
//     a member.
//   - observed (output of the CLI for Microsoft 365, 2023): the owner of a roster's plan is
//     who made it.
//   - assumed (2026-11): the text for a second plan.

import (
	"iter"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Roster keeps rosters.
	Roster struct{}
	// RosterPlans lists the plan of a roster, or those of the rosters of a user.
	RosterPlans struct{}
)

var (
	_ Deleter = Roster{}
	_ Lister  = RosterPlans{}
)

const rosters = "planner/rosters"

// containers are the types of what contains a plan, by the way to it.
var containers = [][2]string{{"group", "groups"}, {"roster", rosters}, {"user", "users"}, {"driveItem", "drives"}}

func containerType(url string) string {
	for _, c := range containers {
		if strings.Contains(url, "/"+c[1]+"/") {
			return c[0]
		}
	}
	return "group"
}

func containerWay(typ string) string {
	for _, c := range containers {
		if c[0] == typ {
			return c[1]
		}
	}
	return "groups"
}

// planOwner is the container, but for a roster, which owns nothing.
func planOwner(tx Tx, container interface{ String(string) (string, bool) }) string {
	if typ, _ := container.String("type"); typ == "roster" {
		if self, ok := tx.Self(); ok {
			return self.ID
		}
	}
	id, _ := container.String("containerId")
	return id
}

// plansIn are the plans whose container has one of some ids.
func plansIn(tx Tx, ids map[string]bool) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for e := range tx.All(Root("planner/plans")) {
			if ids[text(inner(e.Object, "container"), "containerId")] && !yield(e) {
				return
			}
		}
	}
}

// hasPlan reports whether a container has a plan.
func hasPlan(tx Tx, container string) bool {
	for range plansIn(tx, map[string]bool{container: true}) {
		return true
	}
	return false
}

// Delete implements [Deleter].
func (Roster) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	var gone []Entity
	for plan := range plansIn(tx, map[string]bool{e.ID: true}) {
		gone = append(gone, plan)
	}
	for _, plan := range gone {
		if _, fault := (PlannerPlan{}).Delete(tx, plan); fault != nil {
			return false, fault
		}
		if fault := tx.Delete(plan.Ref); fault != nil {
			return false, fault
		}
	}
	return false, nil
}

// List implements [Lister].
func (RosterPlans) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	owner := plannerOwner(tx)
	of := map[string]bool{owner.ID: true}
	for roster := range tx.All(Root(rosters)) {
		if _, in := memberWithUser(tx, Below(roster.Ref, "members"), owner.ID); in {
			of[roster.ID] = true
		}
	}
	return plansIn(tx, of), nil
}
