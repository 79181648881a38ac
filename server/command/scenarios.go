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
		Use: "validate NAME…", Short: "Check built-in scenarios, files or folders", Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, names []string) error {
			mistakes := 0
			for _, name := range names {
				list, problems, err := scenarios.Load(name)
				if err != nil {
					return err
				}
				for _, p := range problems {
					fmt.Fprintln(c.ErrOrStderr(), p)
				}
				if len(problems) == 0 {
					fmt.Fprintf(c.OutOrStdout(), "%s: %s, no mistakes\n", name, count(len(list), "scenario"))
				}
				mistakes += len(problems)
			}
			return verdict(mistakes)
		},
	}
}

func newScenariosList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the built-in scenarios", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			p := &printer{out: c.OutOrStdout()}
			for _, s := range scenarios.BuiltIns() {
				p.line("%-24s %s", s.Name, s.Description)
			}
			return p.err
		},
	}
}
