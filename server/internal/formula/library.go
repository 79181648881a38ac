package formula

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// function is one of the library. lifted ones work with single values, and so are
// called for each cell of a range. A function is written in Go, or defined by a
// formula; most are, because a line of text is a tenth of its code.
type function struct {
	name        string
	least, most int // how many arguments; most is -1 for any number
	lifted      bool
	do          func(c *call) Value
	defined     *definition
}

func (f *function) takes(n int) bool { return n >= f.least && (f.most < 0 || n <= f.most) }

// library is all functions by name, made at their first use.
var library = sync.OnceValue(func() map[string]*function {
	all := map[string]*function{}
	for _, table := range [][]function{controls, logicFunctions, lookups, countFunctions, mathFunctions, textFunctions, otherFunctions} {
		for i := range table {
			all[table[i].name] = &table[i]
		}
	}
	for _, u := range unaries {
		all[u.name] = &function{u.name, 1, 1, true, func(c *call) Value { return u.do(c.num(0)) }, nil}
	}
	for _, text := range []string{mathDefinitions, statisticDefinitions, chanceDefinitions, financeDefinitions, dateDefinitions, textDefinitions} {
		for line := range strings.Lines(text) {
			f := define(strings.TrimSpace(line))
			all[f.name] = f
		}
	}
	names := strings.Fields(otherNames)
	for i := 0; i < len(names); i += 2 {
		all[names[i]] = all[names[i+1]]
	}
	return all
})

// otherNames are names of functions that have another, too.
const otherNames = `STDEV STDEV.S STDEVP STDEV.P VAR VAR.S VARP VAR.P MODE MODE.SNGL RANK RANK.EQ PERCENTILE PERCENTILE.INC
QUARTILE QUARTILE.INC PERCENTRANK PERCENTRANK.INC COVAR COVARIANCE.P PEARSON CORREL FORECAST FORECAST.LINEAR NORMDIST NORM.DIST
NORMINV NORM.INV NORMSINV NORM.S.INV BINOMDIST BINOM.DIST POISSON POISSON.DIST EXPONDIST EXPON.DIST WEIBULL WEIBULL.DIST
GAMMADIST GAMMA.DIST GAMMAINV GAMMA.INV CRITBINOM BINOM.INV CHIDIST CHISQ.DIST.RT CHIINV CHISQ.INV.RT FDIST F.DIST.RT
FINV F.INV.RT TINV T.INV.2T LOGINV LOGNORM.INV CONFIDENCE CONFIDENCE.NORM ZTEST Z.TEST TTEST T.TEST FTEST F.TEST
CHITEST CHISQ.TEST BETAINV BETA.INV GAMMALN.PRECISE GAMMALN ERFC.PRECISE ERFC CONCATENATE CONCAT LEFTB LEFT RIGHTB RIGHT
MIDB MID LENB LEN FINDB FIND SEARCHB SEARCH REPLACEB REPLACE USDOLLAR DOLLAR ISO.CEILING CEILING.PRECISE ECMA.CEILING
CEILING.PRECISE YIELDDISC INTRATE`

// Check reports what is wrong with how a formula is written; functions must have
// as many arguments as they take.
func Check(text string) error {
	_, p, err := parse(text)
	for _, n := range p.calls {
		if f, known := library()[n.name]; known && !f.takes(len(n.args)) && err == nil {
			err = fmt.Errorf("the function %s does not take %d arguments", n.name, len(n.args))
		}
	}
	return err
}

// Known reports whether there is a function of a name.
func Known(name string) bool { return library()[name] != nil }

// definition is a function as a formula of its arguments:
//
//	NAME a b=0 x# | a>0,b>=0: formula
//
// The arguments are numbers; those with "=" may be left out. What the sign behind
// one says is: "?" any value, "!" a range or a value as it is, "#" the numbers of a
// range, "*" those of all arguments from here on, "+" these with texts and truths,
// "^" all that is in them, "@" all of a range as numbers, "~" the numbers that
// stand in the same places of two ranges. Where a condition behind "|" does not
// hold the result is #NUM!.
type definition struct {
	params []parameter
	guard  string
	text   string
	once   sync.Once
	checks []node
	body   node
}

// parameter is an argument of a definition.
type parameter struct {
	name     string
	kind     byte // 0 for a number
	standard float64
	optional bool
}

