package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// settings is what serve can be told, by flags, environment or file.
type settings struct {
	addr, tlsAddr       string
	data, caDir         string
	tlsNames            []string
	fixtures, scenarios []string
	openapi             []string
	auth, validation    string
	cloud               string
	allowHosts, notify  []string
	logLevel, logFormat string
	file                string
}

// bind declares the flags on a command.
func (s *settings) bind(f *pflag.FlagSet) {
	f.StringVar(&s.addr, "addr", "127.0.0.1:8880", "HTTP listener, also the HTTP(S) forward proxy; :0 picks a free port, empty turns it off")
	f.StringVar(&s.tlsAddr, "tls-addr", "127.0.0.1:8843", "HTTPS listener; :0 picks a free port, empty turns it off")
	f.StringVar(&s.data, "data", "", "bbolt file that keeps the state; empty keeps it until exit")
	s.bindCA(f)
	f.StringSliceVar(&s.fixtures, "fixtures", []string{"demo"}, "built-in set, file or folder; repeatable; none starts empty")
	f.StringSliceVar(&s.scenarios, "scenario", nil, "built-in scenario, file or folder; repeatable")
	f.StringSliceVar(&s.openapi, "openapi", nil, "VERSION=FILE: serve that OpenAPI document for a version; repeatable")
	f.StringVar(&s.auth, "auth", "token", "off, token or strict")
	f.StringVar(&s.validation, "validation", "strict", "strict or lenient")
	f.StringVar(&s.cloud, "cloud", "global", "global, usgov, usgovdod or china")
	f.StringSliceVar(&s.allowHosts, "allow-host", nil, "further Host names that the control plane answers to; repeatable")
	f.StringSliceVar(&s.notify, "notify", nil, "host patterns to which change notifications may be delivered, beside loopback; repeatable")
	f.StringVar(&s.logLevel, "log-level", "info", "trace, debug, info, warn, error or disabled")
	f.StringVar(&s.logFormat, "log-format", "auto", "auto, console or json")
	f.StringVar(&s.file, "config", "fakegraph.yaml", "file with these settings as keys; need not exist under its usual name")
}

func (s *settings) bindCA(f *pflag.FlagSet) {
	f.StringVar(&s.caDir, "ca-dir", defaultCADir(), "folder where the CA certificate and key live")
	f.StringSliceVar(&s.tlsNames, "tls-name", nil, "further name in the certificate; repeatable")
}

// defaultCADir is below the user's configuration folder; "" where there is
// none, as in a container, and the CA then lives as long as the process.
func defaultCADir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "fakegraph")
}

// complete fills what no flag said from the environment, then from the file,
// and checks the result. All mistakes are reported.
func (s *settings) complete(c *cobra.Command) error {
	if err := fromEnvironment(c.Flags()); err != nil {
		return err
	}
	if err := fromFile(c.Flags(), s.file); err != nil {
		return err
	}
	return s.check()
}

// variable is the environment variable of a flag.
func variable(flag string) string {
	return "FAKEGRAPH_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

func fromEnvironment(flags *pflag.FlagSet) error {
	var mistakes []string
	flags.VisitAll(func(f *pflag.Flag) {
		text, ok := os.LookupEnv(variable(f.Name))
		if !ok || f.Changed || f.Name == "help" {
			return
		}
		if err := set(flags, f, text); err != nil {
			mistakes = append(mistakes, fmt.Sprintf("%s: %v", variable(f.Name), err))
		}
	})
	if len(mistakes) > 0 {
		return usagef("%s", strings.Join(mistakes, "\n"))
	}
	return nil
}

// set gives a flag a value; lists are replaced, as the flag itself would.
func set(flags *pflag.FlagSet, f *pflag.Flag, text string) error {
	if list, ok := f.Value.(pflag.SliceValue); ok && text == "" {
		f.Changed = true
		return list.Replace(nil)
	}
	return flags.Set(f.Name, text)
}

func (s *settings) check() error {
	var mistakes []string
	oneOf := func(flag, value string, allowed ...string) {
		if !slices.Contains(allowed, value) {
			mistakes = append(mistakes, fmt.Sprintf("--%s %q: want one of %s", flag, value, strings.Join(allowed, ", ")))
		}
	}
	oneOf("auth", s.auth, "off", "token", "strict")
	oneOf("validation", s.validation, "strict", "lenient")
	oneOf("cloud", s.cloud, "global", "usgov", "usgovdod", "china")
	oneOf("log-level", s.logLevel, "trace", "debug", "info", "warn", "error", "disabled")
	oneOf("log-format", s.logFormat, "auto", "console", "json")
	if s.addr == "" && s.tlsAddr == "" {
		mistakes = append(mistakes, "--addr and --tls-addr are both empty: nothing would listen")
	}
	if len(mistakes) > 0 {
		return usagef("%s", strings.Join(mistakes, "\n"))
	}
	return nil
}
