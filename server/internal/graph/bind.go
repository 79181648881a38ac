package graph

import "encoding/json"

// bindTargets are the URLs of a bind member: one text or a list.
func bindTargets(raw []byte) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var many []string
	if json.Unmarshal(raw, &many) != nil {
		return nil
	}
	return many
}
