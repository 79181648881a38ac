package command

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// printer writes lines until one cannot be written.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", args...)
	}
}

// writeOut writes a command's result to a file, or to standard output.
func writeOut(c *cobra.Command, file string, data []byte) error {
	if file == "" {
		_, err := c.OutOrStdout().Write(data)
		return err
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return fmt.Errorf("--out %s: %w", file, cause(err))
	}
	return nil
}

// bindOut declares --out, which writeOut honours.
func bindOut(c *cobra.Command, out *string) {
	c.Flags().StringVar(out, "out", "", "`FILE` to write instead of standard output")
}

// count is "1 mistake" or "2 mistakes".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
