package server_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestReadme runs every command line of the README: the server first, then the
// others while it runs. The test command itself is what runs here.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	start := serveReadme(t, ctx)
	for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		for line := range strings.SplitSeq(strings.TrimSpace(block[1]), "\n") {
			if line != "go run ." && line != "go test ./..." {
				runReadme(t, ctx, strings.ReplaceAll(line, "http://127.0.0.1:8880", start))
			}
		}
	}
}

// serveReadme starts `go run .` on a free port and returns its URL.
func serveReadme(t *testing.T, ctx context.Context) string {
	binary := t.TempDir() + "/fakegraph"
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c := exec.Command(binary, // ended by an interrupt below
		"--addr", "127.0.0.1:0", "--tls-addr", "", "--ca-dir", t.TempDir())
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt)
		if err := c.Wait(); err != nil {
			t.Errorf("after an interrupt: %v", err)
		}
	})
	found := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url := found.FindString(lines.Text()); url != "" {
			go func() {
				for lines.Scan() {
				}
			}()
			return url
		}
	}
	t.Fatal("no ready block")
	return ""
}

func runReadme(t *testing.T, ctx context.Context, line string) {
	t.Helper()
	if program, _, _ := strings.Cut(line, " "); program == "curl" {
		if _, err := exec.LookPath(program); err != nil {
			t.Logf("skipped, no %s: %s", program, line)
			return
		}
		line += " --fail"
	}
	c := exec.CommandContext(ctx, "sh", "-c", line)
	c.Dir = ".."
	if out, err := c.CombinedOutput(); err != nil || len(out) == 0 {
		t.Errorf("%s: %v\n%s", line, err, out)
	}
}
