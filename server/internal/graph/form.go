package graph

import (
	"strings"
)

// form is how the client wants JSON to be written. The zero value is what all
// get who ask for nothing.
type form struct {
	metadata metadata
	quoted   bool // IEEE754Compatible=true: Int64 and Decimal as strings
	unmasked bool // Prefer: include-unknown-enum-members

	immutable bool // Prefer: IdType="ImmutableId", of Outlook
}

// metadata is how much of its control information OData writes.
type metadata uint8

const (
	minimalMetadata metadata = iota
	noMetadata
	fullMetadata
)

// mediaTypes are the Content-Types of JSON answers (R, graph-behaviour §2.15).
var mediaTypes = [...][2]string{
	minimalMetadata: mediaTypesOf("minimal"), noMetadata: mediaTypesOf("none"), fullMetadata: mediaTypesOf("full"),
}

func mediaTypesOf(level string) [2]string {
	begin := "application/json;odata.metadata=" + level + ";odata.streaming=true;IEEE754Compatible="
	return [2]string{begin + "false;charset=utf-8", begin + "true;charset=utf-8"}
}

func (f form) mediaType() string {
	if f.quoted {
		return mediaTypes[f.metadata][1]
	}
	return mediaTypes[f.metadata][0]
}

// metadataLevels are the values of odata.metadata, and of the older odata.
var metadataLevels = map[string]metadata{
	"minimal": minimalMetadata, "none": noMetadata, "full": fullMetadata,
	"minimalmetadata": minimalMetadata, "nometadata": noMetadata, "fullmetadata": fullMetadata,
}

// readAccept reads the form out of the Accept header: of the first of its media
// ranges that JSON fits. Other media get JSON too, as Graph answers them
// (graph-behaviour §2.15).
func (q *run) readAccept() {
	for _, line := range q.Call.Header["Accept"] {
		if strings.IndexByte(line, ';') < 0 && strings.IndexByte(line, '=') < 0 {
			continue
		}
		for item := range strings.SplitSeq(line, ",") {
			base, parameters, _ := strings.Cut(item, ";")
			switch base = strings.ToLower(strings.TrimSpace(base)); {
			case base == "application/json", base == "*/*", base == "application/*":
				q.readForm("Accept", parameters)
				return
			case strings.Contains(base, "="): // the parameters alone, as some clients send them
				q.readForm("Accept", item)
				return
			}
		}
	}
}

// readForm reads the parameters of a media type. What they ask for and is not
// offered is told to the tester.
func (q *run) readForm(where, parameters string) {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.ToLower(strings.Trim(strings.TrimSpace(value), `"`))
		switch name {
		case "odata.metadata", "metadata", "odata":
			level, ok := metadataLevels[value]
			if !ok {
				q.note(where + ": " + name + "=" + value + " is not offered, answered with minimal metadata")
			}
			q.form.metadata = level
		case "ieee754compatible":
			q.form.quoted = value == "true"
		case "", "charset", "q", "odata.streaming", "streaming": // JSON is UTF-8, and whole answers can be read as streams
		default:
			q.note(where + ": " + name + " is not evaluated")
		}
	}
}

// bare reports whether the client asked for no metadata.
func (q *run) bare() bool { return q.form.metadata == noMetadata }

// full reports whether the client asked for all metadata.
func (q *run) full() bool { return q.form.metadata == fullMetadata }
