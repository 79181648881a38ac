package identity

import (
	"crypto/sha256"
	"strings"
	"sync"
	"time"
)

const (
	deviceCodeLife = 15 * time.Minute
	pollsUnasked   = 1 // a code that nobody attends to is approved after so many polls
)

// deviceCode is a sign-in that goes on elsewhere.
type deviceCode struct {
	userCode       string
	tenant, client string
	name           string // of the client
	scope          string
	issued         time.Time
	polls          int
	attended       bool   // the page was opened with this code: its answer counts
	user           string // who approved; "" for nobody yet
	declined, used bool
}

// deviceCodes are those that are out, in memory. The zero value is ready.
type deviceCodes struct {
	mu    sync.Mutex
	known map[string]*deviceCode
	order []string
}

func (d *deviceCodes) put(code string, c *deviceCode) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		d.known = map[string]*deviceCode{}
	}
	for len(d.order) > 0 && (len(d.order) >= codesKept || c.issued.Sub(d.known[d.order[0]].issued) > 2*deviceCodeLife) {
		delete(d.known, d.order[0])
		d.order = d.order[1:]
	}
	d.known[code] = c
	d.order = append(d.order, code)
}

// with runs fn on a code under the lock; nil when there is none.
func (d *deviceCodes) with(code string, fn func(*deviceCode) *oauthError) *oauthError {
	d.mu.Lock()
	defer d.mu.Unlock()
	return fn(d.known[code])
}

// byUserCode is [deviceCodes.with] for what a person types.
func (d *deviceCodes) byUserCode(userCode string, fn func(*deviceCode)) {
	userCode = strings.ToUpper(strings.Map(withoutBlanks, userCode))
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.known {
		if c.userCode == userCode {
			fn(c)
			return
		}
	}
	fn(nil)
}

func withoutBlanks(r rune) rune {
	if r == ' ' || r == '-' {
		return -1
	}
	return r
}

type deviceDocument struct {
	UserCode        string `json:"user_code"`
	DeviceCode      string `json:"device_code"`
	VerificationURI string `json:"verification_uri"`
	ExpiresIn       int    `json:"expires_in"`
	Interval        int    `json:"interval"` // x/oauth2 waits exactly this long
	Message         string `json:"message"`  // what command lines print
}

// deviceDocumentV1 has the older name of the address and numbers as strings.
type deviceDocumentV1 struct {
	UserCode        string `json:"user_code"`
	DeviceCode      string `json:"device_code"`
	VerificationURL string `json:"verification_url"`
	ExpiresIn       string `json:"expires_in"`
	Interval        string `json:"interval"`
	Message         string `json:"message"`
}

// deviceCodeEndpoint begins a sign-in on another device (identity-behaviour
// §1.8).
func (s *Service) deviceCodeEndpoint(r *request) (any, *oauthError) {
	d, fault := s.beginDevice(r, false)
	if fault != nil {
		return nil, fault
	}
	return d, nil
}

func (s *Service) deviceCodeEndpointV1(r *request) (any, *oauthError) {
	d, fault := s.beginDevice(r, true)
	if fault != nil {
		return nil, fault
	}
	return deviceDocumentV1{d.UserCode, d.DeviceCode, d.VerificationURI, "900", "1", d.Message}, nil
}

func (s *Service) beginDevice(r *request, v1 bool) (deviceDocument, *oauthError) {
	tenant, fault := s.signInTenant(r)
	if fault != nil {
		return deviceDocument{}, fault
	}
	if r.form["client_id"] == "" {
		return deviceDocument{}, errMissing("client_id")
	}
	c, fault := s.clientNamed(r, tenant, r.form["client_id"])
	if fault != nil {
		return deviceDocument{}, fault
	}
	t := tokenRequest{request: r, v1: v1, tenant: tenant, client: c}
	if _, fault := s.scopesOf(t, ""); fault != nil {
		return deviceDocument{}, fault
	}
	scope := r.form["scope"]
	if v1 {
		scope = strings.TrimRight(r.form["resource"], "/") + "/.default openid profile offline_access"
	}
	code := "D" + s.randomText()
	user := userCode(s.config.NewID())
	s.device.put(code, &deviceCode{userCode: user, tenant: tenant.ID, client: c.id, name: c.app.Name, scope: scope, issued: r.now})
	uri := r.Origin + "/devicelogin"
	return deviceDocument{UserCode: user, DeviceCode: code, VerificationURI: uri, ExpiresIn: int(deviceCodeLife / time.Second), Interval: 1,
		Message: "To sign in, use a web browser to open the page " + uri + " and enter the code " + user + " to authenticate."}, nil
}

// userCode is nine letters and digits that nobody mistakes for another.
func userCode(id string) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789" // 32: no remainder
	sum := sha256.Sum256([]byte(id))
	for i := range sum {
		sum[i] = letters[sum[i]%32]
	}
	return string(sum[:9])
}

// deviceCode answers a poll. A code whose page nobody opened is approved by
// itself, by the user who signs in unasked, so that a test needs no hands.
func (s *Service) deviceCode(r tokenRequest) (granted, *oauthError) {
	text := firstOf(r.form["device_code"], r.form["code"]) // Python sends both
	if text == "" {
		return granted{}, errMissing("device_code")
	}
	var code deviceCode
	fault := s.device.with(text, func(d *deviceCode) *oauthError {
		fault := s.pollDevice(&r, d)
		if fault == nil {
			code = *d
		}
		return fault
	})
	if fault != nil {
		return granted{}, fault
	}
	sc, fault := s.scopesOf(r, code.scope)
	if fault != nil {
		return granted{}, fault
	}
	u, _ := s.signsIn(r.tenant, code.user)
	if u.ID == "" {
		return granted{}, errLoginRequired()
	}
	if fault := s.mayUse(r.tenant, u, r.client); fault != nil {
		return granted{}, fault
	}
	return s.grantUser(r, u, sc)
}

func (s *Service) pollDevice(r *tokenRequest, d *deviceCode) *oauthError {
	if d == nil || !strings.EqualFold(d.client, r.client.id) {
		return errBadDeviceCode()
	}
	if isAlias(r.tenantName()) {
		r.tenant, _ = s.Tenant(d.tenant)
	}
	d.polls++
	switch {
	case d.tenant != r.tenant.ID, d.used:
		return errBadDeviceCode()
	case r.now.Sub(d.issued) >= deviceCodeLife:
		return errDeviceCodeExpired()
	case d.declined:
		return errDeviceDeclined()
	case d.user == "" && (d.attended || d.polls <= pollsUnasked):
		return errPending()
	}
	d.used = true
	return nil
}
