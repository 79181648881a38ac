// Package command is the fakegraph command line: one file per subcommand, the
// settings that serve takes, and exit codes. What the commands do lives in
// package server and in the data packages. Start reading at [Run].
package command

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// Exit codes; design: 0 after SIGINT or SIGTERM, 1 failed, 2 bad usage.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// Run runs the command with its arguments and returns the exit code. A mistake
// is one clear text on stderr.
func Run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	if err == nil {
		return exitOK
	}
	fmt.Fprintf(stderr, "fakegraph: %v\n", err)
	var usage usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(stderr, "Run 'fakegraph --help' for what can be said.")
		return exitUsage
	}
	return exitFailed
}

// usageError marks a mistake in what was typed, as opposed to one in what was
// found.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func newRoot() *cobra.Command {
	root := newServe()
	root.Use = "fakegraph"
	root.Short = "A local fake of Microsoft Graph"
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	serve := newServe()
	serve.Use = "serve"
	root.AddCommand(serve, newHealth(), newCA(), newToken(), newOpenAPI(), newFixtures(), newScenarios(), newCoverage(), newVersion())
	usageErrors(root)
	return root
}

// usageErrors marks what cobra finds wrong with flags and arguments.
func usageErrors(c *cobra.Command) {
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return usageError{err}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		usageErrors(sub)
	}
}

// group is a command that only holds others.
func group(use, short string, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return usagef("%s: want one of its commands; see 'fakegraph %s --help'", c.Name(), c.Name())
	}}
	c.AddCommand(subs...)
	return c
}
