package identity

import (
	"fmt"
	"strings"
	"testing"
)

func TestTokenCache_is_bounded(t *testing.T) {
	var c tokenCache
	kept := new(token)
	c.put("kept", kept)
	for i := range 10 * generationSize {
		c.put(fmt.Sprint(i), new(token))
		if c.get("kept") != kept {
			t.Fatalf("what is used was dropped after %d others", i)
		}
	}
	if n := len(c.young) + len(c.old); n > 2*generationSize {
		t.Errorf("%d tokens are kept", n)
	}
	if c.get("0") != nil {
		t.Error("what is not used was kept")
	}
	long := strings.Repeat("x", cachedBytes+1)
	if c.put(long, kept); c.get(long) != nil {
		t.Error("a huge token was kept")
	}
}
