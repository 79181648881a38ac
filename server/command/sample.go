package command

import (
	"path/filepath"
	"strings"

	"github.com/fakegraph/fakegraph/server"
)

// sample is a curl line that works as pasted: an update of the demo set's
// first entity.
func (s *settings) sample(a server.Addresses) string {
	base, trust := a.HTTP, ""
	if base == "" {
		base, trust = a.HTTPS, "-k "
		if s.caDir != "" {
			trust = "--cacert " + s.caFile() + " "
		}
	}
	url := base + "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings"
	if len(s.fixtures) != 1 || s.fixtures[0] != "demo" {
		return "curl -s " + trust + "-H 'Authorization: Bearer test' " + url
	}
	return strings.Join([]string{
		"curl -s " + trust + "-X PATCH " + url + "/b3548526-e615-3785-3118-be70b3968ec5",
		"-H 'Authorization: Bearer test' -H 'Content-Type: application/json'",
		`-d '{"enableConnection": true}'`,
	}, " ")
}

func (s *settings) caFile() string { return filepath.Join(s.caDir, server.CAFile) }
