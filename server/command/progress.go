package command

import (
	"fmt"
	"io"
	"strings"

	"github.com/fakegraph/fakegraph/server"
)

// compileProgress shows on a terminal how far the compilation of a user's
// OpenAPI document is; nowhere else, where each line would stay.
func compileProgress(stderr io.Writer) []server.Option {
	if !terminal(stderr) {
		return nil
	}
	return []server.Option{server.WithCompileProgress(func(file string, done, total int) { showProgress(stderr, file, done, total) })}
}

// showProgress writes one line over the last, and wipes it at the end.
func showProgress(w io.Writer, file string, done, total int) {
	line := fmt.Sprintf("compiling %s: %d %%", printable(file), 100*done/max(1, total))
	if done >= total {
		fmt.Fprint(w, "\r"+strings.Repeat(" ", len(line))+"\r")
		return
	}
	fmt.Fprint(w, "\r"+line)
}
