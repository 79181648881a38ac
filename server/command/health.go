package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func newHealth() *cobra.Command {
	var at running
	c := &cobra.Command{
		Use: "health", Short: "Exit 0 when a running server answers", Args: noArgs,
		Long: "Exit 0 when a running server answers, 1 when none does. A container's health check needs no\nother program.",
		RunE: func(c *cobra.Command, _ []string) error {
			body, err := at.get(c.Context(), "/_fake/health")
			if err == nil {
				fmt.Fprintln(c.OutOrStdout(), strings.TrimSpace(string(body)))
			}
			return err
		},
	}
	at.bind(c)
	return c
}
