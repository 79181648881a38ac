package command

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const (
	groupKey   = "group" // annotation of a flag: the heading under which help shows it
	otherFlags = "Flags" // heading of flags without one
	helpWidth  = 100     // columns
)

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Tell more about a command", GroupID: groupAbout,
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err == nil {
				err = noArgs(found, rest)
			}
			if err != nil {
				return err
			}
			return found.Help()
		},
	}
}

// showHelp prints what a command is for and what can be said to it.
func showHelp(c *cobra.Command, _ []string) {
	fmt.Fprintf(c.OutOrStdout(), "%s\n\n", cmp.Or(c.Long, c.Short))
	_ = showUsage(c)
}

// showUsage prints usage, subcommands and flags, each under its heading.
func showUsage(c *cobra.Command) error {
	p := &printer{out: c.OutOrStdout()}
	p.line("Usage:")
	if c.Runnable() && !(c.HasAvailableSubCommands() && c.HasParent()) {
		p.line("  %s", c.UseLine())
	}
	if c.HasAvailableSubCommands() {
		p.line("  %s COMMAND", c.CommandPath())
	}
	showCommands(p, c)
	showFlags(p, c.LocalFlags())
	if c.HasAvailableSubCommands() {
		p.line("")
		p.line("'%s COMMAND --help' tells more about a command.", c.CommandPath())
	}
	return p.err
}

// showCommands prints the subcommands by group.
func showCommands(p *printer, c *cobra.Command) {
	groups := c.Groups()
	if len(groups) == 0 {
		groups = []*cobra.Group{{Title: "Commands"}}
	}
	for _, g := range groups {
		first := true
		for _, sub := range c.Commands() {
			if sub.GroupID != g.ID || !sub.IsAvailableCommand() {
				continue
			}
			if first {
				p.line("")
				p.line("%s:", g.Title)
				first = false
			}
			p.line("  %-10s %s", sub.Name(), sub.Short)
		}
	}
}

// showFlags prints flags by group; those of one group stand as they were
// declared.
func showFlags(p *printer, flags *pflag.FlagSet) {
	var order []string
	groups := map[string]*pflag.FlagSet{}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" {
			return
		}
		name := otherFlags
		if in := f.Annotations[groupKey]; len(in) > 0 {
			name = in[0]
		}
		if groups[name] == nil {
			groups[name] = pflag.NewFlagSet(name, pflag.ContinueOnError)
			groups[name].SortFlags = false
			order = append(order, name)
		}
		groups[name].AddFlag(f)
	})
	for _, name := range order {
		p.line("")
		p.line("%s:", name)
		p.line("%s", strings.TrimRight(groups[name].FlagUsagesWrapped(helpWidth), "\n"))
	}
}

// flagError words what is wrong with a flag, with the nearest one that exists.
func flagError(c *cobra.Command, err error) error {
	if unknown := new(pflag.NotExistError); errors.As(err, &unknown) {
		dashes := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dashes = "-"
		}
		return usagef("%sno flag %s%s%s", said(c), dashes, unknown.GetSpecifiedName(),
			didYouMean("--"+unknown.GetSpecifiedName(), flagNames(c)))
	}
	return usagef("%s%w", said(c), err)
}

func flagNames(c *cobra.Command) []string {
	var list []string
	c.Flags().VisitAll(func(f *pflag.Flag) { list = append(list, "--"+f.Name) })
	slices.Sort(list)
	return list
}

// firstFlag is a flag to show as an example: the one for files where there is
// such.
func firstFlag(c *cobra.Command) string {
	if c.Flags().Lookup("fixtures") != nil {
		return "fixtures NAME"
	}
	name := "help"
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if name == "help" {
			name = f.Name
		}
	})
	return name
}
