package edge

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAuthority_Leaf(t *testing.T) {
	a := testAuthority(t, "fakegraph", "192.0.2.7")
	standard, err := a.Leaf("")
	if err != nil {
		t.Fatal(err)
	}
	for host, shared := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "::1": true, "[::1]:8843": true, "LOCALHOST:8843": true,
		"fakegraph": true, "192.0.2.7": true,
		"127.0.0.2": false, "graph.microsoft.com": false, "Login.MicrosoftOnline.com:443": false, "a.fakegraph": false,
	} {
		leaf, err := a.Leaf(host)
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		if (leaf == standard) != shared {
			t.Errorf("%s: default leaf: %v", host, leaf == standard)
		}
		if again, _ := a.Leaf(host); again != leaf {
			t.Errorf("%s: not cached", host)
		}
		if err := chain(a, leaf.Leaf, hostname(host), time.Now()); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{"example.com", "10.0.0.1", "xfakegraph"} {
		if _, err := a.Leaf(host); err == nil || !strings.Contains(err.Error(), "--tls-name") {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestAuthority_LeafCacheIsBounded(t *testing.T) {
	a := testAuthority(t)
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for i := range maxLeaves/4 + 10 {
				if _, err := a.Leaf(fmt.Sprintf("h%d-%d.graph.microsoft.com", worker, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := len(a.leaves.byHost); n != maxLeaves {
		t.Errorf("%d leaves kept", n)
	}
}

func TestCommonName_FitsItsLimit(t *testing.T) {
	long := strings.Repeat("a", 60) + ".graph.microsoft.com"
	leaf, err := sharedAuthority().Leaf(long)
	if err != nil {
		t.Fatal(err)
	}
	if cn := leaf.Leaf.Subject.CommonName; len(cn) > 64 {
		t.Errorf("%d bytes", len(cn))
	}
	if err := chain(sharedAuthority(), leaf.Leaf, long, time.Now()); err != nil {
		t.Error(err)
	}
}
