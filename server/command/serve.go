package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/server"
)

// drain is how long running requests may take after a signal.
const drain = 30 * time.Second

func newServe() *cobra.Command {
	s := new(settings)
	c := &cobra.Command{
		Short: "Start the server",
		Long:  "Start the server. Each flag is also an environment variable (FAKEGRAPH_ADDR, …; lists are\ncomma-separated) and a key of fakegraph.yaml; flags win over variables, variables over the file.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := s.complete(c); err != nil {
				return err
			}
			return serve(c.Context(), s, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	s.bind(c.Flags())
	return c
}

// serve runs a server until SIGINT or SIGTERM; a second signal ends it at once.
func serve(ctx context.Context, s *settings, stdout, stderr io.Writer) error {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := s.logger(stderr)
	fake, err := server.New(s.options(log)...)
	if err != nil {
		return err
	}
	defer fake.Close()
	if err := fake.Listen(); err != nil {
		return err
	}
	if err := ready(stdout, s, fake); err != nil {
		return err
	}
	<-ctx.Done()
	stop()
	log.Info().Msg("stopping: running requests are finished first")
	ending, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	if err := fake.Shutdown(ending); err != nil {
		log.Warn().Err(err).Msg("some requests did not finish")
	}
	return fake.Close()
}

// options are the settings as package server takes them.
func (s *settings) options(log zerolog.Logger) []server.Option {
	list := []server.Option{
		server.WithAddresses(s.addr, s.tlsAddr), server.WithData(s.data), server.WithCADir(s.caDir),
		server.WithTLSNames(s.tlsNames...), server.WithAuth(s.auth), server.WithCloud(s.cloud),
		server.WithScenario(s.scenarios...), server.WithAllowedHosts(s.allowHosts...), server.WithLogger(log),
	}
	if len(s.fixtures) == 0 {
		s.fixtures = []string{"none"}
	}
	list = append(list, server.WithFixtures(s.fixtures...))
	if s.validation == "lenient" {
		list = append(list, server.WithLenientValidation())
	}
	for _, setting := range s.openapi {
		list = append(list, server.WithOpenAPISetting(setting))
	}
	return list
}

// logger writes to stderr, readable on a terminal and JSON elsewhere.
func (s *settings) logger(stderr io.Writer) zerolog.Logger {
	level, err := zerolog.ParseLevel(s.logLevel)
	if err != nil {
		level = zerolog.InfoLevel // check has refused anything else
	}
	out := stderr
	if s.logFormat == "console" || s.logFormat == "auto" && terminal(stderr) {
		out = zerolog.ConsoleWriter{Out: stderr, TimeFormat: time.TimeOnly, NoColor: !terminal(stderr)}
	}
	return zerolog.New(out).Level(level).With().Timestamp().Logger()
}

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// ready prints where the server listens, what it holds, and a call to try.
func ready(out io.Writer, s *settings, fake *server.Server) error {
	a := fake.Addresses()
	p := &printer{out: out}
	p.line("fakegraph %s is ready", server.BuildInfo().Version)
	p.line("")
	if a.HTTP != "" {
		p.line("  HTTP       %s  (also the proxy for unmodified clients)", a.HTTP)
	}
	if a.HTTPS != "" {
		p.line("  HTTPS      %s", a.HTTPS)
	}
	for _, line := range fake.Loaded() {
		p.line("  %s", line)
	}
	p.line("")
	p.line("Try it:")
	p.line("")
	p.line("  %s", s.sample(a))
	p.line("")
	if a.HTTP != "" && s.caDir != "" {
		p.line("Official SDKs send no token to a host they do not know. Point them here with")
		p.line("")
		p.line("  export HTTPS_PROXY=%s SSL_CERT_FILE=%s", a.HTTP, s.caFile())
		p.line("")
		p.line("or, in a Go test, with fake.Transport().")
	}
	return p.err
}

type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", args...)
	}
}
