package command

import (
	"bytes"
	"strings"
	"testing"
)

func TestCompileProgress(t *testing.T) {
	var out bytes.Buffer
	if compileProgress(&out) != nil {
		t.Error("progress is shown where there is no terminal")
	}
	showProgress(&out, "graph.yaml", 64, 256)
	if got := out.String(); got != "\rcompiling graph.yaml: 25 %" {
		t.Errorf("%q", got)
	}
	out.Reset()
	showProgress(&out, "graph.yaml", 256, 256)
	if got := out.String(); strings.Trim(got, "\r ") != "" || !strings.HasSuffix(got, "\r") {
		t.Errorf("the line stays: %q", got)
	}
}
