package edge

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

func TestServer_ListenErrors(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	socket := filepath.Join(t.TempDir(), "taken")
	takenSocket, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer takenSocket.Close()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	for name, c := range map[string]struct {
		at   Listen
		want []string
	}{
		"port in use":     {Listen{Addr: taken.Addr().String(), Name: "--addr"}, []string{"--addr " + taken.Addr().String(), "port in use", "port 0"}},
		"socket in use":   {Listen{Addr: "unix:" + socket}, []string{"listen address unix:" + socket, "another path"}},
		"not a socket":    {Listen{Addr: "unix:" + file}, []string{"in use"}},
		"no port":         {Listen{Addr: "127.0.0.1", Name: "--addr"}, []string{"missing port", "127.0.0.1:8880"}},
		"foreign address": {Listen{Addr: "192.0.2.1:0"}, []string{"not an address of this machine"}},
		"no authority":    {Listen{Addr: "127.0.0.1:0", TLS: true}, []string{"without an authority"}},
	} {
		first, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s := &Server{Handler: faulty(), Listen: []Listen{{Listener: first}, c.at}}
		err = s.Start()
		for _, part := range c.want {
			if !strings.Contains(errText(err), part) {
				t.Errorf("%s: %v: does not say %q", name, err, part)
			}
		}
		if _, err := first.Accept(); err == nil || len(s.Addresses()) != 0 {
			t.Errorf("%s: the other listener stays open", name)
		}
	}
}

func TestListen_Explain(t *testing.T) {
	at := Listen{Addr: "127.0.0.1:443", Name: "--tls-addr"}
	err := at.explain(&net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)})
	for _, part := range []string{"--tls-addr 127.0.0.1:443", "permission denied", "1024"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%v: does not say %q", err, part)
		}
	}
}

// A socket left by a killed process is replaced.
func TestServer_StaleSocket(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("sockets there vanish with their process")
	}
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	_ = l.Close()
	s := &Server{Handler: faulty(), Listen: []Listen{{Addr: "unix:" + path}}}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(path); !os.IsNotExist(err) {
		t.Errorf("the socket stays: %v", err)
	}
}

func TestAddress_URL(t *testing.T) {
	for want, a := range map[string]Address{
		"http://127.0.0.1:8880":   {Network: "tcp", Addr: "127.0.0.1:8880"},
		"https://127.0.0.1:8843":  {Network: "tcp", Addr: "[::]:8843", TLS: true},
		"http://127.0.0.1:80":     {Network: "tcp", Addr: "0.0.0.0:80"},
		"http://[::1]:80":         {Network: "tcp", Addr: "[::1]:80"},
		"http+unix:/run/f.socket": {Network: "unix", Addr: "/run/f.socket"},
	} {
		if got := a.URL(); got != want {
			t.Errorf("%+v: %s, want %s", a, got, want)
		}
	}
}
