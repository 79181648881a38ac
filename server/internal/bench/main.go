// Command bench measures fakegraph against what this machine and net/http can
// do: each figure of the server is taken in turn with the same figure of a
// handler that does nothing but answer, and the ratio of the two is reported.
// Absolute figures of one machine say little; ratios of neighbours hold.
//
//	go run ./server/internal/bench [-quick] [-only REGEX] [-json FILE]
//
// It owns the goals (goal.go) and how they are measured; it changes nothing of
// the server and uses it as users do: over a socket, through NewTest, or as the
// binary. Servers run as child processes, so that their processor time can be
// read; the load generator runs here, over loopback only, bounded in time and
// connections. A missed goal is a line of the table, never an exit code; only
// what could not be measured is.
//
// Start reading at measures in measure.go, then pair.go.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"time"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == childArgument {
		if err := obey(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench child:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings are the command line.
type settings struct {
	rounds  int
	seconds float64
	conns   int
	only    *regexp.Regexp
	json    string
	quick   bool
}

func readSettings() (settings, error) {
	s := settings{}
	only := flag.String("only", "", "regular expression of the goals to measure, as in '^(1|3) '; matched against number and measure")
	flag.IntVar(&s.rounds, "rounds", 9, "pairs of subject and reference per ratio")
	flag.Float64Var(&s.seconds, "seconds", 2, "length of each half of a pair")
	flag.IntVar(&s.conns, "conns", 16, "keep-alive connections of the load generator")
	flag.StringVar(&s.json, "json", "", "write the rows to this file as JSON, too")
	flag.BoolVar(&s.quick, "quick", false, "fewer and shorter rounds, about a minute in all: for CI")
	flag.Parse()
	if s.quick {
		s.rounds, s.seconds = min(s.rounds, 5), min(s.seconds, 0.4)
	}
	if s.rounds < 1 || s.conns < 1 || s.conns > maxConns || s.seconds <= 0 || s.seconds > maxSeconds {
		return s, fmt.Errorf("want rounds from 1, conns from 1 to %d, seconds up to %d", maxConns, maxSeconds)
	}
	var err error
	s.only, err = regexp.Compile(*only)
	return s, err
}

func run() error {
	s, err := readSettings()
	if err != nil {
		return err
	}
	b, err := newBench(s)
	if err != nil {
		return err
	}
	defer b.close()
	rows, unmeasured := b.measure()
	if err := writeTable(os.Stdout, rows); err != nil {
		return err
	}
	if err := writeJSON(s.json, rows); err != nil {
		return err
	}
	return unmeasured
}

// half is how long one side of a pair is under load.
func (s *settings) half() time.Duration { return time.Duration(s.seconds * float64(time.Second)) }
