package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// measure is how a few goals are measured together.
type measure struct {
	goals []goal
	run   func(*bench) ([]row, error)
}

// measures lists what is measured, in the order of the table.
var measures = []measure{
	{[]goal{getGoal}, (*bench).getEntity},
	{[]goal{getUserGoal}, (*bench).getUser},
	{[]goal{listGoal}, (*bench).list},
	{[]goal{listUsersGoal}, (*bench).listUsers},
	{[]goal{scanGoal, scanWaitGoal, orderGoal, countGoal, indexGoal, flatGoal}, (*bench).reading},
	{[]goal{batchGoal}, (*bench).batch},
	{[]goal{patchGoal}, (*bench).patch},
	{[]goal{manyGoal, memberGoal}, (*bench).growth},
	{[]goal{durableGoal}, (*bench).patchDurable},
	{[]goal{companyGoal}, (*bench).patchCompany},
	{[]goal{fsyncGoal}, (*bench).patchAlone},
	{[]goal{startGoal, startHeapGoal, testServerGoal}, (*bench).start},
	{[]goal{firstGoal}, (*bench).first},
	{[]goal{coldGoal}, (*bench).coldStart},
	{[]goal{idleGoal, workedGoal}, (*bench).memory},
	{[]goal{binaryGoal}, (*bench).binarySize},
	{[]goal{loadGoal, foundGoal, fileGoal, reopenGoal}, (*bench).million},
	{[]goal{lookupGoal, lookupHeapGoal}, (*bench).lookup},
	{[]goal{describedGoal}, (*bench).described},
	{[]goal{firstUseGoal, sweptGoal}, (*bench).operations},
	{[]goal{embeddedGoal}, (*bench).embedded},
	{[]goal{rulesGoal, noRulesGoal}, (*bench).rules},
}

// bench is one run of this program.
type bench struct {
	settings
	clock clock.Clock // runs with the machine
	dir   string      // for fixtures, data files and binaries; removed at the end
	built map[string]string
}

func newBench(s settings) (*bench, error) {
	dir, err := os.MkdirTemp("", "fakegraph-bench-*")
	if err != nil {
		return nil, err
	}
	return &bench{settings: s, dir: dir, built: map[string]string{}}, nil
}

func (b *bench) close() { _ = os.RemoveAll(b.dir) }

// measure takes what was asked for. What cannot be measured is an error beside
// the rows of what can.
func (b *bench) measure() ([]row, error) {
	var rows []row
	var failed error
	for _, m := range measures {
		if !b.wanted(m) {
			continue
		}
		fmt.Fprintf(os.Stderr, "goal %s: %s\n", m.goals[0].Number, m.goals[0].Measure)
		found, err := m.run(b)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("goal %s: %w", m.goals[0].Number, err))
			continue
		}
		rows = append(rows, found...)
	}
	return rows, failed
}

func (b *bench) wanted(m measure) bool {
	for _, g := range m.goals {
		if b.only.MatchString(g.Number + " " + g.Measure) {
			return true
		}
	}
	return false
}

// fewer is a count, or a tenth of it in a quick run.
func (b *bench) fewer(n int) int {
	if b.quick {
		return max(1, n/10)
	}
	return n
}
