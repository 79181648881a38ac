package command

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// limit ends a process or a request that hangs.
const limit = time.Minute

// processes are the servers and the slow request of one script.
type processes struct {
	running map[string]*process
	slow    chan string // gets the status of the slow request
	written written
}

type processesKey struct{}

func of(ts *testscript.TestScript) *processes { return ts.Value(processesKey{}).(*processes) }

// end kills what a script leaves running.
func (p *processes) end() {
	for _, one := range p.running {
		_ = one.command.Process.Kill()
		<-one.ended
	}
}

// process is one running fakegraph.
type process struct {
	command *exec.Cmd
	url     string
	stdout  lines
	stderr  lines
	ended   chan struct{}
	err     error // of its end; to be read once ended is closed
}

// lines collects output, and passes on what has come so far.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// found is the real path of a program in a script's PATH.
func found(ts *testscript.TestScript, program string) string {
	for dir := range strings.SplitSeq(ts.Getenv("PATH"), string(filepath.ListSeparator)) {
		if path, err := exec.LookPath(filepath.Join(dir, program)); err == nil {
			return path
		}
	}
	ts.Fatalf("no %s in PATH", program)
	return ""
}

func wordStart(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) > 0, "start NAME [ARG…]")
	p := &process{command: exec.Command(found(ts, "fakegraph"), args[1:]...), ended: make(chan struct{})}
	p.command.Dir, p.command.Stderr = ts.MkAbs("."), &p.stderr
	for _, name := range []string{"HOME", "TMPDIR"} {
		p.command.Env = append(p.command.Env, name+"="+ts.Getenv(name))
	}
	p.command.Env = append(p.command.Env, "PATH="+ts.Getenv("PATH"))
	for _, name := range settingVariables() {
		if value := ts.Getenv(name); value != "" {
			p.command.Env = append(p.command.Env, name+"="+value)
		}
	}
	out, err := p.command.StdoutPipe()
	ts.Check(err)
	ts.Check(p.command.Start())
	of(ts).running[args[0]] = p
	p.await(ts, args[0], out)
}

// settingVariables are the variables that serve reads.
func settingVariables() []string {
	list := []string{variable(configFlag)}
	for _, name := range names(newSettings().flags) {
		list = append(list, variable(name))
	}
	return list
}

// The ready block ends with such a line.
var lastLine = regexp.MustCompile(`fake\.Transport\(\)`)

// await reads the ready block and gives the script its addresses.
func (p *process) await(ts *testscript.TestScript, name string, out io.Reader) {
	ready := make(chan bool, 1)
	go func() {
		defer close(p.ended)
		scanner := bufio.NewScanner(out)
		for scanner.Scan() {
			_, _ = p.stdout.Write([]byte(scanner.Text() + "\n"))
			if lastLine.MatchString(scanner.Text()) {
				ready <- true
			}
		}
		p.err = p.command.Wait()
		ready <- false
	}()
	select {
	case ok := <-ready:
		if !ok {
			ts.Fatalf("%s did not start: %v\n%s%s", name, p.err, p.stdout.String(), p.stderr.String())
		}
	case <-time.After(limit):
		ts.Fatalf("%s is not ready\n%s%s", name, p.stdout.String(), p.stderr.String())
	}
	p.publish(ts, name)
}

var (
	httpLine  = regexp.MustCompile(`(?m)^  HTTP +(http://\S+)`)
	httpsLine = regexp.MustCompile(`(?m)^  HTTPS +(https://\S+)`)
	curlLine  = regexp.MustCompile(`(?m)^  (curl .*)$`)
)

func (p *process) publish(ts *testscript.TestScript, name string) {
	block := p.stdout.String()
	ts.Check(os.WriteFile(ts.MkAbs(name+".out"), []byte(block), 0o600))
	for suffix, line := range map[string]*regexp.Regexp{"": httpLine, "_TLS": httpsLine, "_CURL": curlLine} {
		if m := line.FindStringSubmatch(block); m != nil {
			ts.Setenv(name+suffix, m[1])
		}
	}
	p.url = ts.Getenv(name)
	if u, err := url.Parse(p.url); err == nil {
		ts.Setenv(name+"_ADDR", u.Host)
	}
}

func wordEnd(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 2, "end NAME SIGNAL")
	p := of(ts).running[args[0]]
	if p == nil {
		ts.Fatalf("end: no process %s", args[0])
	}
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL}
	ts.Check(p.command.Process.Signal(signals[args[1]]))
	select {
	case <-p.ended:
	case <-time.After(limit):
		ts.Fatalf("%s does not end after SIG%s\n%s", args[0], args[1], p.stderr.String())
	}
	delete(of(ts).running, args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".out"), []byte(p.stdout.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".err"), []byte(p.stderr.String()), 0o600))
	if p.err != nil && args[1] != "KILL" {
		ts.Fatalf("%s after SIG%s: %v\n%s", args[0], args[1], p.err, p.stderr.String())
	}
}

func wordSlow(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 1, "slow URL")
	r := request(ts, http.MethodGet, args[0], "")
	status := make(chan string, 1)
	of(ts).slow = status
	go func() {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: limit}
		response, err := client.Do(r)
		if err != nil {
			status <- err.Error()
			return
		}
		defer response.Body.Close()
		if _, err := io.ReadAll(response.Body); err != nil {
			status <- err.Error()
			return
		}
		status <- strconv.Itoa(response.StatusCode)
	}()
	awaitJournal(ts, r.URL)
}

// awaitJournal waits until the server's journal has a call: it is written when
// the answer is made, before the delay that a fault puts in front of it.
func awaitJournal(ts *testscript.TestScript, u *url.URL) {
	at := u.Scheme + "://" + u.Host + "/_fake/requests?path=" + url.QueryEscape(u.Path)
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		response, err := http.Get(at)
		ts.Check(err)
		journal, err := io.ReadAll(response.Body)
		response.Body.Close()
		ts.Check(err)
		if bytes.Contains(journal, []byte(u.Path)) {
			return
		}
	}
	ts.Fatalf("the server never got the request")
}

func wordAnswered(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, len(args) == 1 && of(ts).slow != nil, "answered STATUS, after slow")
	if got := <-of(ts).slow; got != args[0] {
		ts.Fatalf("answered %s, want %s", got, args[0])
	}
}
