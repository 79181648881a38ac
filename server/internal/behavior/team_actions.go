package behavior

// Evidence for team: archive, unarchive, clone, and the same of channels:
//   - documented (pages of the actions, 2021 to 2025): 202 with the location of
//     an operation; isArchived follows; nobody writes to an archived team; a
//     clone takes the parts that partsToClone names, and needs a name; its visibility and
//     classification are those of the original unless it says otherwise.
//   - assumed (2026-11): the operations are done at once; the text and status for
//     messages to an archived team; apps are cloned as they are.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// ArchiveTeam makes a team or a channel one that is only read, or undoes that.
	ArchiveTeam struct{ Undo bool }
	// CloneTeam makes a team with the parts of another.
	CloneTeam struct{}
)

var (
	_ Invoker = ArchiveTeam{}
	_ Invoker = CloneTeam{}
)

// Invoke implements [Invoker].
func (a ArchiveTeam) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	kind, team := "archive", *bound
	if a.Undo {
		kind = "unarchive"
	}
	bound.Set("isArchived", []byte(boolean(!a.Undo)))
	if strings.HasSuffix(bound.Type, ".channel") {
		team, _ = tx.Entity(tx.Home(bound.Ref).Parent)
		return operated(tx, team, kind+"Channel", team.ID)
	}
	return operated(tx, team, kind+"Team", team.ID)
}

// operated is the answer of a long operation on a team.
func operated(tx Tx, team Entity, kind, result string) (Result, *grapherr.Error) {
	now := quoted(instant(tx.Now()))
	op, err := tx.Insert(Below(team.Ref, "operations"), New(fields("id", quoted(tx.NewID()), "operationType", quoted(kind),
		"createdDateTime", now, "lastActionDateTime", now, "status", `"succeeded"`, "attemptsCount", "1",
		"targetResourceId", quoted(result), "targetResourceLocation", quoted("/teams('"+result+"')"), "error", "null")...))
	return Result{Status: 202, Location: "/teams('" + team.ID + "')/operations('" + op.ID + "')"}, err
}

// channelOf is the channel, or the chat, that a message or a reply is made in.
func channelOf(tx Tx) Entity {
	at, _ := tx.Entity(tx.Parent())
	for strings.HasSuffix(at.Type, ".chatMessage") {
		at, _ = tx.Entity(tx.Home(at.Ref).Parent)
	}
	return at
}

// archived refuses what writes to an archived team or channel.
func archived(tx Tx, channel Entity) *grapherr.Error {
	team, _ := tx.Entity(tx.Home(channel.Ref).Parent)
	if channel.True("isArchived") || team.True("isArchived") {
		return &grapherr.Error{Status: 403, Code: "Forbidden", Message: "The team or channel is archived."}
	}
	return nil
}

// Invoke implements [Invoker].
func (CloneTeam) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	if text(parameters, "displayName") == "" {
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Team displayName is required."}
	}
	parts := map[string]bool{}
	for part := range strings.SplitSeq(text(parameters, "partsToClone"), ",") {
		parts[strings.TrimSpace(part)] = true
	}
	original, _ := tx.Get(Root("groups"), bound.ID)
	for _, name := range []string{"visibility", "classification"} {
		if !present(parameters, name) && present(original.Object, name) {
			parameters.Set(name, []byte(jsonOf(original.Object, name)))
		}
	}
	group, err := groupOfTeam(tx, parameters)
	if err != nil {
		return Result{}, err
	}
	team, err := makeTeam(tx, group, clonedMembers(*bound, parameters, parts["settings"]))
	if err == nil {
		err = cloneParts(tx, *bound, team, group, parts)
	}
	if err != nil {
		return Result{}, err
	}
	return operated(tx, *bound, "cloneTeam", team.ID)
}

// clonedMembers are what a body says of the clone, and the settings of the
// original.
func clonedMembers(from Entity, parameters entity.Object, settings bool) entity.Object {
	var o entity.Object
	for _, name := range []string{"displayName", "description", "visibility", "classification"} {
		if raw, ok := parameters.Get(name); ok {
			o.Set(name, raw)
		}
	}
	for _, m := range from.Object {
		if settings && strings.HasSuffix(m.Name, "Settings") {
			o.Set(m.Name, m.Value)
		}
	}
	return o
}

func cloneParts(tx Tx, from, to, group Entity, parts map[string]bool) *grapherr.Error {
	if parts["channels"] {
		for c := range tx.All(Below(from.Ref, "channels")) {
			if text(c.Object, "displayName") == "General" {
				continue
			}
			e := New(c.Object.Clone()...)
			stampChannel(tx, &e, to)
			if _, err := tx.Insert(Below(to.Ref, "channels"), e); err != nil {
				return err
			}
		}
	}
	if parts["apps"] {
		for app := range tx.All(Below(from.Ref, "installedApps")) {
			if _, err := tx.Insert(Below(to.Ref, "installedApps"), New(app.Object.Clone()...)); err != nil {
				return err
			}
		}
	}
	if !parts["members"] {
		return nil
	}
	return cloneMembers(tx, from, to, group)
}

// cloneMembers adds those members of a team who are not in the other yet.
func cloneMembers(tx Tx, from, to, group Entity) *grapherr.Error {
	var missing []entity.Object
	for m := range tx.All(Below(from.Ref, "members")) {
		if id := text(m.Object, "userId"); !isMember(tx, to, id) {
			missing = append(missing, fields("userId", quoted(id), "roles", or(jsonOf(m.Object, "roles"), "[]")))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return teamMembers(tx, to, group, missing)
}

func isMember(tx Tx, team Entity, user string) bool {
	_, found := tx.By(Below(team.Ref, "members"), "userId", user)
	return found
}
