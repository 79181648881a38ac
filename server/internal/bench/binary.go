package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// The programs that are built: the command, and a server of net/http to hold
// its start against.
const (
	commandPackage = "github.com/fakegraph/fakegraph"
	barePackage    = "github.com/fakegraph/fakegraph/server/internal/bench/bare"
)

// build makes a stripped, static binary of a package, once.
func (b *bench) build(pkg string) (string, error) {
	if file := b.built[pkg]; file != "" {
		return file, nil
	}
	file := filepath.Join(b.dir, filepath.Base(pkg))
	c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", file, pkg)
	c.Env, c.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := c.Run(); err != nil {
		return "", fmt.Errorf("go build %s: %w", pkg, err)
	}
	b.built[pkg] = file
	return file, nil
}

// binarySize is goal 10.
func (b *bench) binarySize() ([]row, error) {
	file, err := b.build(commandPackage)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	return []row{newRow(binaryGoal, samples{float64(info.Size()) / 1e6}, "")}, nil
}

// coldStart is goal 8: from exec to the first answered request, less what a
// server of net/http takes in the same round.
func (b *bench) coldStart() ([]row, error) {
	var cold, bare, less samples
	for range 2*b.rounds + 1 { // one start takes milliseconds
		one, err := b.startBinary(b.command)
		if err != nil {
			return nil, err
		}
		other, err := b.startBinary(b.bare)
		if err != nil {
			return nil, err
		}
		cold, bare, less = append(cold, one), append(bare, other), append(less, one-other)
	}
	return []row{newRow(coldGoal, less, "%.1f ms, bare %.1f ms", cold.median(), bare.median())}, nil
}

// startBinary is the milliseconds until a program answers for the first time.
func (b *bench) startBinary(start func() (*program, error)) (float64, error) {
	p, err := start()
	if err != nil {
		return 0, err
	}
	defer p.end()
	return milliseconds(p.took), nil
}

// command starts the built command as users do, but on free ports and with its
// CA in our folder.
func (b *bench) command() (*program, error) { return b.commandWith(nil) }

// commandWith is command with variables and flags of its own.
func (b *bench) commandWith(env []string, flags ...string) (*program, error) {
	file, err := b.build(commandPackage)
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	args := append([]string{"serve", "--addr", addr, "--tls-addr", "127.0.0.1:0", "--ca-dir", filepath.Join(b.dir, "ca")}, flags...)
	return startProgram(env, addr, demoPath, file, args...)
}

func (b *bench) bare() (*program, error) {
	file, err := b.build(barePackage)
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return startProgram(nil, addr, "/", file, addr)
}

// freeAddr finds a port that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// program is a built binary that runs.
type program struct {
	process *exec.Cmd
	addr    string
	took    time.Duration // until its first answer
}

// patience is how long a program may take to answer.
const patience = 30 * time.Second

func startProgram(env []string, addr, path string, file string, args ...string) (*program, error) {
	var watch clock.Clock
	p := &program{process: exec.Command(file, args...), addr: addr}
	p.process.Env, p.process.Stderr = append(os.Environ(), env...), os.Stderr
	begin := watch.Now()
	if err := p.process.Start(); err != nil {
		return nil, err
	}
	for {
		err := answers(addr, path)
		p.took = watch.Now().Sub(begin)
		if err == nil {
			return p, nil
		}
		if p.took > patience {
			p.end()
			return nil, fmt.Errorf("%s does not answer: %w", filepath.Base(file), err)
		}
		time.Sleep(100 * time.Microsecond) // it is not there yet
	}
}

// answers makes one request over a new connection.
func answers(addr, path string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	request := "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer bench\r\n\r\n"
	if _, err := c.Write([]byte(request)); err != nil {
		return err
	}
	return readAnswer(bufio.NewReader(c))
}

// end stops the program, by force when it does not heed.
func (p *program) end() {
	_ = p.process.Process.Signal(os.Interrupt)
	hurry := time.AfterFunc(patience, func() { _ = p.process.Process.Kill() })
	defer hurry.Stop()
	_ = p.process.Wait() // how it ended is not what is measured
}

// memory is goal 9: the command's resident memory after its start, and after a
// million requests, of which a tenth are PATCH.
func (b *bench) memory() ([]row, error) {
	p, err := b.command()
	if err != nil {
		return nil, err
	}
	defer p.end()
	idle, err := p.resident()
	if err != nil || idle == 0 {
		return nil, err // no /proc here: nothing to report
	}
	many := b.fewer(1_000_000)
	if err := p.work(many, b.conns); err != nil {
		return nil, err
	}
	worked, err := p.resident()
	if err != nil {
		return nil, err
	}
	return []row{
		newRow(idleGoal, samples{idle}, ""),
		newRow(workedGoal, samples{worked}, "after %d requests", many),
	}, nil
}

// work makes so many requests, in rounds that the load generator takes.
func (p *program) work(requests, conns int) error {
	list := [][]byte{
		wire("PATCH", strings.TrimPrefix(demoPath, "/beta"), "bench", []byte(`{"enableConnection":true}`)),
		wire("PATCH", strings.TrimPrefix(demoPath, "/beta"), "bench", []byte(`{"enableConnection":false}`)),
	}
	for len(list) < 20 {
		list = append(list, wire("GET", strings.TrimPrefix(demoPath, "/beta"), "bench", nil))
	}
	for requests > 0 {
		l := load{addr: p.addr, lists: same(conns, list...), limit: min(requests, 100_000)}
		o, err := l.run(maxSeconds * time.Second)
		if err != nil {
			return err
		}
		requests -= o.requests
	}
	return nil
}

// resident is the megabytes of memory that the program holds, 0 where there is
// no /proc.
func (p *program) resident() (float64, error) {
	return residentOf(p.process.Process.Pid, "VmRSS:")
}

// residentOf is what a line of a process's status says, in megabytes.
func residentOf(pid int, line string) (float64, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, nil
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if text, ok := strings.CutPrefix(lines.Text(), line); ok {
			kilobytes, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "kB")), 64)
			return kilobytes * 1024 / 1e6, err
		}
	}
	return 0, lines.Err()
}
