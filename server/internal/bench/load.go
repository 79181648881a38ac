package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// Bounds of the load generator, whatever the command line says.
const (
	maxConns   = 256
	maxSeconds = 60
)

// load is what is sent to one server: each connection sends the requests of
// one list in turn, again and again. Requests are prepared bytes and answers
// are read no further than their length, so that the generator leaves the
// machine to the server.
type load struct {
	addr  string     // of a loopback interface
	lists [][][]byte // a list of requests per connection
	limit int        // requests in all; 0 for none
}

// outcome is what came of a load.
type outcome struct {
	requests int
	took     time.Duration
	waits    samples // milliseconds, of each request
}

func (o *outcome) rate() float64 { return float64(o.requests) / o.took.Seconds() }

// run sends for so long, or until the limit.
func (l *load) run(d time.Duration) (outcome, error) {
	if err := onLoopback(l.addr); err != nil {
		return outcome{}, err
	}
	conns, err := l.dial()
	if err != nil {
		return outcome{}, err
	}
	var watch clock.Clock
	begin := watch.Now()
	var sending sync.WaitGroup
	for _, c := range conns {
		c.until, c.left = begin.Add(d), (l.limit+len(conns)-1)/len(conns)
		sending.Go(c.send)
	}
	sending.Wait()
	o := outcome{took: watch.Now().Sub(begin)}
	for _, c := range conns {
		_ = c.Close() // all of its answers are read
		err = errors.Join(err, c.err)
		o.requests += len(c.waits)
		o.waits = append(o.waits, c.waits...)
	}
	return o, err
}

func (l *load) dial() ([]*sender, error) {
	conns := make([]*sender, 0, len(l.lists))
	for _, list := range l.lists {
		c, err := net.DialTimeout("tcp", l.addr, 5*time.Second)
		if err != nil {
			return nil, err
		}
		s := &sender{Conn: c, requests: list, answers: bufio.NewReaderSize(c, 64<<10), waits: make(samples, 0, 1<<14)}
		conns = append(conns, s)
	}
	return conns, nil
}

func onLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("load for %s: only loopback addresses are put under load", addr)
	}
	return nil
}

// sender is one connection.
type sender struct {
	net.Conn
	requests [][]byte
	answers  *bufio.Reader
	until    time.Time
	left     int // requests that it may send; 0 for any number
	waits    samples
	err      error
}

func (s *sender) send() {
	var watch clock.Clock
	_ = s.SetDeadline(s.until.Add(10 * time.Second)) // no server may hold us for ever
	for now := watch.Now(); now.Before(s.until); {
		if s.err = s.exchange(s.requests[len(s.waits)%len(s.requests)]); s.err != nil {
			return
		}
		answered := watch.Now()
		s.waits = append(s.waits, milliseconds(answered.Sub(now)))
		if now = answered; len(s.waits) == s.left {
			return
		}
	}
}

func (s *sender) exchange(request []byte) error {
	if _, err := s.Write(request); err != nil {
		return err
	}
	return readAnswer(s.answers)
}

// readAnswer reads one answer with Content-Length, or without content. An
// answer that is no success is an error: it would be measured as a fast one.
func readAnswer(r *bufio.Reader) error {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return err
	}
	ok := len(line) > 12 && line[9] == '2'
	status := string(line[:min(len(line), 12)])
	length := 0
	for len(line) > 2 {
		if line, err = r.ReadSlice('\n'); err != nil {
			return err
		}
		if value, found := headerValue(line, "content-length"); found {
			if length, err = strconv.Atoi(string(value)); err != nil {
				return err
			}
		}
	}
	if !ok {
		body, _ := r.Peek(min(length, 400))
		return fmt.Errorf("answer %s: %s", status, body)
	}
	_, err = r.Discard(length)
	return err
}

// headerValue is the value of a header line if it has this name, in lower case.
func headerValue(line []byte, name string) ([]byte, bool) {
	if len(line) <= len(name) || line[len(name)] != ':' || line[0]|0x20 != name[0] || !bytes.EqualFold(line[:len(name)], []byte(name)) {
		return nil, false
	}
	return bytes.TrimSpace(line[len(name)+1:]), true
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
