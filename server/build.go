package server

import (
	"runtime/debug"

	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// Version is the released version; a build by go install has the module's own.
const Version = "0.1.0-dev"

// CAFile is the name of the certificate in the CA's folder.
const CAFile = edge.CertificateFile

// Build says which program this is.
type Build struct {
	Version string // "0.1.0-dev", or the module's version
	Commit  string // "" when the build does not know
}

// BuildInfo returns what the binary knows of itself.
func BuildInfo() Build {
	b := Build{Version: Version}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" && info.Main.Path == "github.com/fakegraph/fakegraph" {
		b.Version = v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Commit = s.Value
		}
	}
	return b
}
