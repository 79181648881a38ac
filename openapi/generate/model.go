package main

import (
	"regexp"
	"strings"
)

// model is a structure or an enumeration of the SDK.
type model struct {
	goType             // package and name
	Base        goType // zero for none
	Fields      []field
	Known       map[goType]string // structures to qualified names, from the discriminator
	Members     []string          // of an enumeration
	Enumeration bool
	Flags       bool
}

// field is one property as the SDK reads it.
type field struct {
	Name       string
	Type       goType // of objects and enumerations
	Edm        string // of primitives
	Collection bool
}

var (
	structLine  = regexp.MustCompile(`^type (\w+) struct \{$`)
	embedLine   = regexp.MustCompile(`^    ([\w.]+)$`)
	enumLine    = regexp.MustCompile(`^type (\w+) int$`)
	fieldLine   = regexp.MustCompile(`^    res\["([^"]+)"\] = func`)
	valueLine   = regexp.MustCompile(`^        val, err := n\.Get(\w+?)Values?\((.*)\)$`)
	knownLine   = regexp.MustCompile(`^ +case "#(microsoft\.graph\.[^"]+)":$`)
	newLine     = regexp.MustCompile(`^ +return (?:(\w+)\.)?New(\w+)\(\), nil$`)
	membersLine = regexp.MustCompile(`\[\]string\{(.*)\}`)
)

// edmTypes are OData's names for the getters of Kiota's parse node.
var edmTypes = map[string]string{
	"String": "Edm.String", "Bool": "Edm.Boolean", "Int32": "Edm.Int32", "Int64": "Edm.Int64", "Float32": "Edm.Single",
	"Float64": "Edm.Double", "Time": "Edm.DateTimeOffset", "DateOnly": "Edm.Date", "TimeOnly": "Edm.TimeOfDay",
	"ISODuration": "Edm.Duration", "UUID": "Edm.Guid", "ByteArray": "Edm.Binary", "Byte": "Edm.Byte", "Int8": "Edm.SByte",
}

// primitiveTypes are OData's names for what collections and answers of
// primitives are called.
var primitiveTypes = map[string]string{
	"string": "Edm.String", "bool": "Edm.Boolean", "int32": "Edm.Int32", "int64": "Edm.Int64", "float32": "Edm.Single",
	"float64": "Edm.Double", "uuid": "Edm.Guid", "UUID": "Edm.Guid", "time": "Edm.DateTimeOffset", "Time": "Edm.DateTimeOffset",
	"dateonly": "Edm.Date", "DateOnly": "Edm.Date", "TimeOnly": "Edm.TimeOfDay", "[]byte": "Edm.Stream", "byte": "Edm.Byte",
	"ISODuration": "Edm.Duration", "int8": "Edm.SByte",
}

// readModel reads a file that holds one structure or enumeration; nil when it
// holds neither.
func readModel(f *goFile) *model {
	if f.isBuilder() {
		return nil
	}
	for i, line := range f.Lines {
		if m := structLine.FindStringSubmatch(line); m != nil {
			return readStruct(f, m[1], f.Lines[i+1:])
		}
		if m := enumLine.FindStringSubmatch(line); m != nil {
			return readEnum(f, m[1], f.Lines[i+1:])
		}
	}
	return nil
}

func readStruct(f *goFile, name string, lines []string) *model {
	s := &model{goType: goType{Package: f.Package, Name: name}, Known: map[goType]string{}}
	if m := embedLine.FindStringSubmatch(lines[0]); m != nil {
		s.Base = f.goType(m[1])
	}
	var property, qualified string
	for _, line := range lines {
		if m := fieldLine.FindStringSubmatch(line); m != nil {
			property = m[1]
		} else if m := valueLine.FindStringSubmatch(line); m != nil && property != "" {
			s.Fields = append(s.Fields, readField(f, property, m[1], m[2]))
			property = ""
		} else if m := knownLine.FindStringSubmatch(line); m != nil {
			qualified = m[1]
		} else if m := newLine.FindStringSubmatch(line); m != nil && qualified != "" {
			s.Known[f.named(m[1], m[2])] = qualified
			qualified = ""
		}
	}
	return s
}

// readField reads the call that fetches a property:
// GetCollectionOfObjectValues(alias.CreateUserFromDiscriminatorValue).
func readField(f *goFile, name, getter, argument string) field {
	p := field{Name: name}
	getter, p.Collection = strings.CutPrefix(getter, "CollectionOf")
	alias, function, qualified := strings.Cut(argument, ".")
	if !qualified {
		alias, function = "", argument
	}
	switch getter {
	case "Object":
		function = strings.TrimSuffix(strings.TrimPrefix(function, "Create"), "FromDiscriminatorValue")
		p.Type = f.named(alias, function)
	case "Enum":
		p.Type = f.named(alias, strings.TrimPrefix(function, "Parse"))
	case "Primitive":
		p.Edm = primitiveTypes[strings.Trim(argument, `"`)]
	default:
		p.Edm = edmTypes[getter]
	}
	return p
}

// named is a type under an import's alias, of the file's own package without one.
func (f *goFile) named(alias, name string) goType {
	if alias == "" {
		return goType{Package: f.Package, Name: name}
	}
	return goType{Package: f.Imports[alias], Name: name}
}

func readEnum(f *goFile, name string, lines []string) *model {
	e := &model{goType: goType{Package: f.Package, Name: name}, Enumeration: true}
	for i, line := range lines {
		if m := membersLine.FindStringSubmatch(line); m != nil && e.Members == nil {
			for member := range strings.SplitSeq(m[1], ", ") {
				e.Members = append(e.Members, strings.Trim(member, `"`))
			}
		}
		if strings.Contains(line, ") isMultiValue() bool") {
			e.Flags = strings.TrimSpace(lines[i+1]) == "return true"
		}
	}
	return e
}
