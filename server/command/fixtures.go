package command

import (
	"fmt"
	"net/url"

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
		Use: "validate NAME…", Short: "Check built-in sets, files or folders", Args: atLeastOne("built-in sets, files or folders"),
		RunE: func(c *cobra.Command, names []string) error {
			catalogue, err := openapi.Default()
			if err != nil {
				return err
			}
			mistakes := 0
			for _, name := range names {
				mistakes += validateFixtures(c, catalogue, name)
			}
			return verdict(mistakes)
		},
	}
}

// validateFixtures prints what is wrong with one name and counts it.
func validateFixtures(c *cobra.Command, catalogue *openapi.Catalogue, name string) int {
	documents, problems, err := fixtures.Load(name)
	if err != nil {
		fmt.Fprintln(c.ErrOrStderr(), err)
		return 1
	}
	for _, d := range documents {
		problems = append(problems, d.Check(catalogue)...)
	}
	show(c.ErrOrStderr(), findings(fixtures.Refuse(problems)))
	if len(problems) == 0 {
		fmt.Fprintf(c.OutOrStdout(), "%s: %s, no mistakes\n", name, count(len(documents), "document"))
	}
	return len(problems)
}

func newFixturesExport() *cobra.Command {
	var at running
	var out, format, version string
	c := &cobra.Command{
		Use: "export", Short: "Write a running server's state as a fixture file", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if format != "yaml" && format != "json" {
				return usagef("--format %q: want yaml or json", format)
			}
			query := url.Values{"format": {format}}
			if version != "" {
				query.Set("version", version)
			}
			data, err := at.get(c.Context(), "/_fake/fixtures?"+query.Encode())
			if err != nil {
				return err
			}
			return writeOut(c, out, data)
		},
	}
	at.bind(c)
	bindOut(c, &out)
	c.Flags().StringVar(&at.tenant, "tenant", "", "tenant `ID`; the default tenant when empty")
	c.Flags().StringVar(&format, "format", "yaml", "`FORMAT` yaml or json")
	c.Flags().StringVar(&version, "version", "", "Graph `VERSION` whose schema the file is for; beta when empty")
	return c
}
