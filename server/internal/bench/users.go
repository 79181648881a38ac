package main

import (
	"bytes"
	"encoding/json"
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
// file, touching each. The bucket's name is the store's.
func (b *bench) walk(file string) (samples, error) {
	db, err := bbolt.Open(filepath.Join(b.dir, file), 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var waits samples
	for range b.rounds {
		begin, sum := b.clock.Now(), 0
		err := db.View(func(tx *bbolt.Tx) error {
			for c, k, v := cursorOf(tx); k != nil; k, v = c.Next() {
				sum += int(v[len(v)/2])
			}
			return nil
		})
		if err != nil || sum == 0 {
			return nil, fmt.Errorf("walk %s: nothing there (%v)", file, err)
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

// storedUser is how many bytes of JSON one user is to the service: with all the
// members that it has, whether the document named them or not.
func (s *side) storedUser(token string) (float64, error) {
	body, err := send("GET", "http://"+s.addr+"/beta/users/"+userID(0), token, "")
	if err != nil {
		return 0, err
	}
	var compact bytes.Buffer
	err = json.Compact(&compact, body)
	return float64(compact.Len()), err
}
