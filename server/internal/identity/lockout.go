package identity

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Smart lockout (D, "Protect user accounts from attacks with Microsoft Entra
// smart lockout"): so many wrong passwords lock an account for a minute, three
// in the clouds of the US government; one of the last three again counts for
// nothing. Every wrong one after the minute locks it again, here for a minute
// each time.
const (
	failuresAllowed   = 10
	failuresAllowedUS = 3
	lockoutLife       = time.Minute
	passwordsKept     = 3
)

// lockouts are the accounts at which wrong passwords were tried, in memory: they
// are few, for only accounts of the directory are counted. The zero value is
// ready.
type lockouts struct {
	mu       sync.Mutex
	accounts map[string]*lockout
}

type lockout struct {
	failures int
	recent   [][sha256.Size]byte // of the last wrong passwords
	until    time.Time
}

// locked reports whether an account takes no password now.
func (l *lockouts) locked(account string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.accounts[account]
	return a != nil && now.Before(a.until)
}

// fail counts a wrong password.
func (l *lockouts) fail(account, password string, now time.Time, allowed int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.accounts == nil {
		l.accounts = map[string]*lockout{}
	}
	a := l.accounts[account]
	if a == nil {
		a = new(lockout)
		l.accounts[account] = a
	}
	sum := sha256.Sum256([]byte(password))
	if slices.Contains(a.recent, sum) {
		return
	}
	if a.recent = append(a.recent, sum); len(a.recent) > passwordsKept {
		a.recent = a.recent[1:]
	}
	if a.failures++; a.failures >= allowed {
		a.until = now.Add(lockoutLife)
	}
}

// forget is for who signed in.
func (l *lockouts) forget(account string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.accounts, account)
}

// reset forgets the accounts of a tenant; "" means all.
func (l *lockouts) reset(tenant string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.DeleteFunc(l.accounts, func(account string, _ *lockout) bool { return tenant == "" || strings.HasPrefix(account, tenant+"/") })
}

// checkPassword judges the password of a user whom the directory knows. In
// Strict wrong ones are counted.
func (s *Service) checkPassword(t Tenant, u User, password string) *oauthError {
	account, now := t.ID+"/"+u.ID, s.config.Clock.Now()
	strict := s.config.Mode == Strict
	switch {
	case strict && s.lockouts.locked(account, now):
		e := scriptable[50053]
		e.code = 50053
		return e.because("more wrong passwords than smart lockout allows were tried at " + firstOf(u.UPN, u.ID) + ": it takes none for a minute of the fake's clock")
	case u.Password == "" && !strict, u.Password != "" && sameSecret(u.Password, password):
		s.lockouts.forget(account)
		return s.checkChange(u)
	case strict:
		s.lockouts.fail(account, password, now, s.failuresAllowed())
	}
	return errWrongPassword().because("the password is not that of " + firstOf(u.UPN, u.ID) + ": what counts is passwordProfile.password of the user")
}

// checkChange refuses a password that has to be changed first: a program cannot
// (D, AADSTS50055).
func (s *Service) checkChange(u User) *oauthError {
	if s.config.Mode != Strict || !u.MustChange {
		return nil
	}
	e := scriptable[50055]
	e.code = 50055
	return e.because("passwordProfile.forceChangePasswordNextSignIn of " + firstOf(u.UPN, u.ID) + " is true")
}

func (s *Service) failuresAllowed() int {
	if s.cloud.name == "usgov" || s.cloud.name == "usgovdod" {
		return failuresAllowedUS
	}
	return failuresAllowed
}

// Reset forgets the wrong passwords that were tried in a tenant, or with "" in
// all: the clock may have been put back behind them.
func (s *Service) Reset(tenant string) { s.lockouts.reset(tenant) }
