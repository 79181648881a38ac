package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// getEntity is goal 1.
func (b *bench) getEntity() ([]row, error) {
	return b.read(getGoal, "/beta"+collection+"/"+entityID(0))
}

// getUser is goal 1 with the resource that most requests are for.
func (b *bench) getUser() ([]row, error) { return b.read(getUserGoal, "/v1.0/users/"+userID(0)) }

// list is goal 2.
func (b *bench) list() ([]row, error) { return b.read(listGoal, "/beta"+collection) }

// listUsers is goal 2 with users.
func (b *bench) listUsers() ([]row, error) { return b.read(listUsersGoal, "/v1.0/users") }

// read pairs a GET with a bare server of the same bytes.
func (b *bench) read(g goal, target string) ([]row, error) {
	fake, err := b.fake("")
	if err != nil {
		return nil, err
	}
	defer fake.end()
	token, err := fake.token()
	if err != nil {
		return nil, err
	}
	bare, err := fake.counterpart("bare", target, token)
	if err != nil {
		return nil, err
	}
	defer bare.end()
	fake.lists = same(b.conns, wireTo("GET", target, token, nil, ""))
	bare.lists = fake.lists
	f, err := b.pair(fake, bare)
	return []row{f.row(g)}, err
}

// batch is goal 6: whole batches against single answers of the bare server.
func (b *bench) batch() ([]row, error) {
	fake, err := b.fake("")
	if err != nil {
		return nil, err
	}
	defer fake.end()
	token, err := fake.token()
	if err != nil {
		return nil, err
	}
	path := collection + "/" + entityID(0)
	bare, err := fake.counterpart("bare", "/beta"+path, token)
	if err != nil {
		return nil, err
	}
	defer bare.end()
	fake.lists = same(b.conns, wire("POST", "/$batch", token, batchOf(20)))
	bare.lists = same(b.conns, wire("GET", path, token, nil))
	f, err := b.pair(fake, bare)
	return []row{f.row(batchGoal)}, err
}

// batchOf is a batch of GETs of different entities.
func batchOf(n int) []byte {
	b := []byte(`{"requests":[`)
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `{"id":"%d","method":"GET","url":"%s/%s"}`, i+1, collection, entityID(i))
	}
	return append(b, "]}"...)
}

// patch is goal 3.
func (b *bench) patch() ([]row, error) { return b.write(patchGoal, "", b.conns) }

// patchDurable and patchCompany are goal 4.
func (b *bench) patchDurable() ([]row, error) { return b.write(durableGoal, "durable.db", b.conns) }

func (b *bench) patchCompany() ([]row, error) { return b.write(companyGoal, "company.db", 64) }

// write pairs PATCH with a bare server that merges one entity in memory.
func (b *bench) write(g goal, data string, conns int) ([]row, error) {
	fake, err := b.fake(data)
	if err != nil {
		return nil, err
	}
	defer fake.end()
	token, err := fake.token()
	if err != nil {
		return nil, err
	}
	bare, err := fake.counterpart("barePatch", "/beta"+collection+"/"+entityID(0), token)
	if err != nil {
		return nil, err
	}
	defer bare.end()
	fake.lists = patches(conns, token)
	bare.lists = fake.lists
	f, err := b.pair(fake, bare)
	return []row{f.row(g)}, err
}

// patchAlone is goal 4b: what one client waits for a durable PATCH, held
// against what the disk takes for an fsync in the same rounds.
func (b *bench) patchAlone() ([]row, error) {
	fake, err := b.fake("alone.db")
	if err != nil {
		return nil, err
	}
	defer fake.end()
	token, err := fake.token()
	if err != nil {
		return nil, err
	}
	fake.lists = patches(1, token)
	var disk samples
	var a absolute
	for range b.rounds {
		waits, err := b.syncs(b.fewer(500))
		if err != nil {
			return nil, err
		}
		disk = append(disk, waits.median())
		if err := fake.round(b.half(), &a); err != nil {
			return nil, err
		}
	}
	g := fsyncGoal
	g.Gate.Value, g.Aim.Value = 4*disk.median()+0.3, 3*disk.median()+0.2
	return []row{newRow(g, a.wait, "fsync of 4 kB: p50 %.3f ms; gate is 4 of them + 0.3, aim 3 + 0.2", disk.median())}, nil
}

// syncs writes and syncs 4 kB so often, and returns the milliseconds of each.
func (b *bench) syncs(n int) (samples, error) {
	f, err := os.Create(filepath.Join(b.dir, "sync"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	page := make([]byte, 4<<10)
	waits := make(samples, n)
	for i := range waits {
		begin := b.clock.Now()
		if _, err := f.WriteAt(page, 0); err != nil {
			return nil, err
		}
		if err := f.Sync(); err != nil {
			return nil, err
		}
		waits[i] = milliseconds(b.clock.Now().Sub(begin))
	}
	return waits, nil
}
