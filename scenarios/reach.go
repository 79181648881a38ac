package scenarios

import (
	"slices"
	"strings"
)

// unreachable notes rules that no request can come to, because an earlier one
// decides all that they match and is never spent. Rules with mistakes are left
// out: what they match is not known.
func (r *reader) unreachable(rules []ruleAt) {
	matchers := make([]matcher, len(rules))
	for i, rule := range rules {
		if !rule.sound {
			continue
		}
		matchers[i] = compileMatch(rule.rule.Match)
		for j, earlier := range rules[:i] {
			if earlier.sound && earlier.rule.endless() && matchers[j].covers(&matchers[i]) {
				r.add(rule.at, "unreachable", "no request comes to this rule: rule %d on line %d matches all of them and is never spent (move this rule before it, or give that one times)",
					j+1, earlier.at.node.Line)
				break
			}
		}
	}
}

// endless reports whether the rule decides every request that it matches.
func (u *Rule) endless() bool {
	return u.Limit == nil && u.Times == 0 && u.After == 0 && u.Every <= 1 && (u.Probability == 0 || u.Probability >= 1)
}

// covers reports whether all requests that fit other fit m too, erring towards
// no.
func (m *matcher) covers(other *matcher) bool {
	return coversAll(m.methods, other.methods, func(a, b string) bool { return a == b }) &&
		coversAll(m.paths, other.paths, glob.covers) &&
		coversAll(m.app, other.app, strings.EqualFold) && coversAll(m.user, other.user, strings.EqualFold) &&
		coversAll(m.tenant, other.tenant, strings.EqualFold) && coversAll(m.permission, other.permission, strings.EqualFold) &&
		coversAll(m.operation, other.operation, strings.EqualFold) && coversAll(m.entityType, other.entityType, strings.EqualFold) && coversAll(m.service, other.service, strings.EqualFold) &&
		m.deliver == other.deliver &&
		(m.inBatch == nil || other.inBatch != nil && *m.inBatch == *other.inBatch) &&
		containsAll(other.query, m.query, func(a, b test) bool { return a == b }) &&
		containsAll(other.header, m.header, func(a, b test) bool { return a == b }) &&
		containsAll(other.body, m.body, func(a, b bodyTest) bool { return a.pointer == b.pointer && equalJSON(a.want, b.want) })
}

// coversAll compares two lists of alternatives; nil stands for everything.
func coversAll[T any](wide, narrow []T, covers func(a, b T) bool) bool {
	if wide == nil {
		return true
	}
	return narrow != nil && containsAll(wide, narrow, covers)
}

// containsAll reports whether each wanted element has its like in all.
func containsAll[T any](all, wanted []T, same func(a, b T) bool) bool {
	return !slices.ContainsFunc(wanted, func(w T) bool {
		return !slices.ContainsFunc(all, func(a T) bool { return same(a, w) })
	})
}
