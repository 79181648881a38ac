package command

import (
	"github.com/spf13/cobra"

	"github.com/fakegraph/fakegraph/server"
)

func newCA() *cobra.Command {
	var out string
	s := newSettings()
	c := &cobra.Command{
		Use: "ca", Short: "Print or write the CA certificate to trust (PEM)", Args: noArgs,
		Long: "Print or write the CA certificate (PEM) that signs the HTTPS listener and the proxy's certificates:\n" +
			"the one in the CA folder, made at first need. Without a folder the running server is asked.",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := s.resolve(); err != nil {
				return err
			}
			pem, err := s.certificate(c)
			if err != nil {
				return err
			}
			return writeOut(c, out, pem)
		},
	}
	s.offer(c.Flags(), "ca-dir", "tls-name", configFlag)
	bindOut(c, &out)
	return c
}

func (s *settings) certificate(c *cobra.Command) ([]byte, error) {
	if s.caDir != "" {
		return server.CACertificate(s.caDir, s.tlsNames)
	}
	at := running{url: s.localURL()}
	return at.get(c.Context(), "/_fake/ca.pem")
}
