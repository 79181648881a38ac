// Package entity owns the form in which an entity lives in memory: a JSON
// object as a list of members in wire order, each value as raw bytes.
//
// Entities are read, merged and written without decoding their values: that is
// what keeps a PATCH cheap and leaves numbers, escapes and member order as they
// were. It knows nothing of types, stores or HTTP. Start reading at [Object].
//
// What is called from hundreds of places is not inlined: its code would be a
// fiftieth of the binary.
package entity

import "encoding/json"

// Member is one member of an object: its decoded name and its value as compact
// or indented JSON, exactly as it stood.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Object is a JSON object, members in wire order, no name twice.
type Object []Member

// Get returns the raw value of a member.
//
//go:noinline
func (o Object) Get(name string) (json.RawMessage, bool) {
	if i := o.Index(name); i >= 0 {
		return o[i].Value, true
	}
	return nil, false
}

// Has reports whether a member is there, null included.
//
//go:noinline
func (o Object) Has(name string) bool { return o.Index(name) >= 0 }

// Index returns the position of a member, or -1.
func (o Object) Index(name string) int {
	for i := range o {
		if o[i].Name == name {
			return i
		}
	}
	return -1
}

// Set replaces a member's value where it stands, or appends the member.
//
//go:noinline
func (o *Object) Set(name string, value json.RawMessage) {
	if i := o.Index(name); i >= 0 {
		(*o)[i].Value = value
		return
	}
	*o = append(*o, Member{name, value})
}

// SetString sets a member to a JSON string.
func (o *Object) SetString(name, value string) { o.Set(name, Quote(nil, value)) }

// Delete removes a member if it is there.
//
//go:noinline
func (o *Object) Delete(name string) {
	if i := o.Index(name); i >= 0 {
		*o = append((*o)[:i], (*o)[i+1:]...)
	}
}

// String returns the text of a string member; false when it is absent or
// not a string.
func (o Object) String(name string) (string, bool) {
	v, ok := o.Get(name)
	if !ok {
		return "", false
	}
	return Unquote(v)
}

// IsNull reports whether a member is there and null.
func (o Object) IsNull(name string) bool {
	v, ok := o.Get(name)
	return ok && string(v) == "null"
}

// True reports whether a member is there and true.
//
//go:noinline
func (o Object) True(name string) bool {
	v, _ := o.Get(name)
	return string(v) == "true"
}

// Clone returns a copy whose members can be set without touching o. The raw
// values are shared.
func (o Object) Clone() Object { return append(Object(nil), o...) }

// Append appends the object as JSON.
func (o Object) Append(dst []byte) []byte {
	dst = append(dst, '{')
	return append(o.AppendMembers(dst), '}')
}

// AppendMembers appends the members without the braces.
func (o Object) AppendMembers(dst []byte) []byte {
	for i := range o {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(Quote(dst, o[i].Name), ':')
		dst = append(dst, o[i].Value...)
	}
	return dst
}

// JSON returns the object as JSON.
func (o Object) JSON() []byte { return o.Append(make([]byte, 0, o.size())) }

func (o Object) size() int {
	n := 2
	for i := range o {
		n += len(o[i].Name) + len(o[i].Value) + 4
	}
	return n
}
