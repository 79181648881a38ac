package entity

import "bytes"

// Differing returns the names of the members in which two valid JSON objects
// differ: whose values are spelled otherwise, or that only one of them has and
// that are not null. It is never nil.
func Differing(before, after []byte) []string {
	names := []string{}
	for name, value := range Each(after) {
		text, _ := Unquote(name.Quoted)
		if old, ok := Field(before, text); ok && !bytes.Equal(old, value) || !ok && string(value) != "null" {
			names = append(names, text)
		}
	}
	for name, old := range Each(before) {
		text, _ := Unquote(name.Quoted)
		if _, ok := Field(after, text); !ok && string(old) != "null" {
			names = append(names, text)
		}
	}
	return names
}
