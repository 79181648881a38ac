package command

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/scenarios"
)

const (
	maxShown   = 50  // mistakes that are printed; the rest is counted
	maxExcerpt = 300 // letters of a line that is worth showing
)

// finding is one mistake as it is shown: a line, and for who
// checks a file the same with the line of the file that it is about. That line
// may hold anything, so it goes to the file's owner alone and into no log.
type finding struct{ line, excerpt string }

// report prints an error, one line for each mistake in it.
func report(stderr io.Writer, err error) {
	list := findings(err)
	if len(list) == 1 {
		list[0].line = "fakegraph: " + list[0].line
		list[0].excerpt = "fakegraph: " + list[0].excerpt
	} else {
		fmt.Fprintln(stderr, "fakegraph: mistakes to mend first:")
	}
	show(stderr, list)
}

// show prints mistakes, with excerpts on a terminal.
func show(w io.Writer, list []finding) { printFindings(w, list, terminal(w)) }

// showLines prints mistakes with excerpts wherever the output goes: for checks
// of files that their caller names, whose output is no log of a server.
func showLines(w io.Writer, list []finding) { printFindings(w, list, true) }

func printFindings(w io.Writer, list []finding, excerpts bool) {
	for i, f := range list {
		if i == maxShown {
			fmt.Fprintf(w, "and %d more\n", len(list)-i)
			return
		}
		if excerpts {
			fmt.Fprintln(w, f.excerpt)
		} else {
			fmt.Fprintln(w, f.line)
		}
	}
}

// findings takes an error apart: what was joined, and what documents have wrong.
func findings(err error) []finding {
	switch e := err.(type) {
	case nil:
		return nil
	case usageError:
		return findings(e.error)
	case *fixtures.Refusal:
		return fixtureFindings(e.Problems)
	case *scenarios.Refusal:
		return scenarioFindings(e.Problems)
	case interface{ Unwrap() []error }:
		var list []finding
		for _, part := range e.Unwrap() {
			list = append(list, findings(part)...)
		}
		return list
	}
	return []finding{{err.Error(), err.Error()}}
}

func fixtureFindings(problems []fixtures.Problem) []finding {
	list := make([]finding, len(problems))
	for i, p := range problems {
		list[i] = finding{p.String(), p.Excerpt()}
	}
	return list
}

func scenarioFindings(problems []scenarios.Problem) []finding {
	list := make([]finding, len(problems))
	for i, p := range problems {
		list[i] = finding{p.String(), p.String() + excerpt(p.File, p.Line, p.Column)}
	}
	return list
}

// excerpt is a line of a file with a caret under a column, each after a line
// break; "" when there is no such line.
func excerpt(file string, number, column int) string {
	f, err := os.Open(file)
	if err != nil || number < 1 {
		return ""
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for range number {
		if !lines.Scan() {
			return ""
		}
	}
	text, margin := []rune(strings.TrimRight(lines.Text(), "\r")), strconv.Itoa(number)
	if len(text) > maxExcerpt {
		return ""
	}
	shown := fmt.Sprintf("\n  %s | %s", margin, printable(string(text)))
	if column < 1 || column > len(text)+1 {
		return shown
	}
	return fmt.Sprintf("%s\n  %*s | %s^", shown, len(margin), "", blank(text[:column-1]))
}

// printable keeps what a terminal would take as a command from it.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '�'
		}
		return r
	}, text)
}

// blank is as wide as a text; tabs stay tabs.
func blank(text []rune) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, string(text))
}

// verdict is the error of a check that found mistakes and has printed them.
func verdict(mistakes int) error {
	if mistakes == 0 {
		return nil
	}
	return errors.New(count(mistakes, "mistake") + " found")
}
