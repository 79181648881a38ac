package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// childArgument makes this program a child: a server, or a measurement that
// needs a process of its own.
const childArgument = "as-child"

// order is the first line that a child reads.
type order struct {
	Role     string   `json:"role"`               // a key of roles
	Body     []byte   `json:"body,omitempty"`     // bare servers: their answer
	Fixtures []string `json:"fixtures,omitempty"` // fakegraph: built-in sets and files
	Data     string   `json:"data,omitempty"`     // fakegraph: the data file; "" keeps the state in memory
	Count    int      `json:"count,omitempty"`    // measurements: how often
}

// report is a line that a child writes.
type report struct {
	Addr   string    `json:"addr,omitempty"` // of a server that is ready
	CPU    int64     `json:"cpu,omitempty"`  // nanoseconds of processor time so far; 0 where the system does not tell
	Series []samples `json:"series,omitempty"`
}

// roles are what a child can be. It returns when stdin ends.
var roles = map[string]func(order, *dialogue) error{
	"fakegraph": serveFake,
	"bare":      serveBare,
	"barePatch": serveBarePatch,
	"start":     measureStart,
	"first":     measureFirst,
	"growth":    measureGrowth,

	"operations": measureOperations,
}

// dialogue is a child's talk with its parent, a line of JSON each.
type dialogue struct {
	in  *json.Decoder
	out *json.Encoder
}

// obey is the life of a child.
func obey(in io.Reader, out io.Writer) error {
	d := &dialogue{json.NewDecoder(in), json.NewEncoder(out)}
	var o order
	if err := d.in.Decode(&o); err != nil {
		return err
	}
	role := roles[o.Role]
	if role == nil {
		return fmt.Errorf("role %q: there is none", o.Role)
	}
	return role(o, d)
}

// attend says where a server is and answers questions for its processor time
// until the parent goes.
func (d *dialogue) attend(addr string) error {
	if err := d.out.Encode(report{Addr: addr}); err != nil {
		return err
	}
	for {
		var question string
		if err := d.in.Decode(&question); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := d.out.Encode(report{CPU: int64(processorTime())}); err != nil {
			return err
		}
	}
}

// child is a child as its parent sees it.
type child struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *json.Decoder
	first   report // what it said first
}

// spawn starts this program as a child and waits for its first report.
func spawn(o order) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{process: exec.Command(self, childArgument)}
	c.process.Stderr = os.Stderr
	if c.in, err = c.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = json.NewDecoder(bufio.NewReader(out))
	if err := c.process.Start(); err != nil {
		return nil, err
	}
	if err := c.say(o); err != nil {
		c.end()
		return nil, fmt.Errorf("child %s: %w", o.Role, err)
	}
	return c, nil
}

func (c *child) say(o order) error {
	if err := json.NewEncoder(c.in).Encode(o); err != nil {
		return err
	}
	return c.out.Decode(&c.first)
}

// cpu is the processor time that the child has taken so far.
func (c *child) cpu() (time.Duration, error) {
	if _, err := io.WriteString(c.in, "\"cpu\"\n"); err != nil {
		return 0, err
	}
	var r report
	err := c.out.Decode(&r)
	return time.Duration(r.CPU), err
}

// end lets the child go and waits until it has.
func (c *child) end() {
	_ = c.in.Close()
	_ = c.process.Wait() // it told what went wrong on stderr
}

// ask starts a child that measures and returns what it found.
func ask(o order) ([]samples, error) {
	c, err := spawn(o)
	if err != nil {
		return nil, err
	}
	c.end()
	return c.first.Series, nil
}
