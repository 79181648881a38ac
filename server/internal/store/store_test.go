package store_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/store"
	"github.com/fakegraph/fakegraph/server/internal/store/storetest"
)

// seedFlag replays a game: the seed of a failed one is in its log. The
// environment variable is for runs over many packages, where a flag that only
// one of them knows stops the others.
var seedFlag = flag.Uint64("store.seed", 0, "seed of the model test; 0 takes STORE_SEED, or a new one")

func seed(t *testing.T) uint64 {
	if *seedFlag != 0 {
		return *seedFlag
	}
	if env := os.Getenv("STORE_SEED"); env != "" {
		n, err := strconv.ParseUint(env, 10, 64)
		if err != nil {
			t.Fatalf("STORE_SEED: %v", err)
		}
		return n
	}
	return uint64(time.Now().UnixNano())
}

func fromImage(t testing.TB, image []byte) (store.Store, error) {
	return store.Open(store.Options{Image: image})
}

var named = storetest.Harness{
	New: func(t testing.TB) func() (store.Store, error) {
		path := filepath.Join(t.TempDir(), "store.db")
		return func() (store.Store, error) { return store.Open(store.Options{Path: path}) }
	},
	Durable:   true,
	FromImage: fromImage,
}

var nameless = storetest.Harness{
	New: func(t testing.TB) func() (store.Store, error) {
		return func() (store.Store, error) { return store.Open(store.Options{}) }
	},
	FromImage: fromImage,
}

func TestContract(t *testing.T) {
	t.Run("Named", func(t *testing.T) { storetest.Run(t, named) })
	t.Run("Nameless", func(t *testing.T) { storetest.Run(t, nameless) })
}

func TestModel(t *testing.T) {
	for _, test := range []struct {
		name    string
		harness storetest.Harness
		steps   int
	}{
		{"Named", named, 300},
		{"Nameless", nameless, 500},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			seed := seed(t)
			t.Logf("replay with -store.seed=%d", seed)
			storetest.RunModel(t, test.harness, storetest.Game{
				Steps: test.steps,
				Pick:  rand.New(rand.NewPCG(seed, 0)).IntN,
			})
		})
	}
}
