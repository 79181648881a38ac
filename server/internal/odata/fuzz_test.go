package odata

import "testing"

// seed adds the sources of tables, right and wrong ones.
func seed(f *testing.F, trees []treeCase, mistakes []mistakeCase) {
	for _, c := range trees {
		f.Add(c.source)
	}
	for _, c := range mistakes {
		f.Add(c.source)
	}
}

func FuzzFilter(f *testing.F) {
	seed(f, expressionTrees, expressionMistakes)
	seed(f, literalTrees, literalMistakes)
	seed(f, pathTrees, pathMistakes)
	seed(f, lambdaTrees, lambdaMistakes)
	seed(f, functionTrees, functionMistakes)
	fuzz(f, ParseFilter, dump, Print)
}

func FuzzSearch(f *testing.F) {
	seed(f, searchTrees, searchMistakes)
	fuzz(f, ParseSearch, dumpSearch, PrintSearch)
}

func FuzzExpand(f *testing.F) {
	seed(f, expandTrees, expandMistakes)
	fuzz(f, ParseExpand, dumpExpand, PrintExpand)
}

func FuzzSelect(f *testing.F) {
	seed(f, selectTrees, selectMistakes)
	fuzz(f, ParseSelect, dumpSelect, PrintSelect)
}

// fuzz sees that parse never panics, that its mistakes have a place, and that the
// canonical text of what it reads gives the same tree.
func fuzz[T any](f *testing.F, parse func(string) (T, error), dump, print func(T) string) {
	f.Fuzz(func(t *testing.T, source string) {
		tree, err := parse(source)
		if err != nil {
			e := err.(*Error)
			checkPlace(t, e)
			_, _ = e.Display(), e.GraphText()
			return
		}
		if len(print(tree)) <= MaxLength {
			checkRoundTrip(t, tree, parse, dump, print)
		}
	})
}

func FuzzQuery(f *testing.F) {
	seed(f, queryTrees, nil)
	for _, c := range queryMistakes {
		f.Add(c.source)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q, mistakes := ParseQuery(raw)
		for _, e := range mistakes {
			checkPlace(t, e)
			_, _ = e.Display(), e.GraphText()
		}
		if len(mistakes) == 0 && len(q.String()) <= MaxLength {
			checkRoundTrip(t, &q, parseQuery, dumpQuery, (*Query).String)
		}
	})
}
