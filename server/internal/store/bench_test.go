package store

import (
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"go.etcd.io/bbolt"
)

const benchSize = 10_000

var benchJSON = make([]byte, 400)

// benchID is the id of entity n: a GUID in random order.
func benchID(n int) string {
	return fmt.Sprintf("%08x-1234-4abc-8def-%012x", uint32(n)*2654435761, n)
}

func fillFor(b *testing.B, o Options, size int) *bolt {
	b.Helper()
	s, err := Open(o)
	must(b, err)
	b.Cleanup(func() { must(b, s.Close()) })
	must(b, s.Update(func(w Writer) error {
		for n := range size {
			_, err := w.Insert(people, Entity{ID: benchID(n), JSON: benchJSON, Keys: []Key{{Name: "upn", Value: benchID(n)}}})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	return s.(*bolt)
}

// BenchmarkRead is a point read by id; Raw is one bbolt Get of an entity by its
// ordinal, the least that a read could do.
func BenchmarkRead(b *testing.B) {
	s := fillFor(b, Options{}, benchSize)
	ids := make([]string, benchSize)
	for n := range ids {
		ids[n] = benchID(n)
	}
	b.Run("Get", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			err := s.View(func(r Reader) error { _, err := r.Get(people, ids[n%benchSize]); return err })
			must(b, err)
		}
	})
	b.Run("Lookup", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			err := s.View(func(r Reader) error {
				_, err := r.Lookup(people, Key{Name: "upn", Value: ids[n%benchSize]})
				return err
			})
			must(b, err)
		}
	})
	b.Run("At", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			err := s.View(func(r Reader) error { _, _, err := r.At(Ordinal(n%benchSize + 1)); return err })
			must(b, err)
		}
	})
	b.Run("Raw", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			err := s.db.View(func(tx *bbolt.Tx) error {
				var key [12]byte
				if tx.Bucket(bucketNames[entitiesBucket]).Get(appendEntityKey(key[:0], 1, Ordinal(n%benchSize+1))) == nil {
					return ErrNotFound
				}
				return nil
			})
			must(b, err)
		}
	})
}

// BenchmarkScan walks a set; Raw is bbolt's walk of the same records.
func BenchmarkScan(b *testing.B) {
	s := fillFor(b, Options{}, benchSize)
	b.Run("Scan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			must(b, s.View(func(r Reader) error {
				n := 0
				for e := range r.Scan(people, 0) {
					n += int(e.JSON[0]) + 1
				}
				if n != benchSize {
					b.Fatal(n)
				}
				return nil
			}))
		}
	})
	b.Run("Raw", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			must(b, s.db.View(func(tx *bbolt.Tx) error {
				n := 0
				c := tx.Bucket(bucketNames[entitiesBucket]).Cursor()
				for k, v := c.First(); k != nil; k, v = c.Next() {
					n += int(v[len(v)-1]) + 1
				}
				if n != benchSize {
					b.Fatal(n)
				}
				return nil
			}))
		}
	})
}

// BenchmarkWrite replaces one entity per transaction.
func BenchmarkWrite(b *testing.B) {
	for _, place := range []string{"Nameless", "Durable"} {
		for _, writers := range []int{1, 16} {
			b.Run(fmt.Sprint(place, "/", writers), func(b *testing.B) {
				o := Options{}
				if place == "Durable" {
					o.Path = filepath.Join(b.TempDir(), "store.db")
				}
				s := fillFor(b, o, 1000)
				var n atomic.Uint64
				b.ReportAllocs()
				b.SetParallelism(writers)
				if writers == 1 {
					for b.Loop() {
						replaceOne(b, s, n.Add(1))
					}
					return
				}
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						replaceOne(b, s, n.Add(1))
					}
				})
			})
		}
	}
}

func replaceOne(b *testing.B, s *bolt, n uint64) {
	err := s.Update(func(w Writer) error {
		_, err := w.Replace(Ordinal(n*7919%1000+1), Entity{JSON: benchJSON})
		return err
	})
	if err != nil {
		b.Error(err)
	}
}

// BenchmarkInsert adds entities, many to a transaction.
func BenchmarkInsert(b *testing.B) {
	s := fillFor(b, Options{}, 0)
	const each = 10_000
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		must(b, s.Update(func(w Writer) error {
			for range each {
				n++
				if _, err := w.Insert(people, Entity{ID: benchID(n), JSON: benchJSON}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/entity")
}

// BenchmarkOpen opens and closes a nameless store.
func BenchmarkOpen(b *testing.B) {
	s := fillFor(b, Options{}, 300)
	image, err := s.Image()
	must(b, err)
	b.Run("Empty", func(b *testing.B) { openOften(b, Options{}) })
	b.Run(fmt.Sprintf("Image%dk", len(image)>>10), func(b *testing.B) { openOften(b, Options{Image: image}) })
}

func openOften(b *testing.B, o Options) {
	b.ReportAllocs()
	for b.Loop() {
		s, err := Open(o)
		must(b, err)
		must(b, s.Close())
	}
}
