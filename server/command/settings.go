package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// settings is what serve can be told, by flags, environment or file. Commands
// that speak to a running server, or of its CA, read them as well, so that all
// of them mean the same server.
type settings struct {
	addr, tlsAddr       string
	data, caDir         string
	tlsNames            []string
	tlsCert, tlsKey     string
	trustProxy, pprof   bool
	fixtures, scenarios []string
	openapi             []string
	auth, validation    string
	cloud               string
	allowHosts, notify  []string
	limits              limits
	logLevel, logFormat string
	file                string

	flags     *pflag.FlagSet
	found     map[string]string // flag -> where its value stands; none for the command line and defaults
	strangers []string          // FAKEGRAPH_ variables that are no setting
}

// The groups under which help shows the settings, in this order.
const (
	groupListen = "Listeners"
	groupState  = "What is there"
	groupJudge  = "How requests are judged"
	groupLog    = "Log and settings"
)

func newSettings() *settings {
	s := &settings{flags: pflag.NewFlagSet("settings", pflag.ContinueOnError), found: map[string]string{}}
	s.flags.SortFlags = false // help shows them as they are declared
	s.bindListeners()
	s.bindState()
	s.bindJudgement()
	s.bindLimits()
	s.bindLog()
	return s
}

func (s *settings) bindListeners() {
	f := s.flags
	f.StringVar(&s.addr, "addr", "127.0.0.1:8880", "HTTP listener on `HOST:PORT` or unix:/PATH, also the HTTP(S) forward proxy; :0 picks a free port, empty turns it off")
	f.StringVar(&s.tlsAddr, "tls-addr", "127.0.0.1:8843", "HTTPS listener on `HOST:PORT`, with a certificate from the fake's own CA; empty turns it off")
	f.StringVar(&s.caDir, "ca-dir", defaultCADir(), "`FOLDER` of the CA certificate and its key, made at first need; empty keeps them in memory")
	f.StringSliceVar(&s.tlsNames, "tls-name", nil, "further `NAME` or address in the certificate; repeatable")
	f.StringVar(&s.tlsCert, "tls-cert", "", "PEM `FILE` of a certificate of your own for the HTTPS listener, with its chain")
	f.StringVar(&s.tlsKey, "tls-key", "", "PEM `FILE` of its key")
	f.BoolVar(&s.trustProxy, "trust-proxy", false, "believe Forwarded and X-Forwarded-Proto, -Host and -Port: links then begin with what the proxy's client used")
	f.StringSliceVar(&s.allowHosts, "allow-host", nil, "further Host `NAME` that the control plane answers to; repeatable")
	s.group(groupListen, "addr", "tls-addr", "ca-dir", "tls-name", "tls-cert", "tls-key", "trust-proxy", "allow-host")
}

func (s *settings) bindState() {
	f := s.flags
	f.StringVar(&s.data, "data", "", "bbolt `FILE` whose state survives a restart, with FILE-notes for the logs; empty keeps the state until exit")
	f.StringSliceVar(&s.fixtures, "fixtures", []string{"demo"}, "`NAME` of a built-in set, a file or a folder; repeatable; none starts empty")
	f.StringSliceVar(&s.scenarios, "scenario", nil, "`NAME` of a built-in scenario, a file or a folder; repeatable")
	f.StringSliceVar(&s.openapi, "openapi", nil, "serve another OpenAPI document (YAML or JSON) for a version, as in beta=graph.yaml (`VERSION=FILE`); repeatable")
	s.group(groupState, "data", "fixtures", "scenario", "openapi")
}

func (s *settings) bindJudgement() {
	f := s.flags
	f.StringVar(&s.auth, "auth", "token", "`MODE` of token checks: off needs no Authorization; token takes any bearer token and holds a JWT to its scp or roles; strict takes only unexpired tokens that this server signed for Graph")
	f.StringVar(&s.validation, "validation", "strict", "`MODE` of body checks: strict answers 400 to what the OpenAPI document forbids; lenient stores unknown properties and reports them in a Warning header")
	f.StringVar(&s.cloud, "cloud", "global", "`CLOUD` to stand for: global, usgov, usgovdod or china")
	f.StringSliceVar(&s.notify, "notify", nil, "host `PATTERN` to which change notifications may be delivered, beside loopback; repeatable")
	s.group(groupJudge, "auth", "validation", "cloud", "notify")
}

