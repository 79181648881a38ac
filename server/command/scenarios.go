package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/scenarios"
)

func newScenarios() *cobra.Command {
	return group("scenarios", "Check scenario files, or list the built-in ones",
		newScenariosValidate(), newScenariosList())
}

func newScenariosValidate() *cobra.Command {
	return &cobra.Command{
		Use: "validate NAME…", Short: "Check built-in scenarios, files or folders", Args: atLeastOne("built-in scenarios, files or folders"),
		RunE: func(c *cobra.Command, names []string) error {
			mistakes := 0
			for _, name := range names {
				mistakes += validateScenarios(c, name)
			}
			return verdict(mistakes)
		},
	}
}

// validateScenarios prints what is wrong with one name and counts it.
func validateScenarios(c *cobra.Command, name string) int {
	list, problems, err := scenarios.Load(name)
	if err != nil {
		fmt.Fprintln(c.ErrOrStderr(), err)
		return 1
	}
	showLines(c.ErrOrStderr(), scenarioFindings(problems))
	if len(problems) == 0 {
		fmt.Fprintf(c.OutOrStdout(), "%s: %s, no mistakes\n", name, count(len(list), "scenario"))
	}
	return len(problems)
}

func newScenariosList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the built-in scenarios", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			p := &printer{out: c.OutOrStdout()}
			for _, s := range scenarios.BuiltIns() {
				p.line("%-24s %s", s.Name, s.Description)
			}
			return p.err
		},
	}
}
