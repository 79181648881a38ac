package openapi

import (
	"slices"
	"time"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// profile is what operations have in common. Many operations share one.
type profile struct {
	table.Profile
	options     []string // query options with their "$"
	names       [3][]string
	grants      [3][]Permission
	arguments   []argument
	deprecation *Deprecation
}

// noProfile stands for the profile of operations that have none.
var noProfile = &profile{}

// known is the operation's profile, empty when it has none.
func (op *Operation) known() *profile {
	if op.profile == nil {
		return noProfile
	}
	return op.profile
}

// profile reads the profile at a place in the table, once.
func (v *Version) profile(at uint32) *profile {
	if known, ok := v.profiles.Load(at); ok {
		return known.(*profile)
	}
	known, _ := v.profiles.LoadOrStore(at, v.readProfile(at))
	return known.(*profile)
}

func (v *Version) readProfile(at uint32) *profile {
	p := &profile{Profile: v.table.Profile(at)}
	for _, option := range p.Query {
		p.options = append(p.options, "$"+option)
	}
	for i := range p.Arguments {
		a := &p.Arguments[i]
		p.arguments = append(p.arguments, argument{in: a.In, name: a.Name, required: a.Required, value: v.property(&a.Parameter)})
	}
	p.settleGrants()
	if p.Deprecation != nil {
		p.deprecation = v.deprecation(p.Deprecation)
	}
	return p
}

// settleGrants sorts the permissions by scheme, least privileged first.
func (p *profile) settleGrants() {
	for _, least := range []bool{true, false} {
		for i := range p.Permissions {
			from := &p.Permissions[i]
			at := slices.Index(permissionSchemes[:], from.Scheme)
			if at < 0 || from.Least != least {
				continue
			}
			p.grants[at] = append(p.grants[at], Permission{Name: from.Name, Also: from.Also, Least: from.Least})
			p.names[at] = append(p.names[at], from.Name)
		}
	}
}

// deprecation words the notice; the link is as Graph writes it
// (graph-behaviour §5.3).
func (v *Version) deprecation(from *facts.Deprecation) *Deprecation {
	d := &Deprecation{Element: from.Element, Version: v.name, Announced: endOfDay(from.Announced), Removal: endOfDay(from.Removal)}
	if !d.Announced.IsZero() {
		month := time.Date(d.Announced.Year(), d.Announced.Month(), 1, 0, 0, 0, 0, time.UTC)
		d.Link = "https://developer.microsoft-tst.com/en-us/graph/changes?$filterby=" + d.Version + "," + d.Element +
			"&from=" + month.Format(time.DateOnly) + "&to=" + month.AddDate(0, 1, 0).Format(time.DateOnly)
	}
	return d
}

// endOfDay is the last second of a day.
func endOfDay(day time.Time) time.Time {
	if day.IsZero() {
		return day
	}
	return day.Add(24*time.Hour - time.Second)
}

// argument is a parameter of the path, of the query or of the header that is
// not a system query option.
type argument struct {
	in, name string
	required bool
	value    *Property // type and limits of its value
}

func (op *Operation) argument(in, name string) *argument {
	list := op.known().arguments
	for i := range list {
		if a := &list[i]; a.in == in && a.name == name {
			return a
		}
	}
	return nil
}

// argumentValue is the type and the limits of an argument; those of a function
// stand in its path. It returns nil for arguments that are not described.
func (op *Operation) argumentValue(in, name string) *Property {
	if a := op.argument(in, name); a != nil {
		return a.value
	}
	if in == "path" && op.Kind == Function {
		for _, p := range op.parameters {
			if p.Name == name {
				return p
			}
		}
	}
	return nil
}

// properties makes properties of parameters.
func (v *Version) properties(list []facts.Parameter) []*Property {
	var properties []*Property
	for i := range list {
		properties = append(properties, v.property(&list[i]))
	}
	return properties
}

func (v *Version) property(p *facts.Parameter) *Property {
	return &Property{Name: p.Name, Type: v.named(p.Type), Nullable: p.Nullable, Required: p.Required, limits: p.Limits}
}
