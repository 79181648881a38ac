package odata

import (
	"math"
	"slices"
	"testing"
	"time"
)

var literalTrees = []treeCase{
	// words
	{"a eq null or a eq NULL", "(or (eq a null) (eq a null))", "a eq null or a eq null"},
	{"a eq true or a eq False", "(or (eq a true) (eq a false))", "a eq true or a eq false"},
	{"true/x eq 1", "(eq true/x int64:1)", ""},
	{"nullable eq 1", "(eq nullable int64:1)", ""},
	// numbers
	{"a eq 0", "(eq a int64:0)", ""},
	{"a eq -5", "(eq a int64:-5)", ""},
	{"a eq +5", "(eq a int64:+5)", ""},
	{"a eq 007", "(eq a int64:007)", ""},
	{"a eq 9223372036854775807", "(eq a int64:9223372036854775807)", ""},
	{"a eq -9223372036854775808", "(eq a int64:-9223372036854775808)", ""},
	{"a eq 9223372036854775808", "(eq a decimal:9223372036854775808)", ""},
	{"a eq 1.5", "(eq a decimal:1.5)", ""},
	{"a eq -0.50", "(eq a decimal:-0.50)", ""},
	{"a eq 1e5", "(eq a double:1e5)", ""},
	{"a eq 1.5E-3", "(eq a double:1.5E-3)", ""},
	{"a eq 1e+3", "(eq a double:1e+3)", ""},
	{"a eq INF or a eq -INF or a eq NaN", "(or (or (eq a double:INF) (eq a double:-INF)) (eq a double:NaN))", ""},
	{"a eq inf", "(eq a inf)", ""},
	// strings
	{"a eq ''", `(eq a "")`, ""},
	{"a eq 'O''Neil'", `(eq a "O'Neil")`, ""},
	{"a eq ''''", `(eq a "'")`, ""},
	{`a eq 'a,b)(;&=+/$@"\'`, `(eq a "a,b)(;&=+/$@\"\\")`, ""},
	{"a eq 'ünïcødé €'", `(eq a "ünïcødé €")`, ""},
	// GUIDs
	{"a eq 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2c8e", "(eq a guid:6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2c8e)", ""},
	{"a eq ABCDEF01-8d0b-4c47-a5a3-1f6a6a2f2c8e", "(eq a guid:ABCDEF01-8d0b-4c47-a5a3-1f6a6a2f2c8e)", ""},
	// dates and times
	{"a eq 2024-02-29", "(eq a date:2024-02-29)", ""},
	{"a eq 0000-01-01", "(eq a date:0000-01-01)", ""},
	{"a eq -0001-12-31", "(eq a date:-0001-12-31)", ""},
	{"a eq 12024-01-01", "(eq a date:12024-01-01)", ""},
	{"a eq 23:59", "(eq a timeofday:23:59)", ""},
	{"a eq 23:59:60", "(eq a timeofday:23:59:60)", ""},
	{"a eq 07:00:00.123456789012", "(eq a timeofday:07:00:00.123456789012)", ""},
	{"a eq 2024-01-01T00:00:00Z", "(eq a datetimeoffset:2024-01-01T00:00:00Z)", ""},
	{"a eq 2024-01-01t00:00z", "(eq a datetimeoffset:2024-01-01t00:00z)", ""},
	{"a eq 2024-01-01T00:00:00.1234567+02:00", "(eq a datetimeoffset:2024-01-01T00:00:00.1234567+02:00)", ""},
	{"a eq 2024-01-01T00:00-08:00", "(eq a datetimeoffset:2024-01-01T00:00-08:00)", ""},
	// quoted with a prefix
	{"a eq duration'P1DT2H3M4.5S'", "(eq a duration:P1DT2H3M4.5S)", ""},
	{"a eq Duration'-PT0.000001S'", "(eq a duration:-PT0.000001S)", "a eq duration'-PT0.000001S'"},
	{"a eq duration'P99999999999D'", "(eq a duration:P99999999999D)", ""},
	{"a eq binary''", "(eq a binary:)", ""},
	{"a eq binary'AQI'", "(eq a binary:AQI)", ""},
	{"a eq binary'-_-_'", "(eq a binary:-_-_)", ""},
	{"a eq BINARY'AQ=='", "(eq a binary:AQ==)", "a eq binary'AQ=='"},
	{"a eq geography'SRID=0;Point(1 2)'", "(eq a geography:SRID=0;Point(1 2))", ""},
	{"a eq geometry'SRID=0;LineString(1 2,3 4)'", "(eq a geometry:SRID=0;LineString(1 2,3 4))", ""},
	{"a eq microsoft.graph.importance'high'", "(eq a microsoft.graph.importance:high)", ""},
	{"a eq ns.flags'a, b,4,-1'", "(eq a ns.flags:a, b,4,-1)", ""},
}

