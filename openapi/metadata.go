package openapi

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// Metadata is the version's model as an OData metadata document, CSDL in XML
// (graph-behaviour §1.3): how long it is, and a way to write it. It is made at
// its first use and kept packed, a tenth of its size.
func (v *Version) Metadata() (length int64, write func(io.Writer) error, err error) {
	v.metadata.once.Do(func() { v.metadata.err = v.metadata.pack(v) })
	return v.metadata.length, v.metadata.unpack, v.metadata.err
}

// packedMetadata is a metadata document as it is kept.
type packedMetadata struct {
	once   sync.Once
	length int64
	packed []byte
	err    error
}

func (m *packedMetadata) pack(v *Version) error {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	counted := &counter{to: zip}
	if err := v.writeMetadata(counted); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	m.length, m.packed = counted.written, packed.Bytes()
	return nil
}

func (m *packedMetadata) unpack(to io.Writer) error {
	zip, err := gzip.NewReader(bytes.NewReader(m.packed))
	if err != nil {
		return err
	}
	_, err = io.Copy(to, zip) //nolint:gosec // our own bytes
	return err
}

// counter counts the bytes on their way.
type counter struct {
	to      io.Writer
	written int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.written += int64(n)
	return n, err
}

// modelNamespace is that of Graph's main schema; types whose names have none, as
// in documents of users, stand there too.
const modelNamespace = "microsoft.graph"

// schema is what stands in one namespace of a metadata document.
type modelSchema struct {
	types      []int // rows
	operations []boundOperation
}

func (v *Version) writeMetadata(to io.Writer) error {
	m := metadataWriter{in: v, out: bufio.NewWriter(to)}
	schemas := v.modelSchemas()
	m.raw(`<?xml version="1.0" encoding="utf-8"?>` + "\n")
	m.raw(`<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` + "\n")
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		m.schema(name, schemas[name])
	}
	m.raw("</edmx:DataServices></edmx:Edmx>\n")
	return m.out.Flush()
}

// modelSchemas parts types and operations by namespace.
func (v *Version) modelSchemas() map[string]*modelSchema {
	schemas := map[string]*modelSchema{modelNamespace: {}}
	in := func(namespace string) *modelSchema {
		if schemas[namespace] == nil {
			schemas[namespace] = &modelSchema{}
		}
		return schemas[namespace]
	}
	for row := range v.table.Types() {
		if t := v.table.Type(row); t.Kind != 0 && !strings.Contains(t.Short, "/") {
			namespace, _ := cutModelName(t.Name())
			in(namespace).types = append(in(namespace).types, row)
		}
	}
	for _, op := range v.boundOperations() {
		namespace, _ := cutModelName(op.name)
		in(namespace).operations = append(in(namespace).operations, op)
	}
	return schemas
}

// cutModelName parts a qualified name into its namespace and the rest.
func cutModelName(name string) (namespace, short string) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return modelNamespace, name
	}
	return name[:i], name[i+1:]
}

// boundOperation is an action or function as the model declares it, once for
// all the paths that lead there.
type boundOperation struct {
	name       string // qualified
	function   bool
	binding    facts.TypeRef // Name is "" for one of the service root
	parameters []facts.Parameter
	returns    facts.TypeRef
}

// boundOperations lists the actions and functions of all paths, each once.
func (v *Version) boundOperations() []boundOperation {
	found := map[string]boundOperation{}
	for row := range v.table.Nodes() {
		kind := SegmentKind(v.table.Node(row).Kind)
		first, end := v.table.NodeOperations(row)
		if !isOperation(kind) || first == end {
			continue
		}
		op := v.boundAt(row, kind == FunctionSegment, first)
		found[op.key()] = op
	}
	list := make([]boundOperation, 0, len(found))
	for _, key := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[key])
	}
	return list
}

// boundAt is the operation of a node.
func (v *Version) boundAt(row int, function bool, operation int) boundOperation {
	at := row
	if v.table.Node(row).Form {
		at = v.table.Parent(row) // the name without parentheses
	}
	short, _ := unqualify(v.table.Node(at).Text)
	from := v.table.Operation(operation)
	op := boundOperation{
		name: modelNamespace + "." + short, function: function,
		parameters: v.table.Profile(from.Profile).Parameters, returns: v.table.RefFacts(from.Response),
	}
	if parent := v.table.Parent(at); parent > 0 {
		op.binding = v.table.RefFacts(v.table.Node(parent).Value)
		op.binding.Collection = v.table.Node(parent).Value.Collection() || SegmentKind(v.table.Node(parent).Kind) == SetSegment
	}
	return op
}

// key tells operations apart as the model does: overloads differ in what they
// are bound to, and functions in the names of their parameters too.
func (op *boundOperation) key() string {
	key := op.name + "\x00" + collectionName(op.binding.Name, op.binding.Collection)
	if !op.function {
		return key + "\x00action"
	}
	names := make([]string, 0, len(op.parameters))
	for _, p := range op.parameters {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return key + "\x00" + strings.Join(names, ",")
}

// collectionName writes a type as OData does.
func collectionName(name string, collection bool) string {
	if collection {
		return "Collection(" + name + ")"
	}
	return name
}
