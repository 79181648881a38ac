package odata

// longestWord is the length of the longest word OData defines, "totaloffsetminutes".
const longestWord = 18

// folded returns word in lower case, kept in buf so that a look-up costs no
// allocation. A word that is longer than any that OData defines gives nil.
func folded(buf *[longestWord]byte, word string) []byte {
	if len(word) > longestWord {
		return nil
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return buf[:len(word)]
}

// is compares a word of the input with a lower-case one of OData's.
func is(word, known string) bool {
	if len(word) != len(known) {
		return false
	}
	var buf [longestWord]byte
	return string(folded(&buf, word)) == known
}

// nearest returns the candidate that differs from word in at most a third of its
// letters, the first of the closest, or "".
func nearest(word string, candidates []string) string {
	var buf [longestWord]byte
	word = string(folded(&buf, word))
	best, distance := "", len(word)/3+1
	for _, c := range candidates {
		var other [longestWord]byte
		if d := edits(word, string(folded(&other, c))); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// edits counts the insertions, deletions, replacements and swaps of neighbours
// that turn a into b.
func edits(a, b string) int {
	var before, last, row [longestWord + 1]int
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
