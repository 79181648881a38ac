package behavior

// Evidence for who is in a channel (pages channel-list-members, channel-list-allmembers,
// channel-doesuserhaveaccess, team-list-allchannels and associatedteaminfo-list, v1.0 2021
// to 2025):
//   - documented: the members of a standard channel are those of its team; whoever is in
//     the channel has access; all channels are the team's own and those that other
//     teams share with it; a user is associated with the teams that they are in.

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// ChannelMembers lists the members of a channel; All those that come through its
	// team, too.
	ChannelMembers struct{ All bool }
	// AllChannels lists a team's channels and those shared with it.
	AllChannels struct{}
	// AssociatedTeams lists the teams of a user.
	AssociatedTeams struct{}
)

var (
	_ Lister = ChannelMembers{}
	_ Lister = AllChannels{}
	_ Lister = AssociatedTeams{}
	_ Finder = ConversationMember{}
)

// channelAccess are the registrations on every way to a channel.
func channelAccess() []Registration {
	all := []Registration{{Bound: "microsoft.graph.channel/doesUserHaveAccess", Behavior: invoked(hasAccess)}}
	for _, team := range []string{"/teams/{id}", "/groups/{id}/team"} {
		for _, channel := range []string{"/channels/{id}", "/primaryChannel"} {
			all = append(all, Registration{Operation: "GET " + team + channel + "/members", Behavior: ChannelMembers{}},
				Registration{Operation: "GET " + team + channel + "/allMembers", Behavior: ChannelMembers{All: true}})
		}
		all = append(all, Registration{Operation: "GET " + team + "/allChannels", Behavior: AllChannels{}})
	}
	for _, user := range []string{"/me", "/users/{id}"} {
		all = append(all, Registration{Operation: "GET " + user + "/teamwork/associatedTeams", Behavior: AssociatedTeams{}})
	}
	return all
}

// List implements [Lister].
func (m ChannelMembers) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	channel, ok := tx.Entity(tx.Parent())
	if !ok || !isEmpty(tx, tx.Collection()) {
		return nil, nil
	}
	if isStandard(channel) {
		return tx.All(Below(tx.Home(channel.Ref).Parent, "members")), nil
	}
	if m.All {
		return tx.All(Below(channel.Ref, "members")), nil
	}
	return nil, nil
}

// isStandard reports whether all of a team are in a channel.
func isStandard(channel Entity) bool {
	kind := text(channel.Object, "membershipType")
	return kind == "" || kind == "standard"
}

// List implements [Lister].
func (AllChannels) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	team := tx.Parent()
	for range tx.Linked(team, "allChannels") {
		return nil, nil // a fixture has said them
	}
	own := slices.Collect(tx.All(Below(team, "channels")))
	return slices.Values(slices.AppendSeq(own, tx.Linked(team, "incomingChannels"))), nil
}

// List implements [Lister].
func (AssociatedTeams) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	if !isEmpty(tx, tx.Collection()) {
		return nil, nil
	}
	teams, fault := JoinedTeams{}.List(tx)
	if fault != nil {
		return nil, fault
	}
	return func(yield func(Entity) bool) {
		for team := range teams {
			info := New(fields("id", quoted(team.ID), "displayName", jsonOf(team.Object, "displayName"), "tenantId", quoted(tx.Tenant()))...)
			if !yield(info) {
				return
			}
		}
	}, nil
}

// hasAccess tells whether somebody is in a channel.
func hasAccess(tx Tx, channel *Entity, p entity.Object) (Result, *grapherr.Error) {
	members := Below(channel.Ref, "members")
	if isStandard(*channel) {
		members.Parent = tx.Home(channel.Ref).Parent
	}
	id, name := text(p, "userId"), text(p, "userPrincipalName")
	in := false
	for m := range tx.All(members) {
		in = in || id != "" && strings.EqualFold(text(m.Object, "userId"), id) ||
			id == "" && name != "" && strings.EqualFold(text(m.Object, "email"), name)
	}
	return Result{Value: json.RawMessage(boolean(in))}, nil
}

// Find implements [Finder]: members of a team are found in its standard channels.
func (ConversationMember) Find(tx Tx, c Collection, key string) (Entity, bool) {
	channel, ok := tx.Entity(c.Parent)
	if !ok || !strings.HasSuffix(channel.Type, ".channel") || !isStandard(channel) {
		return Entity{}, false
	}
	return tx.Get(Below(tx.Home(channel.Ref).Parent, "members"), key)
}
