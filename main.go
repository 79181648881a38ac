// Command fakegraph is a local fake of Microsoft Graph.
package main

import (
	"os"

	"github.com/fakegraph/fakegraph/server/command"
)

func main() { os.Exit(command.Run(os.Args[1:], os.Stdout, os.Stderr)) }
