package command

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/server"
)

func newCA() *cobra.Command {
	var out string
	s := new(settings)
	c := &cobra.Command{
		Use: "ca", Short: "Print or write the CA certificate (PEM)", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := fromEnvironment(c.Flags()); err != nil {
				return err
			}
			if s.caDir == "" {
				return usagef("no folder for the CA: give --ca-dir, or ask the running server for /_fake/ca.pem")
			}
			pem, err := server.CACertificate(s.caDir, s.tlsNames)
			if err != nil {
				return err
			}
			return writeOut(c, out, pem)
		},
	}
	s.bindCA(c.Flags())
	c.Flags().StringVar(&out, "out", "", "file to write instead of standard output")
	return c
}

// writeOut writes a command's result to a file, or to standard output.
func writeOut(c *cobra.Command, file string, data []byte) error {
	if file == "" {
		_, err := c.OutOrStdout().Write(data)
		return err
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	return nil
}