func (s *settings) bindLog() {
	f := s.flags
	f.StringVar(&s.logLevel, "log-level", "info", "least `LEVEL` to log: trace, debug, info, warn, error or disabled")
	f.StringVar(&s.logFormat, "log-format", "auto", "`FORMAT` of the log: console, json, or auto, which is console on a terminal and json elsewhere")
	f.StringVar(&s.file, configFlag, "fakegraph.yaml", "`FILE` with these settings as keys; need not exist under its usual name")
	f.BoolVar(&s.pprof, "pprof", false, "serve profiles of the process under /_fake/pprof, for go tool pprof")
	s.group(groupLog, "log-level", "log-format", configFlag, "pprof")
}

// configFlag names the file of the other settings, so it cannot stand in it.
const configFlag = "config"

// group notes where help shows flags.
func (s *settings) group(name string, flags ...string) {
	for _, flag := range flags {
		s.flags.Lookup(flag).Annotations = map[string][]string{groupKey: {name}}
	}
}

// offer makes settings flags of a command: those that are named, or all.
func (s *settings) offer(f *pflag.FlagSet, names ...string) {
	f.SortFlags = false
	s.flags.VisitAll(func(flag *pflag.Flag) {
		if len(names) == 0 || slices.Contains(names, flag.Name) {
			f.AddFlag(flag)
		}
	})
}

// defaultCADir is below the user's configuration folder; "" where there is
// none, and the CA then lives as long as the process.
func defaultCADir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "fakegraph")
}

// resolve fills what no flag said from the environment, then from the file,
// and checks the result. All mistakes are reported at once.
func (s *settings) resolve() error {
	mistakes := s.fromEnvironment()
	mistakes = append(mistakes, s.fromFile()...)
	return usage(append(mistakes, s.check()...)...)
}

// set gives a flag the value that was found at a place. A list is taken as a
// whole, as the flag itself would replace its default.
func (s *settings) set(f *pflag.Flag, place string, texts ...string) error {
	f.Changed = true
	s.found[f.Name] = place
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return list.Replace(texts)
	}
	return f.Value.Set(strings.Join(texts, ","))
}

// items are the texts of a comma-separated list.
func items(text string) []string {
	var list []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// values are what a text means to a flag: one value, or a list of them.
func values(f *pflag.Flag, text string) []string {
	if isList(f) {
		return items(text)
	}
	return []string{text}
}

func isList(f *pflag.Flag) bool {
	_, ok := f.Value.(pflag.SliceValue)
	return ok
}

// place is where a setting's value stands: "--auth", "FAKEGRAPH_AUTH" or
// "fakegraph.yaml:3:1: auth".
func (s *settings) place(flag string) string {
	if at, ok := s.found[flag]; ok {
		return at
	}
	return "--" + flag
}

// check judges the values by themselves; whether files and names exist shows
// when they are used.
func (s *settings) check() []error {
	mistakes := append(s.checkChoices(), s.checkLimits()...)
	if s.addr == "" && s.tlsAddr == "" {
		mistakes = append(mistakes, fmt.Errorf("%s and %s are both empty: nothing would listen", s.place("addr"), s.place("tls-addr")))
	}
	if (s.tlsCert == "") != (s.tlsKey == "") {
		mistakes = append(mistakes, fmt.Errorf("%s and %s go together: one of the two is missing", s.place("tls-cert"), s.place("tls-key")))
	}
	if scheme, _, ok := strings.Cut(s.data, "://"); ok {
		mistakes = append(mistakes, fmt.Errorf("%s: no store of kind %q here: name a file", s.place("data"), scheme))
	}
	for _, setting := range s.openapi {
		if version, file, ok := strings.Cut(setting, "="); !ok || version == "" || file == "" {
			mistakes = append(mistakes, fmt.Errorf("%s %q: want VERSION=FILE, as in beta=graph.yaml", s.place("openapi"), setting))
		}
	}
	return mistakes
}

func (s *settings) checkChoices() []error {
	var mistakes []error
	for _, c := range []struct {
		flag, value string
		known       []string
	}{
		{"auth", s.auth, []string{"off", "token", "strict"}},
		{"validation", s.validation, []string{"strict", "lenient"}},
		{"cloud", s.cloud, []string{"global", "usgov", "usgovdod", "china"}},
		{"log-level", s.logLevel, []string{"trace", "debug", "info", "warn", "error", "disabled"}},
		{"log-format", s.logFormat, []string{"auto", "console", "json"}},
	} {
		if !slices.Contains(c.known, c.value) {
			mistakes = append(mistakes, fmt.Errorf("%s %q: want %s%s", s.place(c.flag), c.value, oneOf(c.known), didYouMean(c.value, c.known)))
		}
	}
	return mistakes
}

// oneOf is "off, token or strict".
func oneOf(known []string) string {
	last := len(known) - 1
	if last == 0 {
		return known[0]
	}
	return strings.Join(known[:last], ", ") + " or " + known[last]
}
