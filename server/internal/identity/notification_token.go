package identity

import (
	"errors"
	"time"
)

// notificationPublisher is the application that sends change notifications (D,
// graph-behaviour §9.5).
const notificationPublisher = "0bf30f3b-4a52-48df-9a82-234910c4a086"

// notificationLife is how long a validation token is good for: the documented
// example lives that long.
const notificationLife = 8*time.Hour + 5*time.Minute

// validationToken is the payload of a token by which a subscriber knows that a
// notification with resource data comes from the service (D).
type validationToken struct {
	Audience  string `json:"aud"`
	Issuer    string `json:"iss"`
	IssuedAt  int64  `json:"iat"`
	NotBefore int64  `json:"nbf"`
	Expires   int64  `json:"exp"`
	Opaque    string `json:"aio"`
	AppID     string `json:"appid"`
	AppAuth   string `json:"appidacr"`
	Provider  string `json:"idp"`
	TenantID  string `json:"tid"`
	ID        string `json:"uti"`
	Version   string `json:"ver"`
}

// ValidationToken signs a token that goes with notifications to an application.
func (s *Service) ValidationToken(tenant, app string) (string, error) {
	now, id := s.config.Clock.Now(), s.config.NewID()
	compact, fault := s.sign(validationToken{
		Audience: firstOf(app, s.config.DefaultApp), Issuer: s.issuerV1(tenant), Provider: s.issuerV1(tenant),
		IssuedAt: now.Unix(), NotBefore: now.Unix(), Expires: now.Add(notificationLife).Unix(),
		Opaque: digest(28, "aio", id), AppID: notificationPublisher, AppAuth: "2", TenantID: tenant, ID: digest(22, id), Version: "1.0",
	})
	if fault != nil {
		return "", errors.New(fault.reason)
	}
	return compact, nil
}
