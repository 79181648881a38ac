package main

import (
	"reflect"
	"strings"
	"testing"
)

// Ensure that nobody adds a fact without saying how it is known.
func TestOverlay_Evidence(t *testing.T) {
	o, err := readOverlay(overlayText)
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.ValueOf(*o)
	for i := range v.NumField() {
		part := v.Field(i)
		if part.Kind() == reflect.Struct {
			wantEvidence(t, v.Type().Field(i).Name, part)
			continue
		}
		for j := range part.Len() {
			wantEvidence(t, v.Type().Field(i).Name, part.Index(j))
		}
	}
}

func wantEvidence(t *testing.T, name string, entry reflect.Value) {
	t.Helper()
	if entry.FieldByName("Evidence").String() == "" {
		t.Errorf("%s: no evidence: %+v", name, entry.Interface())
	}
}

func TestReadOverlay_UnknownField(t *testing.T) {
	_, err := readOverlay([]byte("copies:\n  - {form: /users, to: [/me]}\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}
