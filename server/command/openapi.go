package command

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/openapi"
)

func newOpenAPI() *cobra.Command {
	return group("openapi", "Write, list or check OpenAPI documents",
		newOpenAPIExport(), newOpenAPIList(), newOpenAPICheck())
}

// versionFlag declares --version and returns a way to the version it names.
func versionFlag(c *cobra.Command) func() (*openapi.Version, error) {
	name := c.Flags().String("version", "v1.0", "Graph `VERSION`: v1.0 or beta")
	return func() (*openapi.Version, error) {
		catalogue, err := openapi.Default()
		if err != nil {
			return nil, err
		}
		if v := catalogue.Version(*name); v != nil {
			return v, nil
		}
		return nil, usagef("--version %q: want v1.0 or beta", *name)
	}
}

func newOpenAPIExport() *cobra.Command {
	var path, out string
	c := &cobra.Command{Use: "export", Short: "Write the OpenAPI document of a version, or of one path", Args: noArgs}
	version := versionFlag(c)
	c.Flags().StringVar(&path, "path", "", "one `PATH` such as /users/{id}; all when empty")
	bindOut(c, &out)
	c.RunE = func(c *cobra.Command, _ []string) error {
		v, err := version()
		if err != nil {
			return err
		}
		data, err := v.Document(path)
		if err != nil {
			return err
		}
		return writeOut(c, out, data)
	}
	return c
}

func newOpenAPIList() *cobra.Command {
	c := &cobra.Command{Use: "list", Short: "List operations and the permissions that would just do", Args: noArgs}
	version := versionFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		v, err := version()
		if err != nil {
			return err
		}
		p := &printer{out: c.OutOrStdout()}
		for op := range v.Operations() {
			p.line("%-6s %s  [%s]", op.Method, op.Template, needs(op))
		}
		return p.err
	}
	return c
}

// needs names the least privileged permission of each scheme, and whether that
// is documented.
func needs(op *openapi.Operation) string {
	var parts []string
	for _, scheme := range []string{"DelegatedWork", "DelegatedPersonal", "Application"} {
		if list := op.Permissions(scheme); len(list) > 0 {
			parts = append(parts, scheme+" "+list[0])
		}
	}
	return strings.Join(append(parts, op.PermissionSource()), ", ")
}

func newOpenAPICheck() *cobra.Command {
	return &cobra.Command{
		Use: "check FILE…", Short: "Check OpenAPI documents of your own", Args: atLeastOne("files"),
		RunE: func(c *cobra.Command, files []string) error {
			mistakes := 0
			for _, file := range files {
				mistakes += checkOpenAPI(c, file)
			}
			return verdict(mistakes)
		},
	}
}

// checkOpenAPI prints what is wrong with one document and counts it.
func checkOpenAPI(c *cobra.Command, file string) int {
	data, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintf(c.ErrOrStderr(), "%s: %v\n", file, cause(err))
		return 1
	}
	problems := openapi.Check(file, data)
	list := make([]finding, len(problems))
	for i, p := range problems {
		list[i] = finding{p.String(), p.String() + excerpt(p.File, p.Line, p.Column)}
	}
	show(c.ErrOrStderr(), list)
	if len(problems) == 0 {
		fmt.Fprintf(c.OutOrStdout(), "%s: no mistakes\n", file)
	}
	return len(problems)
}
