package command

import (
	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/server"
)

func newCoverage() *cobra.Command {
	return &cobra.Command{
		Use: "coverage", Short: "Print how the operations of each area are served", Args: noArgs,
		Long: "Print, per Graph version and area, how many operations have rules of their own, how many read, write\n" +
			"and link by the general rules alone (crud), how many are actions and functions whose result only fits\n" +
			"their description (generic), and how many are refused whatever the state.",
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
	row := func(version, area string, counts ...any) {
		p.line("%-8s %-*s %8v %8v %8v %8v", append([]any{version, width, area}, counts...)...)
	}
	row("version", "area", "own", "crud", "generic", "refused")
	var sum server.Area
	for i, a := range areas {
		row(a.Version, a.Area, a.Own, a.GenericCRUD, a.GenericOperation, a.Refused)
		sum.Add(a)
		if i+1 == len(areas) || areas[i+1].Version != a.Version {
			row(a.Version, "all areas", sum.Own, sum.GenericCRUD, sum.GenericOperation, sum.Refused)
			sum = server.Area{}
		}
	}
}
