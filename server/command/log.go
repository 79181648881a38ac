package command

import (
	"io"
	"os"
	"time"

	"github.com/rs/zerolog"
)

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

// terminal reports whether a person may be reading.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