var literalMistakes = []mistakeCase{
	{"a eq guid'6fcb1a2e'", "literal position 5: guid'6fcb1a2e' is not a valid literal"},
	{"a eq 12x", "literal position 5: 12x is not a valid literal"},
	{"a eq 1.x", `syntax position 6: "." does not belong here`},
	{"a eq 1.", `syntax position 6: "." does not belong here`},
	{"a eq 1e", "literal position 5: 1e is not a valid literal"},
	{"a eq 1_000", "literal position 5: 1_000 is not a valid literal"},
	{"a eq .5", `expected position 5: expected an expression, found "."`},
	{"a eq 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2c8", "literal position 5: 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2c8 is not a valid literal"},
	{"a eq 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2c8e0", "literal position 5: 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2c8e0 is not a valid literal"},
	{"a eq 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2cg8", "literal position 5: 6fcb1a2e-8d0b-4c47-a5a3-1f6a6a2f2cg8 is not a valid literal"},
	{"a eq 6fcb1a2e-8d0b-4c47-a5a351f6a6a2f2c8e", "literal position 5: 6fcb1a2e-8d0b-4c47-a5a351f6a6a2f2c8e is not a valid literal"},
	{"a eq 2023-02-29", "literal position 5: 2023-02-29 is not a valid literal"},
	{"a eq 2024-13-01", "literal position 5: 2024-13-01 is not a valid literal"},
	{"a eq 2024-00-01", "literal position 5: 2024-00-01 is not a valid literal"},
	{"a eq 2024-01-00", "literal position 5: 2024-01-00 is not a valid literal"},
	{"a eq 2024-1-1", "literal position 5: 2024-1-1 is not a valid literal"},
	{"a eq 1234567-01-01", "literal position 5: 1234567-01-01 is not a valid literal"},
	{"a eq 02024-01-01", "literal position 5: 02024-01-01 is not a valid literal"},
	{"a eq 2024-01-01T24:00:00Z", "literal position 5: 2024-01-01T24:00:00Z is not a valid literal"},
	{"a eq 2024-01-01T00:60:00Z", "literal position 5: 2024-01-01T00:60:00Z is not a valid literal"},
	{"a eq 2024-01-01T00:00:00", `datetime position 5: 2024-01-01T00:00:00 has no time zone (add "Z" or an offset; a "+" in a URL is written %2B)`},
	{"a eq 2024-01-01T00:00:00.5 and b", `datetime position 5: 2024-01-01T00:00:00.5 has no time zone (add "Z" or an offset; a "+" in a URL is written %2B)`},
	{"a eq 2024-01-01T00:00:00 02:00", `datetime position 5: 2024-01-01T00:00:00 has no time zone (add "Z" or an offset; a "+" in a URL is written %2B)`},
	{"a eq 2024-01-01T00:00:00+2", "literal position 5: 2024-01-01T00:00:00+2 is not a valid literal"},
	{"a eq 2024-01-01T00:00:00.1234567890123Z", "literal position 5: 2024-01-01T00:00:00.1234567890123Z is not a valid literal"},
	{"a eq 2024-01-01T00:00:00Zx", "literal position 5: 2024-01-01T00:00:00Zx is not a valid literal"},
	{"a eq 24:00", `syntax position 7: ":" does not belong here`},
	{"a eq 12:30:61", `syntax position 10: ":" does not belong here`},
	{"a eq duration'P'", "literal position 5: duration'P' is not a valid literal"},
	{"a eq duration'PT'", "literal position 5: duration'PT' is not a valid literal"},
	{"a eq duration'1H'", "literal position 5: duration'1H' is not a valid literal"},
	{"a eq duration'P1H'", "literal position 5: duration'P1H' is not a valid literal"},
	{"a eq duration'PT1S1M'", "literal position 5: duration'PT1S1M' is not a valid literal"},
	{"a eq duration'P1.5D'", "literal position 5: duration'P1.5D' is not a valid literal"},
	{"a eq duration''", "literal position 5: duration'' is not a valid literal"},
	{"a eq duration'PT1H", "unterminated position 5: quote is never closed (double a quote within a text)"},
	{"a eq binary'!'", "literal position 5: binary'!' is not a valid literal"},
	{"a eq binary'A'", "literal position 5: binary'A' is not a valid literal"},
	{"a eq binary'AQID+/=='", "literal position 5: binary'AQID+/==' is not a valid literal"},
	{"a eq geography''", "literal position 5: geography'' is not a valid literal"},
	{"a eq ns.t''", "literal position 5: ns.t'' is not a valid literal"},
	{"a eq ns.t'a b'", "literal position 5: ns.t'a b' is not a valid literal"},
	{"a eq ns.t'a,,b'", "literal position 5: ns.t'a,,b' is not a valid literal"},
	{"a eq ns.t'1a'", "literal position 5: ns.t'1a' is not a valid literal"},
}

