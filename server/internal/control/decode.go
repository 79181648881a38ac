package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// decode reads a JSON object strictly: a member that is not known is an error,
// so that a typing error does not pass for a default.
func decode(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return decodeError(body, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("body: more than one JSON value")
	}
	return nil
}

// decodeError says in our words what encoding/json says.
func decodeError(body []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	unknown, isUnknown := strings.CutPrefix(err.Error(), "json: unknown field ")
	switch {
	case errors.As(err, &syntax):
		line, column := position(body, int(syntax.Offset))
		return fmt.Errorf("body:%d:%d: not JSON: %v", line, column, syntax)
	case errors.As(err, &kind) && kind.Field == "":
		return errors.New("body: want a JSON object")
	case errors.As(err, &kind):
		return fmt.Errorf("body: member %q is of the wrong type", kind.Field)
	case isUnknown:
		return fmt.Errorf("body: there is no member %s here", unknown)
	case errors.Is(err, io.EOF):
		return errors.New("body: want a JSON object, got nothing")
	}
	return errors.New("body: the JSON breaks off")
}

// position is line and column, both from 1, of the byte before an offset.
func position(text []byte, offset int) (line, column int) {
	before := text[:min(max(offset-1, 0), len(text))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}
