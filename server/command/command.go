// Package command is the fakegraph command line: one file per subcommand, the
// settings that serve takes, help, and exit codes. What the commands do lives
// in package server and in the data packages; it must know nothing of HTTP
// beyond asking a running server. Start reading at [Run], then settings.go
// (flags, environment, file) and serve.go.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes: 0 after SIGINT or SIGTERM too, 1 failed, 2 bad usage.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// Run runs the command with its arguments and returns the exit code. What went
// wrong is one clear line on stderr, or one for each mistake.
func Run(args []string, stdout, stderr io.Writer) int {
	return run(context.Background(), args, stdout, stderr)
}

// run is [Run] with a context whose end is a signal to stop.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	c, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	report(stderr, err)
	if !errors.As(err, new(usageError)) {
		return exitFailed
	}
	fmt.Fprintf(stderr, "Run '%s --help' for what can be said.\n", c.CommandPath())
	return exitUsage
}

// usageError marks a mistake in what was said, on the command line, in the
// environment or in the settings file, as opposed to one in what was found.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// usage is one usage error of all mistakes, nil when there are none.
func usage(mistakes ...error) error {
	if len(mistakes) == 0 {
		return nil
	}
	return usageError{errors.Join(mistakes...)}
}

// The groups under which help shows the commands, in this order.
const (
	groupServer    = "server"
	groupDocuments = "documents"
	groupAbout     = "about"
)

func newRoot() *cobra.Command {
	root := newServe()
	root.Use = "fakegraph"
	root.Short = "A local fake of Microsoft Graph"
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddGroup(
		&cobra.Group{ID: groupServer, Title: "Server"},
		&cobra.Group{ID: groupDocuments, Title: "Documents"},
		&cobra.Group{ID: groupAbout, Title: "About this program"},
	)
	add := func(id string, subs ...*cobra.Command) {
		for _, sub := range subs {
			sub.GroupID = id
		}
		root.AddCommand(subs...)
	}
	add(groupServer, newServe(), newHealth(), newCA(), newToken())
	add(groupDocuments, newFixtures(), newScenarios(), newOpenAPI(), newPostman())
	add(groupAbout, newCoverage(), newPermissions(), newVersion())
	root.SetHelpCommand(newHelp())
	root.SetUsageFunc(showUsage)
	root.SetHelpFunc(showHelp)
	root.SetFlagErrorFunc(flagError)
	return root
}

// group is a command that only holds others.
func group(use, short string, subs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: noArgs, RunE: func(c *cobra.Command, _ []string) error {
		return usagef("%swant one of its commands: %s", said(c), oneOf(commandNames(c)))
	}}
	c.AddCommand(subs...)
	return c
}

// commandNames are the subcommands that help shows.
func commandNames(c *cobra.Command) []string {
	var list []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			list = append(list, sub.Name())
		}
	}
	slices.Sort(list)
	return list
}

// said names a command in front of a mistake; the program is named already.
func said(c *cobra.Command) string {
	if !c.HasParent() {
		return ""
	}
	return strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ") + ": "
}

// noArgs refuses arguments: a wrong subcommand, or a setting without its flag.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if c.HasAvailableSubCommands() {
		known := commandNames(c)
		return usagef("%sno command %q%s: known are %s", said(c), args[0], didYouMean(args[0], known), strings.Join(known, ", "))
	}
	return usagef("%stakes no argument, but got %q: what it can be told are flags, such as --%s", said(c), args[0], firstFlag(c))
}

// atLeastOne refuses to do nothing.
func atLeastOne(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("%sname one or more %s", said(c), what)
		}
		return nil
	}
}
