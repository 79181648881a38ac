package main

import (
	"reflect"
	"testing"
)

func TestReadModel_Structure(t *testing.T) {
	m := readModel(newGoFile("example.com/sdk", "models/animal.go", []byte(`package models

import (
    i1 "example.com/serialization"
    i2 "example.com/sdk/models/zoo"
)

type Animal struct {
    Entity
}
func CreateAnimalFromDiscriminatorValue(parseNode i1.ParseNode)(i1.Parsable, error) {
                switch *mappingValue {
                    case "#microsoft.graph.lion":
                        return NewLion(), nil
                }
}
func (m *Animal) GetFieldDeserializers()(map[string]func(i1.ParseNode)(error)) {
    res := m.Entity.GetFieldDeserializers()
    res["born"] = func (n i1.ParseNode) error {
        val, err := n.GetDateOnlyValue()
    }
    res["keepers"] = func (n i1.ParseNode) error {
        val, err := n.GetCollectionOfObjectValues(i2.CreateKeeperFromDiscriminatorValue)
    }
    res["diet"] = func (n i1.ParseNode) error {
        val, err := n.GetEnumValue(ParseDiet)
    }
    res["names"] = func (n i1.ParseNode) error {
        val, err := n.GetCollectionOfPrimitiveValues("string")
    }
    return res
}
`)))
	models := "example.com/sdk/models"
	want := &model{
		goType: goType{Package: models, Name: "Animal"}, Base: goType{Package: models, Name: "Entity"},
		Known: map[goType]string{{Package: models, Name: "Lion"}: "microsoft.graph.lion"},
		Fields: []field{
			{Name: "born", Edm: "Edm.Date"},
			{Name: "keepers", Type: goType{Package: models + "/zoo", Name: "Keeper"}, Collection: true},
			{Name: "diet", Type: goType{Package: models, Name: "Diet"}},
			{Name: "names", Edm: "Edm.String", Collection: true},
		},
	}
	if !reflect.DeepEqual(m, want) {
		t.Errorf("got  %+v\nwant %+v", m, want)
	}
}

func TestReadModel_Enumeration(t *testing.T) {
	m := readModel(newGoFile("example.com/sdk", "models/diet.go", []byte(`package models
type Diet int

func (i Diet) String() string {
    options := []string{"meat", "plants"}
}
func (i Diet) isMultiValue() bool {
    return true
}
`)))
	want := &model{goType: goType{Package: "example.com/sdk/models", Name: "Diet"}, Enumeration: true, Flags: true, Members: []string{"meat", "plants"}}
	if !reflect.DeepEqual(m, want) {
		t.Errorf("got %+v", m)
	}
}