// define reads a definition.
func define(line string) *function {
	head, text, _ := strings.Cut(line, ": ")
	head, guard, _ := strings.Cut(head, " | ")
	words := strings.Fields(head)
	d := &definition{guard: guard, text: text}
	f := &function{name: words[0], lifted: true, defined: d}
	for _, word := range words[1:] {
		name, standard, optional := strings.Cut(word, "=")
		p := parameter{name: name[:1], optional: optional}
		p.standard, _ = strconv.ParseFloat(standard, 64)
		if len(name) > 1 {
			p.kind = name[1]
			p.optional = strings.HasSuffix(name, "-")
			f.lifted = f.lifted && p.kind == '?'
		}
		d.params = append(d.params, p)
		f.most++
		if !p.optional {
			f.least++
		}
		if strings.IndexByte("*+^", p.kind) >= 0 {
			f.most = -1
		}
	}
	return f
}

// parts are the conditions and the formula, read once.
func (d *definition) parts() ([]node, node) {
	d.once.Do(func() {
		d.body, _, _ = parse(d.text)
		if d.guard != "" {
			n, _, _ := parse("AND(" + d.guard + ")")
			d.checks = n.(*called).args
		}
	})
	return d.checks, d.body
}

// run calculates the formula of a definition.
func (d *definition) run(c *call) Value {
	s := *c.scope
	s.bound = nil
	checks, body := d.parts()
	for i, p := range d.params {
		s.bound = &binding{p.name, c.argument(i, p), s.bound}
	}
	if c.wrong != "" {
		return c.wrong
	}
	for _, check := range checks {
		if holds, wrong := asBool(s.single(check.eval(&s))); wrong != "" {
			return wrong
		} else if !holds {
			return ErrNumber
		}
	}
	return body.eval(&s)
}

// argument is an argument as a definition wants it.
func (c *call) argument(i int, p parameter) Value {
	switch p.kind {
	case 0:
		return c.or(i, p.standard)
	case '?', '!':
		return c.arg(i)
	case '#':
		return column(c.numbersOf(i))
	case '*':
		return column(c.numbers(i))
	case '~':
		return column(c.pairs(i))
	}
	return c.collected(i, p.kind)
}

// column is numbers as a matrix; of none nothing.
//
//go:noinline
func column(all []float64) Value {
	m := &Matrix{len(all), 1, nil}
	for _, n := range all {
		m.Cells = append(m.Cells, n)
	}
	return m.orNone()
}

//go:noinline
func (m *Matrix) orNone() Value {
	if len(m.Cells) == 0 {
		return Missing{}
	}
	m.Rows, m.Columns = len(m.Cells)/max(1, m.Columns), max(1, m.Columns)
	return m
}

// collected are the values of an argument, or of all from it on, in a column.
func (c *call) collected(i int, kind byte) Value {
	m := &Matrix{Columns: 1}
	last := c.count() - 1
	if kind == '@' {
		last = i
	}
	for ; i <= last; i++ {
		c.each(i, func(v Value, cell bool) {
			if v == nil || v == (Missing{}) {
				return
			}
			if e, is := v.(Error); is {
				c.fail(e)
			}
			if kind != '^' {
				n, wrong := asNumber(v)
				if wrong != "" && kind == '@' {
					c.fail(wrong)
				}
				v = n
			}
			m.Cells = append(m.Cells, v)
		})
	}
	return m.orNone()
}

// pairs are the numbers of an argument that have one in the same place of the next
// or, where that is its second, of the one before.
func (c *call) pairs(i int) (all []float64) {
	other := i + 1
	if other >= c.count() {
		other = i - 1
	}
	a, b := c.grid(i), c.grid(other)
	if a.Rows*a.Columns != b.Rows*b.Columns {
		c.fail(ErrNA)
		return nil
	}
	rows, columns := a.used()
	for k := range rows * columns {
		at := k/columns*a.Columns + k%columns
		x, okX := a.at(at/a.Columns, at%a.Columns).(float64)
		_, okY := b.at(at/b.Columns, at%b.Columns).(float64)
		if okX && okY {
			all = append(all, x)
		}
	}
	return all
}

// unary is a function of one number.
type unary struct {
	name string
	do   func(float64) float64
}

var unaries = []unary{
	{"ABS", math.Abs}, {"SQRT", math.Sqrt}, {"INT", whole}, {"EXP", math.Exp}, {"LN", math.Log}, {"LOG10", math.Log10},
	{"SIN", math.Sin}, {"COS", math.Cos}, {"SINH", math.Sinh}, {"TANH", math.Tanh}, {"ASINH", math.Asinh}, {"ATANH", math.Atanh},
	{"GAMMALN", logGamma},
}

func whole(x float64) float64 { return math.Floor(Number(x)) }
