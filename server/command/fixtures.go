package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/openapi"
)

func newFixtures() *cobra.Command {
	return group("fixtures", "Check fixture files, or write a running server's state as one",
		newFixturesValidate(), newFixturesExport())
}

func newFixturesValidate() *cobra.Command {
	return &cobra.Command{
		Use: "validate NAME…", Short: "Check built-in sets, files or folders", Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, names []string) error {
			catalogue, err := openapi.Default()
			if err != nil {
				return err
			}
			mistakes := 0
			for _, name := range names {
				n, err := validateFixtures(c, catalogue, name)
				if err != nil {
					return err
				}
				mistakes += n
			}
			return verdict(mistakes)
		},
	}
}

func validateFixtures(c *cobra.Command, catalogue *openapi.Catalogue, name string) (int, error) {
	documents, problems, err := fixtures.Load(name)
	if err != nil {
		return 0, err
	}
	for _, d := range documents {
		problems = append(problems, d.Check(catalogue)...)
	}
	for _, p := range problems {
		fmt.Fprintln(c.ErrOrStderr(), p)
	}
	if len(problems) == 0 {
		fmt.Fprintf(c.OutOrStdout(), "%s: %s, no mistakes\n", name, count(len(documents), "document"))
	}
	return len(problems), nil
}

// verdict is the error of a check that found mistakes and has printed them.
func verdict(mistakes int) error {
	if mistakes == 0 {
		return nil
	}
	return errors.New(count(mistakes, "mistake") + " found")
}

func newFixturesExport() *cobra.Command {
	var url, out, tenant, format string
	c := &cobra.Command{
		Use: "export", Short: "Write a running server's state as a fixture file", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if format != "yaml" && format != "json" {
				return usagef("--format %q: want yaml or json", format)
			}
			data, err := askTenant(c.Context(), url+"/_fake/fixtures?format="+format, tenant)
			if err != nil {
				return err
			}
			return writeOut(c, out, data)
		},
	}
	c.Flags().StringVar(&url, "url", runningURL(), "the running server")
	c.Flags().StringVar(&out, "out", "", "file to write instead of standard output")
	c.Flags().StringVar(&tenant, "tenant", "", "tenant; the default one when empty")
	c.Flags().StringVar(&format, "format", "yaml", "yaml or json")
	return c
}
