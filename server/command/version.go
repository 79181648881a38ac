package command

import (
	"runtime"

	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print version, commit, Go version and what is served", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			catalogue, err := openapi.Default()
			if err != nil {
				return err
			}
			b := server.BuildInfo()
			if b.Commit == "" {
				b.Commit = "unknown"
			}
			p := &printer{out: c.OutOrStdout()}
			p.line("fakegraph %s", b.Version)
			p.line("commit %s", b.Commit)
			p.line("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
			for _, v := range catalogue.Versions() {
				p.line("%s: %s", v.Name(), count(v.Len(), "operation"))
			}
			return p.err
		},
	}
}