func TestLiteral(t *testing.T) {
	checkTrees(t, literalTrees, ParseFilter, dump, Print)
	checkMistakes(t, literalMistakes, ParseFilter)
}

func parseLiteral(t *testing.T, text string) *Literal {
	t.Helper()
	e, err := ParseValue(text)
	if err != nil {
		t.Fatal(display(err))
	}
	return e.(*Literal)
}

func TestLiteralTime(t *testing.T) {
	cases := map[string]string{
		"2024-02-29":                        "2024-02-29T00:00:00Z",
		"2024-01-01T00:00:00Z":              "2024-01-01T00:00:00Z",
		"2024-01-01t00:30z":                 "2024-01-01T00:30:00Z",
		"2024-01-01T00:00:00.1234567+02:00": "2024-01-01T00:00:00.1234567+02:00",
		"2024-01-01T00:00:00-08:30":         "2024-01-01T00:00:00-08:30",
		"2024-01-01T00:00:00.123456789999Z": "2024-01-01T00:00:00.123456789Z",
		"2016-12-31T23:59:60Z":              "2017-01-01T00:00:00Z",
	}
	for text, want := range cases {
		got, ok := parseLiteral(t, text).Time()
		if s := got.Format(time.RFC3339Nano); !ok || s != want {
			t.Errorf("%s: %s, want %s", text, s, want)
		}
	}
	if got, _ := parseLiteral(t, "-0001-12-31").Time(); got.Year() != -1 {
		t.Errorf("year %d", got.Year())
	}
	if _, ok := parseLiteral(t, "'2024-01-01'").Time(); ok {
		t.Error("a string is no date")
	}
}

func TestLiteralDuration(t *testing.T) {
	cases := map[string]struct {
		want time.Duration
		ok   bool
	}{
		"duration'P1DT2H3M4.5S'":             {26*time.Hour + 3*time.Minute + 4500*time.Millisecond, true},
		"'-PT0.000001S'":                     {-time.Microsecond, true},
		"duration'p1d'":                      {24 * time.Hour, true},
		"duration'P106751D'":                 {106751 * 24 * time.Hour, true},
		"duration'P106752D'":                 {0, false},
		"duration'P9223372036854775808D'":    {0, false},
		"duration'P106751DT99999999999999H'": {0, false},
		"'x'":                                {0, false},
		"5":                                  {0, false},
	}
	for text, c := range cases {
		got, ok := parseLiteral(t, text).Duration()
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s: %v, %v", text, got, ok)
		}
	}
}

func TestLiteralValues(t *testing.T) {
	if n, ok := parseLiteral(t, "+007").Int64(); !ok || n != 7 {
		t.Errorf("+007: %d, %v", n, ok)
	}
	if _, ok := parseLiteral(t, "9223372036854775808").Int64(); ok {
		t.Error("beyond int64")
	}
	for text, want := range map[string]float64{"5": 5, "-1.5": -1.5, "1e3": 1000, "-INF": math.Inf(-1), "1e999": math.Inf(1)} {
		if f, ok := parseLiteral(t, text).Float64(); !ok || f != want {
			t.Errorf("%s: %v, %v", text, f, ok)
		}
	}
	if f, ok := parseLiteral(t, "NaN").Float64(); !ok || !math.IsNaN(f) {
		t.Errorf("NaN: %v", f)
	}
	if _, ok := parseLiteral(t, "'5'").Float64(); ok {
		t.Error("a string is no number")
	}
	if v, ok := parseLiteral(t, "TRUE").Bool(); !v || !ok {
		t.Error("TRUE")
	}
	if v, ok := parseLiteral(t, "false").Bool(); v || !ok {
		t.Error("false")
	}
	if _, ok := parseLiteral(t, "'true'").Bool(); ok {
		t.Error("a string is no boolean")
	}
	if d, ok := parseLiteral(t, "12:30:01.5").TimeOfDay(); !ok || d != 12*time.Hour+30*time.Minute+1500*time.Millisecond {
		t.Errorf("time of day: %v", d)
	}
	if b, ok := parseLiteral(t, "binary'-_8='").Bytes(); !ok || !slices.Equal(b, []byte{0xfb, 0xff}) {
		t.Errorf("binary: %v %v", b, ok)
	}
	if m, ok := parseLiteral(t, "ns.t'a, b,-1'").EnumMembers(); !ok || !slices.Equal(m, []string{"a", "b", "-1"}) {
		t.Errorf("members: %q", m)
	}
	if _, ok := parseLiteral(t, "'a b'").EnumMembers(); ok {
		t.Error("no member has a blank")
	}
	if l := parseLiteral(t, `"a'b"`); l.Kind != LiteralString || l.Text != "a'b" {
		t.Errorf("JSON text: %+v", l)
	}
}
