package graph

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// scalar is a primitive value ready to compare. Text compares without regard
// to case, as Graph's services do (graph-behaviour §2.8).
type scalar struct {
	Kind   scalarKind `json:"k"`
	Text   string     `json:"t,omitempty"` // lower case
	Number float64    `json:"n,omitempty"` // numbers, and 0 or 1 for Booleans
	Time   time.Time  `json:"d,omitzero"`
}

type scalarKind uint8

const (
	nullScalar scalarKind = iota
	boolScalar
	numberScalar
	timeScalar
	textScalar
)

// compare orders two scalars; null is less than all, different kinds compare
// by kind.
func (s scalar) compare(t scalar) int {
	if s.Kind != t.Kind {
		return cmp.Compare(s.Kind, t.Kind)
	}
	switch s.Kind {
	case boolScalar, numberScalar:
		return cmp.Compare(s.Number, t.Number)
	case timeScalar:
		return s.Time.Compare(t.Time)
	}
	return strings.Compare(s.Text, t.Text)
}

// readScalar reads the value at a member path of a stored object.
func readScalar(data []byte, path []string, edm string) scalar {
	return toScalar(rawAt(data, path), edm)
}

func toScalar(raw []byte, edm string) scalar {
	switch text := string(raw); text {
	case "", "null":
		return scalar{}
	case "true":
		return scalar{Kind: boolScalar, Number: 1}
	case "false":
		return scalar{Kind: boolScalar}
	}
	if text, ok := entity.Unquote(raw); ok {
		return textOf(text, edm)
	}
	if n, err := strconv.ParseFloat(string(raw), 64); err == nil {
		return scalar{Kind: numberScalar, Number: n}
	}
	return scalar{}
}

// timeLayouts are how the types that compare as instants are written; a date
// is its midnight in UTC.
var timeLayouts = map[string]string{"Edm.DateTimeOffset": time.RFC3339Nano, "Edm.Date": time.DateOnly}

func textOf(text, edm string) scalar {
	if layout := timeLayouts[edm]; layout != "" {
		if t, err := time.Parse(layout, text); err == nil {
			return scalar{Kind: timeScalar, Time: t}
		}
	}
	if edm == "Edm.Duration" {
		if d, ok := odata.ReadDuration(text); ok {
			return scalar{Kind: numberScalar, Number: d.Seconds()}
		}
	}
	return scalar{Kind: textScalar, Text: strings.ToLower(text)}
}
