package notify

import "encoding/json"

// envelope is the body of a delivery (D, graph-behaviour §9.4).
type envelope struct {
	Value  []notification `json:"value"`
	Tokens []string       `json:"validationTokens,omitempty"`
}

type notification struct {
	ID           string          `json:"id,omitempty"`
	Subscription string          `json:"subscriptionId"`
	Expires      string          `json:"subscriptionExpirationDateTime"`
	ClientState  *string         `json:"clientState"`
	ChangeType   string          `json:"changeType,omitempty"`
	Lifecycle    string          `json:"lifecycleEvent,omitempty"`
	Resource     string          `json:"resource,omitempty"`
	Tenant       string          `json:"tenantId"`
	Data         json.RawMessage `json:"resourceData,omitempty"`
	Encrypted    *encrypted      `json:"encryptedContent,omitempty"`
}

// timeForm is how notifications write times (D).
const timeForm = "2006-01-02T15:04:05.0000000Z"

// envelope writes notifications, with a validation token for each application
// and tenant that is told of resource data.
func (n *Notifier) envelope(items []Item) ([]byte, error) {
	e := envelope{Value: make([]notification, 0, len(items))}
	type pair struct{ tenant, app string }
	tokens := map[pair]bool{}
	for i := range items {
		one, err := n.notification(&items[i])
		if err != nil {
			return nil, err
		}
		e.Value = append(e.Value, one)
		p := pair{items[i].Tenant, items[i].App}
		if !items[i].Rich || items[i].Lifecycle != "" || tokens[p] || n.Token == nil {
			continue
		}
		tokens[p] = true
		token, err := n.Token(p.tenant, p.app)
		if err != nil {
			return nil, err
		}
		e.Tokens = append(e.Tokens, token)
	}
	return json.Marshal(e)
}

func (n *Notifier) notification(i *Item) (notification, error) {
	one := notification{
		Subscription: i.Subscription, Expires: i.Expires.UTC().Format(timeForm), ClientState: i.ClientState,
		ChangeType: i.ChangeType, Lifecycle: i.Lifecycle, Resource: i.Resource, Tenant: i.Tenant, Data: i.Data,
	}
	if i.Lifecycle != "" {
		return one, nil
	}
	one.Data = i.Data
	if i.Content == nil {
		return one, nil
	}
	var err error
	one.Encrypted, err = encrypt(n.Random, i.Content, i.Certificate, i.CertificateID)
	return one, err
}
