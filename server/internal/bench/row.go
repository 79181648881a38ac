package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"text/tabwriter"
)

// row is one line of the table: a goal and what was found.
type row struct {
	goal
	Value   samples `json:"samples"`
	CPU     float64 `json:"cpuRatio,omitempty"` // median of the rounds; 0 where it was not or cannot be taken
	Note    string  `json:"note,omitempty"`     // absolute figures, for the order of magnitude
	Verdict string  `json:"verdict"`
}

func newRow(g goal, value samples, note string, args ...any) row {
	r := row{goal: g, Value: value, Note: fmt.Sprintf(note, args...)}
	r.Verdict = r.verdict()
	return r
}

// samples are the figures of the rounds.
type samples []float64

// quantile is the figure below which a part of the samples lies; 0 for none.
func (s samples) quantile(part float64) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	at := part * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

func (s samples) median() float64 { return s.quantile(0.5) }

// String is the median with the quartiles.
func (s samples) String() string {
	if len(s) < 2 {
		return figure(s.median())
	}
	return fmt.Sprintf("%s (%s-%s)", figure(s.median()), figure(s.quantile(0.25)), figure(s.quantile(0.75)))
}

// figure writes a number with three digits that count.
func figure(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v < 1:
		return strconv.FormatFloat(v, 'f', 3, 64)
	case v < 100:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// text writes limits as they are read: a bound, and one for processor time.
func (g *goal) text(l limits) string {
	sign := "<= "
	if g.upward() {
		sign = ">= "
	}
	text := sign + figure(l.Value)
	if l.CPU > 0 {
		text += ", CPU <= " + figure(l.CPU)
	}
	return text
}

func writeTable(out io.Writer, rows []row) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "goal\tmeasure\tunit\tmedian (quartiles)\tCPU\tgate\taim\tverdict\tnote")
	for _, r := range rows {
		cpu := "-"
		if r.CPU > 0 {
			cpu = figure(r.CPU)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			r.Number, r.Measure, r.Unit, r.Value, cpu, r.text(r.Gate), r.text(r.Aim), r.Verdict, r.Note)
	}
	return w.Flush()
}

func writeJSON(file string, rows []row) error {
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
