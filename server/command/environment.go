package command

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// prefix is what the environment variables of settings begin with.
const prefix = "FAKEGRAPH_"

// variable is the environment variable of a flag.
func variable(flag string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fromEnvironment fills settings that the command line did not give. A variable
// that is set but empty says "empty", which turns a listener off.
func (s *settings) fromEnvironment() []error {
	var mistakes []error
	var known []string
	s.flags.VisitAll(func(f *pflag.Flag) {
		name := variable(f.Name)
		known = append(known, name)
		text, ok := os.LookupEnv(name)
		if !ok || f.Changed {
			return
		}
		if err := s.set(f, name, values(f, text)...); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", name, err))
		}
	})
	s.strangers = strangers(os.Environ(), known)
	return mistakes
}

// strangers are the variables that look like settings and are none, each with
// a suggestion. They are no mistakes: Kubernetes and Docker set such variables
// for a service or a linked container that is named fakegraph.
func strangers(environment, known []string) []string {
	var list []string
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, prefix) && !slices.Contains(known, name) && !serviceLink(name, value) {
			list = append(list, name+": no such setting"+didYouMean(name, known))
		}
	}
	slices.Sort(list)
	return list
}

// serviceLink reports whether a variable is one that describes a service of
// that name: FAKEGRAPH_SERVICE_HOST, FAKEGRAPH_PORT_8880_TCP, FAKEGRAPH_PORT.
func serviceLink(name, value string) bool {
	rest := strings.TrimPrefix(name, prefix)
	return strings.HasPrefix(rest, "SERVICE_") || strings.HasPrefix(rest, "PORT_") || strings.HasPrefix(rest, "ENV_") ||
		rest == "NAME" || rest == "PORT" && strings.Contains(value, "://")
}
