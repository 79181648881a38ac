package server

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/scenarios"
)

// reloading keeps the scenarios in step with the files that they came from. It
// looks at the files' times and sizes again and again instead of being told by
// the system: that works on every mount, also on those of containers, which
// tell of nothing.
type reloading struct {
	every time.Duration // 0: nobody looks
	stop  chan struct{}
	done  sync.WaitGroup

	loaded []scenarios.Scenario // as the files said last
	seen   []scenarios.Stamp    // of the files when they were read last
}

// WithReload looks every so often whether the files of scenarios have changed,
// and takes over what they say. A file with mistakes changes nothing, and the
// log has all of them.
func WithReload(every time.Duration) Option { return func(c *config) { c.reload = every } }

// watch begins to look; nothing is done unless files are loaded and somebody
// wants it.
func (s *Server) watch() error {
	r := &s.reloading
	r.every = s.config.reload
	if r.every <= 0 || len(s.config.scenarios) == 0 {
		return nil
	}
	r.stop = make(chan struct{})
	r.done.Go(func() {
		ticker := time.NewTicker(r.every)
		defer ticker.Stop()
		for {
			select {
			case <-r.stop:
				return
			case <-ticker.C:
				s.reload()
			}
		}
	})
	return nil
}

// unwatch ends the looking and waits for it.
func (r *reloading) unwatch() {
	if r.stop != nil {
		close(r.stop)
		r.done.Wait()
	}
}

// reload takes over what the files say when one of them has changed.
func (s *Server) reload() {
	r := &s.reloading
	stamps := scenarios.Stamps(s.config.scenarios)
	if slices.Equal(stamps, r.seen) {
		return
	}
	r.seen = stamps
	now, err := readScenarios(s.config.scenarios)
	if err == nil {
		err = s.scenarios.Swap(r.loaded, now, "")
	}
	if err != nil {
		s.notReloaded(err)
		return
	}
	r.loaded = now
	s.log.Info().Int("scenarios", len(now)).Msg("scenario files have changed: reloaded")
}

// notReloaded logs all mistakes.
func (s *Server) notReloaded(err error) {
	s.log.Error().Msg("scenario files have changed, and what they said before still holds until these mistakes are mended")
	var refusal *scenarios.Refusal
	if errors.As(err, &refusal) {
		for _, p := range refusal.Problems {
			s.log.Error().Str("file", p.File).Int("line", p.Line).Int("column", p.Column).Msg(p.String())
		}
		return
	}
	s.log.Error().Err(err).Msg("scenario files")
}

// readScenarios reads the scenarios of names, or says all that is wrong with
// them.
func readScenarios(names []string) (list []scenarios.Scenario, err error) {
	var all []scenarios.Problem
	var errs []error
	for _, name := range names {
		read, problems, err := scenarios.Load(name)
		list, all = append(list, read...), append(all, problems...)
		if err != nil {
			errs = append(errs, err)
		}
	}
	return list, errors.Join(append(errs, scenarios.Refuse(all))...)
}
