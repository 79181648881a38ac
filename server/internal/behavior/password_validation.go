package behavior

// Evidence for what passwords have to be (page user-validatepassword, beta 2021 to 2025):
//   - documented: each rule says whether it is met, and all together whether the
//     password is valid.
//   - observed (output of the CLI for Microsoft 365, 2023): the rules with their names
//     and texts.
//   - assumed (2026-11): of weak passwords a few of the commonest are known.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// passwordRules are what a new password has to be.
var passwordRules = []struct {
	name, message string
	met           func(string) bool
}{
	{"PasswordMinLength", "The new password must have a minimum of 8 characters.", func(p string) bool { return utf8.RuneCountInString(p) >= 8 }},
	{"PasswordMaxLength", "The new password cannot contain more than 256 characters.", func(p string) bool { return utf8.RuneCountInString(p) <= 256 }},
	{"PasswordComplexity", "The new password must contain characters from at least 3 out of: Lowercase characters, Uppercase characters, Numbers, Symbols.",
		func(p string) bool { return kindsOf(p) >= 3 }},
	{"PasswordNotBanned", "The new password must not be weak or commonly used.", func(p string) bool { return !isCommon(p) }},
}

// kindsOf counts the kinds of characters of a password.
func kindsOf(password string) (n int) {
	for _, is := range []func(rune) bool{unicode.IsLower, unicode.IsUpper, unicode.IsDigit, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }} {
		if strings.ContainsFunc(password, is) {
			n++
		}
	}
	return n
}

// isCommon reports whether a password is one of the commonest words, whose letters
// are often written as what looks like them, with a few other characters.
func isCommon(password string) bool {
	plain := strings.NewReplacer("@", "a", "0", "o", "1", "l", "$", "s").Replace(strings.ToLower(password))
	for _, word := range []string{"password", "qwerty", "welcome", "letmein"} {
		if strings.Contains(plain, word) && len(plain)-len(word) < 5 {
			return true
		}
	}
	return false
}

func validatePassword(_ Tx, _ *Entity, said entity.Object) (Result, *grapherr.Error) {
	valid, results := true, []entity.Object{}
	for _, rule := range passwordRules {
		met := rule.met(text(said, "password"))
		valid = valid && met
		results = append(results, fields("ruleName", quoted(rule.name), "validationPassed", boolean(met), "message", quoted(rule.message)))
	}
	return Object(fields("isValid", boolean(valid), "validationResults", string(arrayOf(results)))), nil
}
