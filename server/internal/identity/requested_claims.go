package identity

import (
	"encoding/json"
	"strings"
	"time"
)

const (
	shortLife      = 3599 // what is usual, in seconds
	longLife       = 86399
	refreshInAbove = 2 * 60 * 60
)

// requestedClaims is what the fake reads of a claims parameter; the rest of it
// is ignored, never refused.
type requestedClaims struct {
	capabilities []string // access_token.xms_cc: what the client can handle
	after        int64    // access_token.nbf: the token must be newer than this second
}

func readClaims(text string) requestedClaims {
	var wire struct {
		AccessToken struct {
			Capabilities struct {
				Values []string `json:"values"`
			} `json:"xms_cc"`
			NotBefore struct {
				Value numericDate `json:"value"`
			} `json:"nbf"`
		} `json:"access_token"`
	}
	if text == "" || json.Unmarshal([]byte(text), &wire) != nil {
		return requestedClaims{}
	}
	return requestedClaims{wire.AccessToken.Capabilities.Values, int64(wire.AccessToken.NotBefore.Value)}
}

// lifetime is the validity of a token that is asked for now. A client that
// handles claims challenges gets a long one. One that repeats a request after a
// challenge gets a token that is newer than the challenge, which may be a
// second in the future.
func (c requestedClaims) lifetime(now time.Time) lifetime {
	l := lifetime{issued: now.Unix(), capabilities: c.capabilities}
	if newer := c.after + 1; newer > l.issued && newer-l.issued <= int64(earlyLeeway/time.Second) {
		l.issued = newer
	}
	l.expires = l.issued + shortLife
	for _, capability := range c.capabilities {
		if strings.EqualFold(capability, "CP1") {
			l.expires = l.issued + longLife
		}
	}
	return l
}

// lifetime is when a token is valid, in Unix seconds, and what it can do about
// being revoked.
type lifetime struct {
	issued, expires int64
	capabilities    []string
}

// notBefore lets a token begin no earlier than a user's sessions: who signs in
// right after a revocation, or under a clock that stands, gets one that holds.
func (l *lifetime) notBefore(t time.Time) {
	from := t.Unix()
	if t.IsZero() || from <= l.issued || from-l.issued > int64(earlyLeeway/time.Second) {
		return
	}
	l.expires += from - l.issued
	l.issued = from
}

func (l lifetime) seconds() int64 { return l.expires - l.issued }
