// Command bare is the least that a server of net/http can be. Package bench
// holds fakegraph's cold start against it.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	err := http.ListenAndServe(os.Args[1], http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "{}")
	}))
	fmt.Fprintln(os.Stderr, "bare:", err)
	os.Exit(1)
}
