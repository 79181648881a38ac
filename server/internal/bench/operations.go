package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server"
	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// operations are the goals of the catalogue: what the first use of an operation
// takes, with nothing known of its types yet, and what the process holds after
// all of them.
func (b *bench) operations() ([]row, error) {
	series, err := ask(order{Role: "operations", Count: b.fewer(10)})
	if err != nil {
		return nil, err
	}
	first, held := series[0], series[1]
	rows := []row{newRow(firstUseGoal, samples{first.quantile(1)}, "%d operations, median %.2f ms", len(first), first.median())}
	if len(held) > 0 {
		rows = append(rows, newRow(sweptGoal, held, ""))
	}
	return rows, nil
}

// measureOperations is the child of operations: those that stand far from each
// other come first, so that each meets types that nobody has asked for.
func measureOperations(_ order, d *dialogue) error {
	edge.TuneCollector()
	fake, err := server.New(server.WithFixtures("none"), server.WithAuth("off"))
	if err != nil {
		return err
	}
	defer fake.Close()
	c, err := openapi.Default()
	if err != nil {
		return err
	}
	paths, _ := lookups(c)
	var watch clock.Clock
	var first samples
	const apart = 97
	for start := range apart {
		for i := start; i < len(paths); i += apart {
			begin := watch.Now()
			paths[i].use(fake)
			if start == 0 {
				first = append(first, milliseconds(watch.Now().Sub(begin)))
			}
		}
	}
	held, err := residentOf(os.Getpid(), "RssAnon:")
	if err != nil {
		return err
	}
	series := []samples{first, nil}
	if held > 0 {
		series[1] = samples{held}
	}
	return d.out.Encode(report{Series: series})
}

// use calls the operation, with an empty object for a body.
func (l *lookedUp) use(fake *server.Server) {
	body := ""
	if l.method != "GET" && l.method != "DELETE" {
		body = "{}"
	}
	r := httptest.NewRequest(l.method, "/"+l.version.Name()+strings.ReplaceAll(l.path, " ", "%20"), bytes.NewReader([]byte(body)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "bench")
	fake.ServeHTTP(httptest.NewRecorder(), r)
}

// embedded is the size of the tables that the binary holds.
func (b *bench) embedded() ([]row, error) {
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", commandPackage+"/openapi").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "data", "*"))
	if err != nil {
		return nil, err
	}
	size := 0.0
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			return nil, err
		}
		size += float64(info.Size())
	}
	return []row{newRow(embeddedGoal, samples{size / 1e6}, "%d files", len(files))}, nil
}

// subset is the OpenAPI document of 470 paths that lies beside the project, ""
// where it does not.
func subset() string {
	file, err := filepath.Abs(filepath.Join("..", "shared", "graph", "openapi", "graph-v1.0-subset.json"))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return file
}

// described is goal 13: a start with a document of the user's own, compiled
// anew each time.
func (b *bench) described() ([]row, error) {
	file := subset()
	if file == "" {
		return nil, nil
	}
	var took samples
	for range b.rounds {
		cache, err := os.MkdirTemp(b.dir, "cache")
		if err != nil {
			return nil, err
		}
		p, err := b.commandWith([]string{"XDG_CACHE_HOME=" + cache}, "--openapi", "v1.0="+file)
		if err != nil {
			return nil, err
		}
		took = append(took, milliseconds(p.took))
		p.end()
	}
	return []row{newRow(describedGoal, took, "470 paths")}, nil
}
