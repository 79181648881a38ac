package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// userPage is how many users one fixture document brings.
const userPage = 10_000

// userID is the id of the i-th user.
func userID(i int) string { return fmt.Sprintf("6a1d4e2f-0000-4000-8000-%012d", i) }

// userDocument is a fixture document with the users from one to another, some
// 450 bytes each. Names come in another order than ids.
func userDocument(from, to int) []byte {
	b := bytes.NewBufferString(`{"version":"v1.0","entities":{"/users":[`)
	for i := from; i < to; i++ {
		if i > from {
			b.WriteString(",\n")
		}
		fmt.Fprintf(b, `{"id":%q,"accountEnabled":true,"businessPhones":["+47 %d"],"city":"Oslo","country":"Norway","department":"Dept %d",`+
			`"displayName":"User %08d","givenName":"User","jobTitle":"Engineer","mail":"user%d@contoso.com","mailNickname":"user%d",`+
			`"officeLocation":"B%d","surname":"N%d","usageLocation":"NO","userPrincipalName":"user%d@contoso.com"}`,
			userID(i), i, i%10, uint32(i)*2654435761%100_000_000, i, i, i%7, i, i)
	}
	b.WriteString("]}}")
	return b.Bytes()
}

// crowd starts fakegraph on a data file and gives it users, over HTTP as
// anybody would. It reports how many bytes of JSON that were.
func (b *bench) crowd(file string, users int) (fake *side, sent int, err error) {
	fake, err = newSide(order{Role: "fakegraph", Fixtures: []string{"none"}, Data: filepath.Join(b.dir, file)})
	if err != nil {
		return nil, 0, err
	}
	for from := 0; from < users; from += userPage {
		document := userDocument(from, min(from+userPage, users))
		sent += len(document)
		if _, err = send("POST", "http://"+fake.addr+"/_fake/fixtures", "", string(document)); err != nil {
			fake.end()
			return nil, 0, err
		}
	}
	return fake, sent, nil
}

// reader mints a token that may read users.
func (s *side) reader() (string, error) { return s.tokenFor("User.Read.All") }

// usersQuery is a request for users as it goes over the connection.
func usersQuery(token, query string) []byte {
	return wireTo("GET", "/v1.0/users?"+query, token, nil, "ConsistencyLevel: eventual\r\n")
}

// alone is the load of one connection.
func alone(request []byte) [][][]byte { return [][][]byte{{request}} }

// patience is what one connection waits for one request, round by round.
func (b *bench) patience(fake *side, request []byte) (absolute, error) {
	fake.lists = alone(request)
	var a absolute
	for round := -1; round < b.rounds; round++ {
		if err := fake.round(b.half(), &a); err != nil {
			return a, err
		}
		if round < 0 {
			a = absolute{} // the first one warms up
		}
	}
	return a, nil
}

// walk is the milliseconds that bbolt itself takes to pass by all entities of a
// file, touching each.
func (b *bench) walk(file string) (samples, error) {
	sum := 0
	return b.pass(file, b.rounds, func(v []byte) { sum += int(v[len(v)/2]) })
}

// pass shows all entities of a file to touch, so many times. The bucket's name
// is the store's.
func (b *bench) pass(file string, times int, touch func([]byte)) (waits samples, err error) {
	db, err := bbolt.Open(filepath.Join(b.dir, file), 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	for range times {
		begin := b.clock.Now()
		err := db.View(func(tx *bbolt.Tx) error {
			for c, k, v := cursorOf(tx); k != nil; k, v = c.Next() {
				touch(v)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		waits = append(waits, milliseconds(b.clock.Now().Sub(begin)))
	}
	return waits, nil
}

func cursorOf(tx *bbolt.Tx) (c *bbolt.Cursor, k, v []byte) {
	c = tx.Bucket([]byte("entities")).Cursor()
	k, v = c.First()
	return c, k, v
}

// fileSize is in bytes.
func (b *bench) fileSize(file string) (float64, error) {
	info, err := os.Stat(filepath.Join(b.dir, file))
	if err != nil {
		return 0, err
	}
	return float64(info.Size()), nil
}

// storedJSON is how many bytes of JSON the entities of a file are: with all the
// members that they have, whether a document named them or not.
func (b *bench) storedJSON(file string) (float64, error) {
	total := 0
	_, err := b.pass(file, 1, func(v []byte) { total += len(v) - max(0, bytes.Index(v, []byte(`{"`))) })
	return float64(total), err
}
