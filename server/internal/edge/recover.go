package edge

import (
	"net/http"
	"runtime/debug"
)

// Panic is what [Recover] caught.
type Panic struct {
	Value    any    // what was passed to panic
	Stack    []byte // of the goroutine that panicked
	Answered bool   // a header was sent already: nothing may be written any more
}

// Recover guards next: when it panics, answer logs and, unless p.Answered,
// writes the answer; a half-sent answer is broken off instead, so that no
// client takes it for whole. [http.ErrAbortHandler] passes, as it must.
func Recover(next http.Handler, answer func(w http.ResponseWriter, r *http.Request, p Panic)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g := &guarded{ResponseWriter: w}
		defer func() {
			switch value := recover(); value {
			case nil:
			case http.ErrAbortHandler:
				panic(http.ErrAbortHandler)
			default:
				if !g.wrote {
					clear(w.Header()) // what the unfinished answer had set
				}
				answer(w, r, Panic{Value: value, Stack: debug.Stack(), Answered: g.wrote})
				if g.wrote {
					panic(http.ErrAbortHandler)
				}
			}
		}()
		next.ServeHTTP(g, r)
	})
}

// guarded notes whether an answer has begun.
type guarded struct {
	http.ResponseWriter
	wrote bool
}

func (g *guarded) WriteHeader(status int) {
	g.ResponseWriter.WriteHeader(status) // panics for a status that is none
	g.wrote = g.wrote || status >= http.StatusOK
}

func (g *guarded) Write(p []byte) (int, error) {
	g.wrote = true
	return g.ResponseWriter.Write(p)
}

// Flush is here for handlers that ask for an http.Flusher.
func (g *guarded) Flush() {
	g.wrote = true
	_ = http.NewResponseController(g.ResponseWriter).Flush()
}

// Unwrap serves http.ResponseController and the faults.
func (g *guarded) Unwrap() http.ResponseWriter { return g.ResponseWriter }
