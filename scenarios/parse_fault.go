package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FaultHeader is the request header that asks for a fault for this request
// alone, such as "429; retry-after=2".
const FaultHeader = "X-Fake-Fault"

func faultWords() []string {
	return []string{string(FaultReset), string(FaultClose), string(FaultStall), string(FaultTruncate), string(FaultGarbage)}
}

// ParseFault reads the value of X-Fake-Fault: parts between semicolons, in any
// order, of which the first says what happens.
//
//	429; retry-after=2                  a status, worded as Graph words it
//	403; code=…; message="…"            with a code or message of its own
//	200; delay=200ms                    delay alone lets the operation answer
//	reset                               or close, stall, truncate, garbage
//	503; when=after                     perform the change first
//	503; always                         also for retries (Retry-Attempt)
//
// A value with a semicolon in it stands in double quotes. That "always" was
// there is not in the rule: it is no part of the document.
func ParseFault(header string) (*Rule, error) {
	rule, _, err := parseFault(header)
	return rule, err
}

// faultParser builds a rule from the parts of a header.
type faultParser struct {
	rule   Rule
	always bool
	seen   []string // keys so far; a status counts as "status", a fault as "fault"
}

func parseFault(header string) (rule *Rule, always bool, err error) {
	parts, err := splitParts(header)
	if err != nil {
		return nil, false, err
	}
	var p faultParser
	for _, part := range parts {
		if err := p.part(part); err != nil {
			return nil, false, err
		}
	}
	if err := p.check(); err != nil {
		return nil, false, err
	}
	return &p.rule, p.always, nil
}

// splitParts splits at semicolons outside double quotes; empty parts are left
// out.
func splitParts(header string) ([]string, error) {
	var parts []string
	start, quoted := 0, false
	for i := 0; i <= len(header); i++ {
		if i < len(header) && header[i] == '"' {
			quoted = !quoted
		}
		if i < len(header) && (header[i] != ';' || quoted) {
			continue
		}
		if part := strings.TrimSpace(header[start:i]); part != "" {
			parts = append(parts, part)
		}
		start = i + 1
	}
	if quoted {
		return nil, errors.New("a double quote is not closed")
	}
	return parts, nil
}

func (p *faultParser) part(part string) error {
	key, text, isPair := strings.Cut(part, "=")
	key = strings.ToLower(strings.TrimSpace(key))
	if isPair {
		return p.pair(key, unquote(strings.TrimSpace(text)))
	}
	if status, err := strconv.Atoi(key); err == nil {
		if status < 200 || status > 599 {
			return fmt.Errorf("%d is no status to answer with (200 to 599)", status)
		}
		p.respond().Status = status
		return p.once("status")
	}
	if slices.Contains(faultWords(), key) {
		p.rule.Fault = Fault(key)
		return p.once("fault")
	}
	if key == "always" {
		p.always = true
		return p.once("always")
	}
	return fmt.Errorf("unknown word %s%s", quote(part), didYouMean(key, append(faultWords(), "always", "retry-after=", "delay=", "code=", "message=", "when=")))
}

func (p *faultParser) pair(key, text string) error {
	if text == "" {
		return fmt.Errorf("%s has no value", quote(key+"="))
	}
	var err error
	switch key {
	case "retry-after":
		err = p.retryAfter(text)
	case "delay":
		var d time.Duration
		d, err = parseDuration(text)
		p.rule.Delay = &Delay{Min: d, Max: d}
	case "code":
		p.graphError().Code = text
	case "message":
		p.graphError().Message = text
	case "when":
		p.rule.When = When(text)
		if p.rule.When != WhenBefore && p.rule.When != WhenAfter {
			err = fmt.Errorf("when is before or after, not %s", quote(text))
		}
	default:
		err = fmt.Errorf("unknown key %s%s", quote(key), didYouMean(key, []string{"retry-after", "delay", "code", "message", "when"}))
	}
	if err != nil {
		return err
	}
	return p.once(key)
}

func (p *faultParser) retryAfter(text string) error {
	if strings.Trim(text, "0123456789") == "" {
		text += "s"
	}
	d, err := parseSeconds(text)
	p.respond().RetryAfter = &d
	return err
}

// once refuses what was there before.
func (p *faultParser) once(key string) error {
	if slices.Contains(p.seen, key) {
		return fmt.Errorf("%s is there twice", key)
	}
	p.seen = append(p.seen, key)
	return nil
}

func (p *faultParser) respond() *Respond {
	if p.rule.Respond == nil {
		p.rule.Respond = &Respond{}
	}
	return p.rule.Respond
}

func (p *faultParser) graphError() *Error {
	if r := p.respond(); r.Error == nil {
		r.Error = &Error{}
	}
	return p.rule.Respond.Error
}

// check judges the parts together, as the document's checks do.
func (p *faultParser) check() error {
	u := &p.rule
	switch {
	case u.Respond == nil && u.Fault == "" && u.Delay == nil:
		return fmt.Errorf("nothing to do: give a status, %s, or delay=", strings.Join(faultWords(), ", "))
	case u.Respond == nil:
		return nil
	case u.Respond.Status == 0:
		return errors.New("retry-after, code and message need a status, such as 429; retry-after=2")
	case u.Respond.Error != nil && u.Respond.Status < 400:
		return fmt.Errorf("code and message need a status of 400 or more, not %d", u.Respond.Status)
	case !u.Fault.answers():
		return fmt.Errorf("%s sends no answer, so the status has no effect", u.Fault)
	}
	return nil
}

// unquote strips the double quotes around a value.
func unquote(text string) string {
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		return text[1 : len(text)-1]
	}
	return text
}
