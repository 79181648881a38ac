package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/fakegraph/fakegraph/server"
	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// growth tells what a change costs among many, as a ratio to the same among few:
// a PATCH in a set of 1,000,000 and of 1,000, a member added and removed in a
// group of 100,000 and of 100. All of it in a process of its own.
func (b *bench) growth() ([]row, error) {
	series, err := ask(order{Role: "growth", Count: b.fewer(1_000_000)})
	if err != nil {
		return nil, err
	}
	return []row{
		newRow(manyGoal, series[0], "%d entities against 1,000", b.fewer(1_000_000)),
		newRow(memberGoal, series[1], "%d members against 100", b.fewer(100_000)),
	}, nil
}

// Rounds of a pair, and changes on each side of one.
const (
	growthRounds  = 15
	growthChanges = 1000
)

// measureGrowth is the child of growth.
func measureGrowth(o order, d *dialogue) error {
	patches, err := compare(1_000, o.Count, "/groupLifecyclePolicies", `"groupLifetimeInDays":1`, patchOne)
	if err != nil {
		return err
	}
	members, err := compare(100, o.Count/10, "/groups/g/members", `"@odata.type":"#microsoft.graph.orgContact"`, swapMember)
	if err != nil {
		return err
	}
	return d.out.Encode(report{Series: []samples{patches, members}})
}

// compare fills two servers with few and many entities and pairs the times of a
// change on either.
func compare(few, many int, path, members string, change func(http.RoundTripper, int) error) (samples, error) {
	var sides [2]*server.Server
	for i, n := range []int{few, many} {
		s, err := filled(n, path, members)
		if err != nil {
			return nil, err
		}
		defer s.Close()
		sides[i] = s
	}
	ratios := make(samples, 0, growthRounds)
	for range growthRounds {
		var took [2]float64
		for i, s := range sides {
			var err error
			if took[i], err = changed(s.Transport(), change); err != nil {
				return nil, err
			}
		}
		ratios = append(ratios, took[1]/took[0])
	}
	return ratios, nil
}

// changed is what a number of changes takes, in processor time where the system
// tells it.
func changed(to http.RoundTripper, change func(http.RoundTripper, int) error) (float64, error) {
	var watch clock.Clock
	begin, busy := watch.Now(), processorTime()
	for i := range growthChanges {
		if err := change(to, i); err != nil {
			return 0, err
		}
	}
	if busy != 0 {
		return float64(processorTime() - busy), nil
	}
	return float64(watch.Now().Sub(begin)), nil
}

// perDocument is how many entities one fixture document brings.
const perDocument = 50_000

// filled is a server with n entities at a path, id0, id1 and so on.
func filled(n int, path, members string) (*server.Server, error) {
	s, err := server.New(server.WithFixtures("none"))
	if err != nil {
		return nil, err
	}
	for from := 0; from < n; from += perDocument {
		var b bytes.Buffer
		fmt.Fprintf(&b, `{"entities":{%q:[`, path)
		for i := from; i < min(n, from+perDocument); i++ {
			fmt.Fprintf(&b, `{"id":"id%d",%s},`, i, members)
		}
		b.Truncate(b.Len() - 1)
		b.WriteString("]}}")
		if err := deliver(s.Transport(), "POST", "https://fakegraph/_fake/fixtures", b.String(), 200); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func patchOne(to http.RoundTripper, i int) error {
	return deliver(to, "PATCH", graphBase+"/groupLifecyclePolicies/id7", fmt.Sprintf(`{"groupLifetimeInDays":%d}`, i+2), 200)
}

func swapMember(to http.RoundTripper, _ int) error {
	if err := deliver(to, "DELETE", graphBase+"/groups/g/members/id7/$ref", "", 204); err != nil {
		return err
	}
	return deliver(to, "POST", graphBase+"/groups/g/members/$ref", `{"@odata.id":"`+graphBase+`/contacts/id7"}`, 204)
}

const graphBase = "https://graph.microsoft.com/v1.0"

func deliver(to http.RoundTripper, method, url, body string, want int) error {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer bench")
	answer, err := to.RoundTrip(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%s %s: status %d, want %d: %s", method, url, answer.StatusCode, want, text)
	}
	return err
}
