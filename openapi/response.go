package openapi

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Answer is what [Operation.ValidateAnswer] judges of a response.
type Answer struct {
	Status    int
	MediaType string // Content-Type as sent
	Body      []byte
}

// ValidateAnswer judges a successful response against the operation's
// description and returns what is wrong with it: the status, a body where none
// belongs or none where one does, the envelope of collections, and every
// member of a known name by its type. Annotations and members that the type
// lacks are left to the caller.
func (op *Operation) ValidateAnswer(a Answer) []Finding {
	var found findings
	switch {
	case a.Status == 204 || a.Status == 202 || a.Status == 302:
		if len(a.Body) > 0 && a.Status != 202 {
			found.add("body", "", "presence", "body: "+strconv.Itoa(a.Status)+" has none")
		}
		return found.sorted()
	case a.Status == 201 && op.Status == 200 && op.Method != "GET": // what is made or was there, as createLink
	case a.Status != op.Status:
		found.add("status", "", "status", "status "+strconv.Itoa(a.Status)+", described "+strconv.Itoa(op.Status))
	}
	if !isJSON(a.MediaType) {
		return found.sorted()
	}
	var value any
	if err := json.Unmarshal(a.Body, &value); err != nil {
		found.add("body", "", "json", "body: not a JSON value")
		return found.sorted()
	}
	object, ok := value.(map[string]any)
	if !ok {
		found.add("body", "", "type", "body: want object, got "+jsonType(value))
		return found.sorted()
	}
	op.judgeAnswer(object, &found)
	return found.sorted()
}

func (op *Operation) judgeAnswer(object map[string]any, found *findings) {
	returned := op.response
	if op.Kind == LinkRead || returned.Name == "" {
		return
	}
	if !returned.Collection {
		judgeShown("", returned.Type(), object, found)
		return
	}
	list, ok := object["value"].([]any)
	if !ok && (op.Kind == Create || op.Kind == Replace) {
		judgeShown("", returned.Type(), object, found) // the one that was made
		return
	}
	if !ok {
		found.add("body", "/value", "required", "value: want the list of the collection")
		return
	}
	for i, item := range list {
		if member, isObject := item.(map[string]any); isObject {
			judgeShown("/value/"+strconv.Itoa(i), returned.Type(), member, found)
		}
	}
}

// judgeShown judges the members of one object, then the objects inside.
func judgeShown(at string, declared *Type, object map[string]any, found *findings) {
	t := declared
	if t == nil || t.Kind == EnumType {
		return
	}
	if tag, ok := object["@odata.type"].(string); ok {
		if named := t.in.Type(tag); named != nil {
			t = named
		}
	}
	if err := t.flat(shown).VisitJSON(object, visitOptions...); err != nil {
		c := bodyCheck{found: found, mode: shown}
		c.report(at, t, err)
	}
	for name, value := range object {
		if p := t.Property(name); p != nil && strings.IndexByte(name, '@') < 0 {
			judgeInside(at+"/"+escapePointer(name), p, value, found)
		}
	}
}

func judgeInside(at string, p *Property, value any, found *findings) {
	switch value := value.(type) {
	case map[string]any:
		judgeShown(at, p.Type.Type(), value, found)
	case []any:
		for i, item := range value {
			if object, ok := item.(map[string]any); ok {
				judgeShown(at+"/"+strconv.Itoa(i), p.Type.Type(), object, found)
			}
		}
	}
}

// RequiredQuery lists the query options, beside OData's own, that the operation
// cannot do without.
func (op *Operation) RequiredQuery() []*Property {
	var list []*Property
	for i := range op.known().arguments {
		if a := &op.known().arguments[i]; a.in == "query" && a.required {
			named := *a.value
			named.Name = a.name
			list = append(list, &named)
		}
	}
	return list
}
