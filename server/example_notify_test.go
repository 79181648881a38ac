package server_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

func ExampleServer_WaitDelivered() {
	fake, err := server.New()
	if err != nil {
		panic(err)
	}
	defer fake.Close()

	// The endpoint under test: it proves itself, and hears of new contacts.
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token := r.URL.Query().Get("validationToken"); token != "" {
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprint(w, token)
			return
		}
		body, _ := io.ReadAll(r.Body)
		fmt.Println("told:", strings.Count(string(body), `"changeType":"created"`))
		w.WriteHeader(http.StatusAccepted)
	}))
	defer endpoint.Close()

	client := &http.Client{Transport: fake.Transport()}
	post := func(path, body string) {
		r, _ := http.NewRequest(http.MethodPost, "https://graph.microsoft.com/v1.0"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer any")
		r.Header.Set("Content-Type", "application/json")
		response, err := client.Do(r)
		if err != nil {
			panic(err)
		}
		response.Body.Close()
	}
	until := time.Now().Add(time.Hour).Format(time.RFC3339)
	post("/subscriptions", `{"changeType":"created","resource":"me/contacts","notificationUrl":"`+endpoint.URL+`","expirationDateTime":"`+until+`"}`)
	post("/me/contacts", `{"displayName":"Ada"}`)
	if err := fake.WaitDelivered(context.Background()); err != nil {
		panic(err)
	}
	for _, d := range fake.Deliveries() {
		fmt.Println(d.Delivery.Kind, d.Response.Status)
	}
	// Output:
	// told: 1
	// validation 200
	// change 202
}
