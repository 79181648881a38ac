package command

import (
	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/server"
)

func newCoverage() *cobra.Command {
	return &cobra.Command{
		Use: "coverage", Short: "Print how the operations of each area are served", Args: cobra.NoArgs,
		Long: "Print, per Graph version and area, how many operations have rules of their own, how many follow\nthe general rules alone, and how many are refused.",
		RunE: func(c *cobra.Command, _ []string) error {
			areas, err := server.Coverage()
			if err != nil {
				return err
			}
			p := &printer{out: c.OutOrStdout()}
			p.line("%-8s %-44s %6s %8s %8s", "version", "area", "own", "generic", "refused")
			for _, a := range areas {
				p.line("%-8s %-44s %6d %8d %8d", a.Version, a.Area, a.Own, a.Generic, a.Refused)
			}
			return p.err
		},
	}
}
