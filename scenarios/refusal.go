package scenarios

import "strings"

// Refusal is the error of scenarios that cannot be used. Its text has one line
// for each problem.
type Refusal struct{ Problems []Problem }

func (r *Refusal) Error() string {
	lines := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Refuse makes one [*Refusal] of all problems found, in their order. It is nil
// when there are none.
func Refuse(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &Refusal{problems}
}
