package openapi

import (
	"time"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// Operation is one method of one path. It does not change.
type Operation struct {
	ID       string // operationId; empty when none is known
	Method   string // in capitals
	Template string // path below the version
	Kind     Kind
	Status   int // success status
	Family   Family

	in         *Version
	request    TypeRef
	response   TypeRef
	body       *bodyRule   // nil: a body is not looked at
	parameters []*Property // of an action's body or a function's parentheses
	profile    *profile    // nil: nothing is known
	inherited  bool        // the permissions are those of the path above
}

// bodyRule says what an operation takes in its body.
type bodyRule struct {
	required bool
	media    []string // media types without parameters
	shape    *Type    // type of the JSON object; nil: JSON is not looked into
	inline   []string // properties required at the operation itself
	partial  bool     // what the types require does not count: PATCH
}

// operation is the operation of a row of the table.
func (v *Version) operation(row int) *Operation {
	if op := v.operations.get(row); op != nil {
		return op
	}
	return v.operations.keep(row, v.readOperation(row))
}

func (v *Version) readOperation(row int) *Operation {
	from := v.table.Operation(row)
	op := &Operation{
		ID: v.table.ID(row), Method: from.Method, Kind: Kind(from.Kind),
		Template: v.node(v.table.OperationNode(row)).item.Template(),
		in:       v, response: v.ref(from.Response), profile: v.profile(from.Profile),
	}
	op.Family = FamilyOf(op.Template)
	if op.Status = op.profile.Status; op.Status == 0 {
		op.Status = usualStatus(op)
	}
	op.settleBody(v.ref(from.Request))
	return op
}

// usualStatus is the status of success where nothing is documented, as
// graph-behaviour §3.1 has it for most services.
func usualStatus(op *Operation) int {
	switch op.Kind {
	case Create:
		return 201
	case Delete, LinkAdd, LinkSet, LinkDrop:
		return 204
	case Action:
		if op.response.Name == "" {
			return 204
		}
	}
	return 200
}

// settleBody finds out what the operation takes.
func (op *Operation) settleBody(request TypeRef) {
	p := op.profile
	named := request.of != nil && !request.of.anonymous()
	if named || request.of == nil {
		op.request = request
	}
	if op.Kind == Action || op.Kind == Function {
		op.parameters = op.in.properties(p.Parameters)
	}
	word := p.Body
	if word == "" {
		rule := facts.Operation{Kind: op.Kind.word(), Request: facts.TypeRef{Name: request.Name}, Parameters: p.Parameters}
		word = rule.BodyRule()
	}
	if word == facts.BodyOpen && p.Media == nil {
		return
	}
	op.body = &bodyRule{required: word == facts.BodyRequired, media: p.Media, inline: p.Required, partial: op.Kind == Update}
	if op.body.media == nil {
		op.body.media = onlyJSON
	}
	if word != facts.BodyOpen {
		op.settleShape(request)
	}
}

var onlyJSON = []string{"application/json"}

// settleShape finds the type of the body's JSON object: the request's, or one
// with an action's parameters.
func (op *Operation) settleShape(request TypeRef) {
	t := request.of
	switch {
	case op.Kind == LinkAdd || op.Kind == LinkSet:
	case t != nil && t.Kind != EnumType && !request.Collection:
		op.body.shape = t
		if op.Kind == Action {
			op.parameters = t.Properties()
		}
		if t.anonymous() {
			op.body.inline = append(op.body.inline[:len(op.body.inline):len(op.body.inline)], t.requiredNames()...)
		}
	case op.Kind == Action && request.Name == "":
		op.body.shape = parametersType(op)
		op.body.inline = op.body.shape.requiredNames()
	}
}

// Request is the type of the body; its Name is empty when there is no body or
// when the body is a list of parameters.
func (op *Operation) Request() TypeRef { return op.request }

// Response is the type of the answer without its envelope: a list's element
// type with Collection set; Name is empty when nothing comes back.
func (op *Operation) Response() TypeRef { return op.response }

// Parameters lists what an action takes in its body, or a function in its
// parentheses. The slice is shared: do not change it.
func (op *Operation) Parameters() []*Property { return op.parameters }

// RequiredProperties lists the properties that this operation wants in its body
// whatever their type says, on PATCH too. The slice is shared: do not change it.
func (op *Operation) RequiredProperties() []string {
	if op.body == nil {
		return nil
	}
	return op.body.inline
}

// QueryOptions lists the system query options offered, with their "$", sorted.
// The slice is shared: do not change it.
func (op *Operation) QueryOptions() []string { return op.known().options }

// StatusSource says how [Operation.Status] is known: "documented", "model" or
// "rule"; empty when nothing is known.
func (op *Operation) StatusSource() string { return op.known().StatusFrom }

// Deprecation returns the notice that the operation is going away, nil when it
// is not.
func (op *Operation) Deprecation() *Deprecation { return op.known().deprecation }

// Clouds names the clouds that have the operation ("global", "usgov",
// "usgovdod", "china"); nil means all. The slice is shared: do not change it.
func (op *Operation) Clouds() []string { return op.known().Clouds }

// Deprecation is the notice that an element of the model is going away
// (graph-behaviour §5.3). Its times are the end of their days in UTC, as the
// headers have them.
type Deprecation struct {
	Element   string // "cloudPcExternalPartnerSetting"
	Version   string // Graph version: "beta"
	Announced time.Time
	Removal   time.Time
	Link      string // page of the announcement, without brackets
}
