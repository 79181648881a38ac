package formula

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

// sheets is a book for tests: cells by address, "=" in front of formulas.
type sheets struct {
	cells map[string]map[[2]int]any
	names map[string]string
	table map[string]Table
	used  map[string]Area // found once
	last  Value           // of all formulas
}

func (b sheets) Used(sheet string) (Area, bool) {
	held, there := b.cells[strings.ToLower(sheet)]
	a, known := b.used[strings.ToLower(sheet)]
	if known {
		return a, true
	}
	for at := range held {
		if one := (Area{at[0], at[1], 1, 1}); a.Rows == 0 {
			a = one
		} else {
			a = a.Bounding(one)
		}
	}
	if there {
		b.used[strings.ToLower(sheet)] = a
	}
	return a, there
}

func (b sheets) Cell(sheet string, row, column int) (Value, string) {
	v := b.cells[strings.ToLower(sheet)][[2]int{row, column}]
	if t, is := v.(string); is && strings.HasPrefix(t, "=") {
		return b.last, t
	}
	if n, is := v.(int); is {
		return float64(n), ""
	}
	return v, ""
}

func (b sheets) Name(_, name string) (string, bool) {
	text, known := b.names[strings.ToLower(name)]
	return text, known
}

func (b sheets) Table(name string, at Ref) (Table, bool) {
	for known, t := range b.table {
		if fold(known, name) || name == "" && at.Common(t.Area).Rows > 0 {
			return t, true
		}
	}
	return Table{}, false
}

func (b sheets) Sheets() []string { return []string{"Sheet1", "My data"} }
func (b sheets) Now() time.Time   { return time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC) }
func (b sheets) Random() float64  { return 0.25 }

// bookOf places rows of values at the first cell of Sheet1.
func bookOf(rows ...[]any) sheets {
	b := sheets{cells: map[string]map[[2]int]any{"sheet1": {}, "my data": {}}, names: map[string]string{}, table: map[string]Table{}, used: map[string]Area{}}
	for i, row := range rows {
		for j, v := range row {
			if v != nil {
				b.cells["sheet1"][[2]int{i, j}] = v
			}
		}
	}
	return b
}

// shown writes a value for comparing.
func shown(v Value) string {
	switch v := v.(type) {
	case float64:
		return plain(v)
	case string:
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprint(v)
}

// calculate is a formula's value in a cell that nothing else is in.
func calculate(b sheets, text string) Value {
	return New(b).Formula(Ref{"Sheet1", Area{20, 20, 1, 1}}, text)
}

type calculated struct{ formula, want string }

func check(t *testing.T, b sheets, tests []calculated) {
	t.Helper()
	for _, test := range tests {
		got := calculate(b, test.formula)
		if n, is := got.(float64); is && close(n, test.want) {
			continue
		}
		if s := shown(got); s != test.want {
			t.Errorf("%s: %s, want %s", test.formula, s, test.want)
		}
	}
}

// close reports whether a number is the wanted one as far as that is written.
func close(n float64, want string) bool {
	w, ok := ParseNumber(want)
	if !ok {
		return false
	}
	_, digits, point := strings.Cut(want, ".")
	if !point || strings.ContainsAny(want, "eE") {
		return math.Abs(n-w) <= 1e-6*math.Abs(w)
	}
	return math.Abs(n-w) <= 0.6*math.Pow(10, -float64(len(digits)))
}
