package scenarios

import "fmt"

// Parse reads the scenarios of a file, YAML or JSON; a YAML file may hold
// several documents. It reports every mistake, sorted by place, and then returns
// no scenario: a file is taken whole or not at all. The file name is for the
// problems only.
func Parse(file string, data []byte) ([]Scenario, []Problem) {
	docs, problems := parse(file, data)
	problems = append(problems, repeatedNames(docs)...)
	if len(problems) > 0 {
		return nil, report(problems)
	}
	return scenariosOf(docs), nil
}

// document is a scenario with the place of its name.
type document struct {
	scenario Scenario
	file     string
	name     value
}

func scenariosOf(docs []document) []Scenario {
	all := make([]Scenario, len(docs))
	for i, d := range docs {
		all[i] = d.scenario
	}
	return all
}

// parse reads what it can of each document.
func parse(file string, data []byte) ([]document, []Problem) {
	roots, broken := documents(file, data)
	r := newReader(file)
	var docs []document
	for _, root := range roots {
		s, name := r.scenario(value{root, ""})
		docs = append(docs, document{s, file, name})
	}
	switch {
	case broken != nil:
		r.problems = append(r.problems, *broken)
	case len(roots) == 0:
		r.problems = append(r.problems, Problem{File: file, Line: 1, Column: 1, Kind: "required", Text: "there is no scenario"})
	case r.budget <= 0:
		r.add(value{roots[0], ""}, "limit", "the file holds more than %d values, counting each use of an alias", maxValues)
	}
	return docs, r.problems
}

// repeatedNames finds scenarios with the name of an earlier one.
func repeatedNames(docs []document) []Problem {
	var found []Problem
	first := map[string]document{}
	for _, d := range docs {
		e, again := first[d.scenario.Name]
		if !again {
			first[d.scenario.Name] = d
			continue
		}
		if d.scenario.Name == "" {
			continue // noted already
		}
		found = append(found, Problem{
			File: d.file, Line: d.name.node.Line, Column: d.name.node.Column, Path: d.name.path, Kind: "duplicate",
			Text: fmt.Sprintf("name %q is already at %s:%d", d.scenario.Name, e.file, e.name.node.Line),
		})
	}
	return found
}
