package openapi

import (
	"slices"
	"strings"
	"testing"
)

func TestTypeNames(t *testing.T) {
	v := beta(t)
	want := v.Type("microsoft.graph.cloudPcExternalPartnerSetting")
	for _, name := range []string{"cloudPcExternalPartnerSetting", "#microsoft.graph.cloudPcExternalPartnerSetting", "graph.cloudPcExternalPartnerSetting", "#graph.cloudPcExternalPartnerSetting"} {
		if got := v.Type(name); got == nil || got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, name := range []string{"", "#", "cloudpcexternalpartnersetting", "microsoft.graph.x", "Edm.String"} {
		if got := v.Type(name); got != nil {
			t.Errorf("%q: %s", name, got.Name)
		}
	}
}

func TestProperties(t *testing.T) {
	setting := beta(t).Type("cloudPcExternalPartnerSetting")
	var got []string
	for _, p := range setting.Properties() {
		line := p.Name + " " + p.Type.String()
		for word, set := range map[string]bool{"ReadOnly": p.ReadOnly, "CreateOnly": p.CreateOnly, "Nullable": p.Nullable, "Navigation": p.Navigation} {
			if set {
				line += " " + word
			}
		}
		got = append(got, line)
	}
	slices.Sort(got[5:]) // statusDetails has two words in any order
	want := []string{
		"id Edm.String ReadOnly", "enableConnection Edm.Boolean", "lastSyncDateTime Edm.DateTimeOffset ReadOnly",
		"partnerId Edm.Guid CreateOnly", "status microsoft.graph.cloudPcExternalPartnerStatus ReadOnly",
	}
	if !slices.Equal(got[:5], want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	details := setting.Property("statusDetails")
	if !details.Nullable || !details.ReadOnly {
		t.Errorf("statusDetails %+v", details)
	}
	if setting.Kind != EntityType || setting.Base().Name != "microsoft.graph.entity" || !setting.Base().Abstract {
		t.Errorf("kind %v, base %v", setting.Kind, setting.Base())
	}
	if setting.Property("PartnerId") != nil || setting.PropertyFold("PartnerID") != setting.Property("partnerId") || setting.PropertyFold("x") != nil {
		t.Error("look-up by case")
	}
	status := setting.Property("status").Type.Type()
	if got := strings.Join(status.Members(), " "); got != "notAvailable available healthy unhealthy unknownFutureValue" || status.Kind != EnumType {
		t.Errorf("status: %v %s", status.Kind, got)
	}
}

func TestTypesOfDocuments(t *testing.T) {
	v := served(t, "beta", zoo)
	dog, animal := v.Type("dog"), v.Type("animal")
	if !dog.Is(animal) || !dog.Is(dog) || animal.Is(dog) || dog.Is(v.Type("color")) || dog.Kind != EntityType {
		t.Error("inheritance")
	}
	for name, want := range map[string]string{
		"born": "Edm.DateTimeOffset", "day": "Edm.Date", "at": "Edm.TimeOfDay", "age": "Edm.Duration", "photo": "Edm.Binary", "legs": "Edm.Int32",
		"small": "Edm.Byte", "cells": "Edm.Int64", "weight": "Edm.Double", "color": "microsoft.graph.color", "mates": "Collection(microsoft.graph.animal)", "note": "",
	} {
		if got := dog.Property(name).Type.String(); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if p := dog.Property("mates"); !p.Navigation || p.Type.Type() != animal {
		t.Errorf("mates %+v", p)
	}
	if !v.Type("ghost").Open || dog.Open || !animal.Abstract || dog.Abstract {
		t.Error("open or abstract")
	}
	if got := v.EntityTypes(); got != 4 {
		t.Errorf("%d entity types", got)
	}
}
