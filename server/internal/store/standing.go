package store

import "bytes"

// standingMark begins the JSON of an entity whose text is kept outside the
// store. The member's name cannot be one of a service's.
var standingMark = []byte(`{"@standing":"`)

// Standing returns the JSON by which an entity is stored as standing text: text
// so large, and so much the same in every tenant and store, that it is kept
// once in the process and looked up by name when it is read. What is written
// over it is stored like any other entity.
func Standing(name string) []byte { return append(append(bytes.Clone(standingMark), name...), `"}`...) }

// spelledOut is the JSON of an entity as it is read.
func (r *reader) spelledOut(json []byte) []byte {
	if r.standing == nil || len(json) < len(standingMark) || json[2] != standingMark[2] || !bytes.HasPrefix(json, standingMark) {
		return json // the third byte tells most apart
	}
	name := json[len(standingMark) : len(json)-len(`"}`)]
	if text := r.standing(string(name)); text != nil {
		return text
	}
	return json
}
