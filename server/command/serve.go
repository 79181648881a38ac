package command

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/server"
	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// reloadEvery is how often the scenarios' files are looked at.
const reloadEvery = time.Second

// drain is how long running requests may take after a signal.
const drain = 30 * time.Second

func newServe() *cobra.Command {
	s := newSettings()
	c := &cobra.Command{
		Use:   "serve",
		Short: "Start the server; the same as fakegraph alone",
		Long: "A local fake of Microsoft Graph. Without a command it starts the server.\n\n" +
			"Each flag of the server is also an environment variable (FAKEGRAPH_ADDR, FAKEGRAPH_TLS_ADDR, …;\n" +
			"lists are comma-separated) and a key of fakegraph.yaml. Flags win over variables, variables over\n" +
			"the file. The exit code is 0 after SIGINT or SIGTERM, 1 when it cannot start, 2 for bad usage.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := s.resolve(); err != nil {
				return err
			}
			return serve(c.Context(), s, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	s.offer(c.Flags())
	return c
}

// serve runs a server until SIGINT, SIGTERM or the end of ctx; a second signal
// ends it at once.
func serve(ctx context.Context, s *settings, stdout, stderr io.Writer) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := s.logger(stderr)
	s.warn(log)
	edge.TuneCollector()
	fake, err := server.New(append(s.options(log), compileProgress(stderr)...)...)
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

// warn tells of settings that will have no effect.
func (s *settings) warn(log zerolog.Logger) {
	for _, line := range s.strangers {
		log.Warn().Msg(line)
	}
}

// options are the settings as package server takes them.
func (s *settings) options(log zerolog.Logger) []server.Option {
	list := []server.Option{
		server.WithAddresses(s.addr, s.tlsAddr), server.WithData(s.data), server.WithCADir(s.caDir),
		server.WithTLSNames(s.tlsNames...), server.WithAuth(s.auth), server.WithCloud(s.cloud),
		server.WithScenario(s.scenarios...), server.WithAllowedHosts(s.allowHosts...), server.WithNotify(s.notify...), server.WithLogger(log),
		s.limits.option(),
		server.WithReload(reloadEvery),
	}
	if len(s.fixtures) == 0 {
		s.fixtures = []string{"none"}
	}
	list = append(list, server.WithFixtures(s.fixtures...))
	if s.validation == "lenient" {
		list = append(list, server.WithLenientValidation())
	}
	if s.tlsCert != "" {
		list = append(list, server.WithTLSCertificate(s.tlsCert, s.tlsKey))
	}
	if s.pprof {
		list = append(list, server.WithPprof())
	}
	if s.trustProxy {
		list = append(list, server.WithTrustedProxy())
	}
	for _, setting := range s.openapi {
		list = append(list, server.WithOpenAPISetting(setting))
	}
	return list
}
