package openapi

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// compilerVersion counts the changes of what the compiler makes of a document,
// so that what an older one made is not used again. A test says when it has to
// be counted up.
const compilerVersion = 3

// Compiled is what is made of a document: the table that serves it, and what
// was wrong with it. Both may be kept and given to [Catalogue.WithCompiled]
// again as long as [CompilationKey] is the same.
type Compiled struct {
	Table    []byte
	Problems []Problem
}

// Compile makes the table of a version of an OpenAPI 3 document, YAML or JSON,
// as [Catalogue.With] does. It reads a document part by part, so that a large
// one takes memory for what is found in it; of YAML only when no alias crosses
// from one path or component to another. told, if not nil, hears now and then
// how many of all parts are done. An error comes with the problems found so far.
func Compile(version, file string, document []byte, told func(done, total int)) (Compiled, error) {
	found, problems, err := compile(version, file, document, told)
	if err != nil {
		return Compiled{Problems: problems}, err
	}
	data, err := table.Encode(found, nil)
	if err != nil {
		return Compiled{Problems: problems}, fmt.Errorf("%s: %w", file, err)
	}
	return Compiled{Table: data, Problems: problems}, nil
}

// CompilationKey names what [Compile] makes of a document for a version: it is
// another for every other document, version and compiler.
func CompilationKey(version string, document []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d %q ", compilerVersion, table.Format, version)
	h.Write(document)
	return hex.EncodeToString(h.Sum(nil))
}
