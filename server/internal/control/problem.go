package control

import (
	"fmt"
	"net/http"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/scenarios"
)

// problemDetails is an error of the control plane, as RFC 9457 has it.
type problemDetails struct {
	Type     string   `json:"type"`  // "about:blank": the status says what kind it is
	Title    string   `json:"title"` // the status in words
	Status   int      `json:"status"`
	Detail   string   `json:"detail"`
	Problems []defect `json:"problems,omitempty"` // of a document that was sent; all of them
}

// defect is one thing that is wrong with a document.
type defect struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`   // from 1; absent when it is not known
	Column int    `json:"column,omitempty"` // likewise
	Path   string `json:"path,omitempty"`   // into the document; absent for the whole
	Kind   string `json:"kind,omitempty"`   // the rule that is broken
	Text   string `json:"text"`
}

// problem answers with an error.
func problem(status int, format string, args ...any) reply {
	return refuse(status, fmt.Sprintf(format, args...), nil)
}

// defective answers that nothing was taken of a document.
func defective(defects []defect) reply {
	detail := "1 problem; nothing was changed"
	if n := len(defects); n > 1 {
		detail = fmt.Sprintf("%d problems; nothing was changed", n)
	}
	return refuse(http.StatusBadRequest, detail, defects)
}

func refuse(status int, detail string, defects []defect) reply {
	return encode(status, "application/problem+json", problemDetails{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Problems: defects,
	})
}

func fixtureDefects(problems []fixtures.Problem) []defect {
	list := make([]defect, len(problems))
	for i, p := range problems {
		list[i] = defect{File: p.File, Line: p.Line, Column: p.Column, Path: p.Path, Kind: p.Kind, Text: p.Text}
	}
	return list
}

func scenarioDefects(problems []scenarios.Problem) []defect {
	list := make([]defect, len(problems))
	for i, p := range problems {
		list[i] = defect{File: p.File, Line: p.Line, Column: p.Column, Path: p.Path, Kind: p.Kind, Text: p.Text}
	}
	return list
}

// notFound answers for a path that is no route.
func notFound(w http.ResponseWriter, r *http.Request) {
	problem(http.StatusNotFound, "nothing is at %s (GET %s/ lists what is there)", r.URL.Path, prefix).write(w, r)
}
