package behavior

// Evidence for properties that some services do not filter by:
//   - reported: events by attendees, organizer (2016 to 2020) and uid (2022);
//     events by recurrence (2022, documented 2024); people by userPrincipalName
//     (2022), messages by toRecipients (2025, seen again 2026); files by their
//     facet (2019 to 2024, and a client of 2021 that sorts them out itself); sites
//     by webUrl (2022); lists by their facet (2018). All with code and words, but
//     for the code of lists and the status of sites.
//   - documented: sites filter by siteCollection (page of site list).
//   - assumed (2026-11): the other recipients of messages are as toRecipients;
//     sites filter by isPersonalSite, too.

// Unfiltered is what a type's entities are not filtered by, and how the service
// says so.
type Unfiltered struct {
	Paths   []string // of properties: what lies below them counts, too
	Only    []string // in place of Paths: lists filter by nothing but these
	Status  int
	Code    string
	Message string // {name} stands for the property with a capital, {filter} for the filter
}

// UnfilteredOf is what entities of a type are not filtered by.
func UnfilteredOf(typeName string) []Unfiltered { return unfiltered[typeName] }

var unfiltered = map[string][]Unfiltered{
	"microsoft.graph.event": {
		{Paths: []string{"attendees", "organizer", "uid"}, Status: 400, Code: "UnsupportedEntityExpression", Message: "'i => {filter}' is not a supported filter expression."},
		{Paths: []string{"recurrence"}, Status: 400, Code: "ErrorInvalidProperty", Message: noFiltering},
	},
	"microsoft.graph.message": {
		{Paths: []string{"toRecipients", "ccRecipients", "bccRecipients", "replyTo"}, Status: 400, Code: "ErrorInvalidUrlQueryFilter",
			Message: "The query filter contains one or more invalid nodes."},
	},
	"microsoft.graph.person": {
		{Paths: []string{"userPrincipalName"}, Status: 400, Code: "ErrorInvalidProperty", Message: noFiltering},
	},
	"microsoft.graph.driveItem": {
		{Paths: []string{"file"}, Status: 400, Code: "notSupported", Message: "Operation not supported"},
	},
	"microsoft.graph.site": {
		{Only: []string{"siteCollection", "isPersonalSite"}, Status: 501, Code: "notSupported", Message: "The request is not supported by the system."},
	},
	"microsoft.graph.list": {
		{Paths: []string{"list"}, Status: 400, Code: "invalidRequest", Message: "The provided filter statement is not supported"},
	},
}

const noFiltering = "The property '{name}' does not support filtering."
