package command

import (
	"fmt"

	"github.com/docker/go-units"
)

// size is a number of bytes as users write it: 4MiB, 256k, 1000000.
type size int64

// Set implements [pflag.Value].
func (s *size) Set(text string) error {
	n, err := units.RAMInBytes(text)
	if err != nil || n <= 0 {
		return fmt.Errorf("%q is no size: want bytes above zero, as in 4MiB or 4194304", text)
	}
	*s = size(n)
	return nil
}

// String implements [pflag.Value].
func (s *size) String() string {
	return units.CustomSize("%.4g%s", float64(*s), 1024, []string{"B", "KiB", "MiB", "GiB", "TiB"})
}

// Type implements [pflag.Value].
func (s *size) Type() string { return "SIZE" }
