package command

import (
	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/server"
)

func newCoverage() *cobra.Command {
	return &cobra.Command{
		Use: "coverage", Short: "Print how the operations of each area are served", Args: noArgs,
		Long: "Print, per Graph version and area, how many operations have rules of their own, how many follow\nthe general rules alone, and how many are refused.",
		RunE: func(c *cobra.Command, _ []string) error {
			areas, err := server.Coverage()
			if err != nil {
				return err
			}
			p := &printer{out: c.OutOrStdout()}
			printAreas(p, areas)
			return p.err
		},
	}
}

// printAreas prints the areas, and below those of a version their sum.
func printAreas(p *printer, areas []server.Area) {
	width := len("all areas")
	for _, a := range areas {
		width = max(width, len(a.Area))
	}
	row := func(version, area string, own, generic, refused any) {
		p.line("%-8s %-*s %8v %8v %8v", version, width, area, own, generic, refused)
	}
	row("version", "area", "own", "generic", "refused")
	var sum server.Area
	for i, a := range areas {
		row(a.Version, a.Area, a.Own, a.Generic, a.Refused)
		sum.Own, sum.Generic, sum.Refused = sum.Own+a.Own, sum.Generic+a.Generic, sum.Refused+a.Refused
		if i+1 == len(areas) || areas[i+1].Version != a.Version {
			row(a.Version, "all areas", sum.Own, sum.Generic, sum.Refused)
			sum = server.Area{}
		}
	}
}
