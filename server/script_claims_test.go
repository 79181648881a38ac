package server_test

import (
	"encoding/base64"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// wordClaims makes a token's payload the body that the words after it look at.
func wordClaims(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: claims TOKEN")
	}
	parts := strings.Split(args[0], ".")
	if len(parts) != 3 {
		ts.Fatalf("no JWT: %s", args[0])
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	ts.Check(err)
	of(ts).body = payload
}
