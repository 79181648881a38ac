package server_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// BenchmarkBatch is goal 6 of the performance page without sockets: twenty
// reads of different entities in one $batch.
func BenchmarkBatch(b *testing.B) {
	s, err := server.New(server.WithFixtures("none"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	const set = "/deviceManagement/virtualEndpoint/externalPartnerSettings"
	var planted []string
	for i := range 20 {
		planted = append(planted, fmt.Sprintf(`{"id":"b3548526-e615-3785-3118-%012d","partnerId":"198d7140-80bb-4843-8cc4-811377a49a92","enableConnection":false,"status":"notAvailable"}`, i))
	}
	plant(b, s, `{"version":"beta","entities":{"`+set+`":[`+strings.Join(planted, ",")+`]}}`)
	body := []byte(`{"requests":[`)
	for i := range 20 {
		if i > 0 {
			body = append(body, ',')
		}
		body = fmt.Appendf(body, `{"id":"%d","method":"GET","url":"`+set+`/b3548526-e615-3785-3118-%012d"}`, i+1, i)
	}
	body = append(body, "]}"...)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r := httptest.NewRequest("POST", "/beta/$batch", bytes.NewReader(body))
			r.Header.Set("Authorization", "Bearer test")
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Fatal(w.Body.String())
			}
		}
	})
}
