package behavior

// Evidence for teams and channels (graph-behaviour §10.1, §12):
//   - documented: POST /teams answers 202 with the location of an operation; a
//     team is the group of the same id; General exists; channel ids; PUT of a
//     group's team answers 201; channel names are unique; members by
//     user@odata.bind.
//   - assumed (2026-11): the operation is done at once.

import (
	"encoding/base64"
	"iter"
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// CreateTeam makes a team with its group.
	CreateTeam struct{}
	// TeamOfGroup makes a team of a group that is there.
	TeamOfGroup struct{}
	// Channel keeps channels.
	Channel struct{}
	// ConversationMember completes members of teams, channels and chats.
	ConversationMember struct{}
	// JoinedTeams lists the teams of a user.
	JoinedTeams struct{}
)

var (
	_ Invoker = CreateTeam{}
	_ Invoker = TeamOfGroup{}
	_ Creator = Channel{}
	_ Creator = ConversationMember{}
	_ Created = ConversationMember{}
	_ Lister  = JoinedTeams{}
)

const bindMember = "user@odata.bind"

// Invoke implements [Invoker].
func (CreateTeam) Invoke(tx Tx, _ *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	group, err := groupOfTeam(tx, parameters)
	if err != nil {
		return Result{}, err
	}
	if _, taken := tx.Get(Root("teams"), group.ID); taken {
		return Result{}, &grapherr.Error{Status: 409, Code: "Conflict", Message: "The group is already provisioned as a team."}
	}
	team, err := makeTeam(tx, group, parameters)
	if err != nil {
		return Result{}, err
	}
	started, err := operated(tx, team, "createTeam", team.ID)
	started.Made = "/teams('" + team.ID + "')"
	return started, err
}

// groupOfTeam is the group that a body names, or a new one.
func groupOfTeam(tx Tx, parameters entity.Object) (Entity, *grapherr.Error) {
	if target, ok := parameters.String("group@odata.bind"); ok {
		if group, ok := tx.Resolve(target); ok {
			return group, nil
		}
		return Entity{}, grapherr.NotFound("teams", target)
	}
	name := text(parameters, "displayName")
	if name == "" {
		return Entity{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Team displayName is required."}
	}
	nickname := strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f && !strings.ContainsRune(`@()\[]";:.<>,`, r) {
			return r
		}
		return -1
	}, name)
	visibility := text(parameters, "visibility")
	if visibility == "" {
		visibility = "Public"
	}
	return tx.Insert(Root("groups"), New(fields("displayName", quoted(name), "description", jsonOf(parameters, "description"),
		"mailEnabled", "true", "mailNickname", quoted(nickname), "securityEnabled", "false", "groupTypes", `["Unified"]`,
		"visibility", quoted(visibility), "createdDateTime", quoted(instant(tx.Now())), "resourceProvisioningOptions", `["Team"]`)...))
}

// makeTeam stores the team of a group with what the body brings.
func makeTeam(tx Tx, group Entity, parameters entity.Object) (Entity, *grapherr.Error) {
	members := entity.Object{}
	for _, m := range parameters {
		if strings.Contains(m.Name, "@") || m.Name == "members" || m.Name == "channels" || m.Name == "installedApps" {
			continue
		}
		members.Set(m.Name, m.Value)
	}
	e := New(members...)
	e.ID = group.ID
	e.SetString("id", group.ID)
	for _, name := range []string{"displayName", "description", "visibility", "createdDateTime"} {
		if !present(e.Object, name) {
			e.Set(name, []byte(jsonOf(group.Object, name)))
		}
	}
	e.SetString("webUrl", "https://teams.microsoft.com/l/team/"+group.ID+"/conversations?groupId="+group.ID+"&tenantId="+tx.Tenant())
	e.SetString("internalId", threadID(tx, "thread.tacv2"))
	e.Set("isArchived", []byte("false"))
	for _, d := range [][2]string{
		{"memberSettings", `{"allowCreateUpdateChannels":true,"allowCreatePrivateChannels":true,"allowDeleteChannels":true,"allowAddRemoveApps":true,"allowCreateUpdateRemoveTabs":true,"allowCreateUpdateRemoveConnectors":true}`},
		{"guestSettings", `{"allowCreateUpdateChannels":false,"allowDeleteChannels":false}`},
		{"messagingSettings", `{"allowUserEditMessages":true,"allowUserDeleteMessages":true,"allowOwnerDeleteMessages":true,"allowTeamMentions":true,"allowChannelMentions":true}`},
		{"funSettings", `{"allowGiphy":true,"giphyContentRating":"moderate","allowStickersAndMemes":true,"allowCustomMemes":true}`},
	} {
		if !present(e.Object, d[0]) {
			e.Set(d[0], []byte(d[1]))
		}
	}
	team, err := tx.Insert(Root("teams"), e)
	if err != nil {
		return team, err
	}
	if err := teamChannels(tx, team, list(parameters, "channels")); err != nil {
		return team, err
	}
	if err := teamApps(tx, team, list(parameters, "installedApps")); err != nil {
		return team, err
	}
	return team, teamMembers(tx, team, group, list(parameters, "members"))
}

func teamChannels(tx Tx, team Entity, more []entity.Object) *grapherr.Error {
	general := fields("displayName", `"General"`, "description", jsonOf(team.Object, "description"), "isFavoriteByDefault", "true")
	for _, o := range append([]entity.Object{general}, more...) {
		e := New(o.Clone()...)
		e.Delete("tabs")
		stampChannel(tx, &e, team)
		channel, err := tx.Insert(Below(team.Ref, "channels"), e)
		if err == nil {
			err = channelTabs(tx, channel, list(o, "tabs"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// teamMembers adds the members that a body names, or those of the group; a signed-in
// user owns what it makes.
func teamMembers(tx Tx, team, group Entity, given []entity.Object) *grapherr.Error {
	if len(given) == 0 {
		given = ofGroup(tx, group.Ref)
	}
	if self, ok := tx.Self(); ok && len(given) == 0 && strings.HasSuffix(self.Type, ".user") {
		given = []entity.Object{fields(bindMember, quoted("users('"+self.ID+"')"), "roles", `["owner"]`)}
	}
	for _, o := range given {
		e := New(o...)
		e.Type = teamMember
		user, err := describeMember(tx, &e)
		if err != nil {
			return err
		}
		if _, err := tx.Insert(Below(team.Ref, "members"), e); err != nil {
			return err
		}
		if err := joinGroup(tx, group.Ref, user, e.Object); err != nil {
			return err
		}
	}
	return nil
}

func joinGroup(tx Tx, group Ref, user Entity, member entity.Object) *grapherr.Error {
	if _, err := tx.Link(group, "members", user.Ref); err != nil {
		return err
	}
	if roles, _ := member.Get("roles"); strings.Contains(string(roles), "owner") {
		_, err := tx.Link(group, "owners", user.Ref)
		return err
	}
	return nil
}

// describeMember completes a member from the user that it is bound to.
func describeMember(tx Tx, e *Entity) (Entity, *grapherr.Error) {
	target, ok := e.String(bindMember)
	if !ok {
		target, ok = tx.Annotation(bindMember)
	}
	if !ok && text(e.Object, "userId") != "" {
		target, ok = "users('"+text(e.Object, "userId")+"')", true
	}
	user, found := tx.Resolve(target)
	if !ok || !found {
		return user, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Invalid user specified in the member list: " + bindMember + "."}
	}
	e.Delete(bindMember)
	e.Delete("@odata.type")
	e.ID = base64.StdEncoding.EncodeToString([]byte("MCMj" + tx.NewID() + "##" + user.ID))
	e.SetString("id", e.ID)
	e.SetString("userId", user.ID)
	e.Set("displayName", []byte(jsonOf(user.Object, "displayName")))
	mail := jsonOf(user.Object, "mail")
	if mail == "null" {
		mail = jsonOf(user.Object, "userPrincipalName")
	}
	e.Set("email", []byte(mail))
	e.SetString("tenantId", tx.Tenant())
	if !present(e.Object, "roles") {
		e.Set("roles", []byte("[]"))
	}
	if !present(e.Object, "visibleHistoryStartDateTime") {
		e.SetString("visibleHistoryStartDateTime", "0001-01-01T00:00:00Z")
	}
	return user, nil
}

// Create implements [Creator].
func (ConversationMember) Create(tx Tx, e *Entity) *grapherr.Error {
	user, err := describeMember(tx, e)
	if err != nil {
		return err
	}
	for other := range tx.All(tx.Collection()) {
		if text(other.Object, "userId") == user.ID {
			return &grapherr.Error{Status: 409, Code: "Conflict", Message: "The user is already a member."}
		}
	}
	return nil
}

// Created implements [Created]: who joins a team joins its group, who joins a
// chat sees it.
func (ConversationMember) Created(tx Tx, e Entity) *grapherr.Error {
	home, _ := tx.Entity(tx.Home(e.Ref).Parent)
	user, ok := tx.Get(Root("users"), text(e.Object, "userId"))
	if !ok {
		return nil
	}
	switch {
	case strings.HasSuffix(home.Type, ".chat"):
		_, err := tx.Link(user.Ref, "chats", home.Ref)
		return err
	case strings.HasSuffix(home.Type, ".team"):
		if group, ok := tx.Get(Root("groups"), home.ID); ok {
			return joinGroup(tx, group.Ref, user, e.Object)
		}
	}
	return nil
}

// Invoke implements [Invoker].
func (TeamOfGroup) Invoke(tx Tx, _ *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	group, ok := tx.Entity(tx.Parent())
	if !ok {
		return Result{}, grapherr.NotFound("teams", "")
	}
	if team, taken := tx.Get(Root("teams"), group.ID); taken {
		return Result{Entity: &team, Status: 201}, nil
	}
	team, err := makeTeam(tx, group, parameters)
	return Result{Entity: &team, Status: 201}, err
}

// Create implements [Creator].
func (Channel) Create(tx Tx, e *Entity) *grapherr.Error {
	name := text(e.Object, "displayName")
	switch {
	case name == "":
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Channel display name is required."}
	case len([]rune(name)) > 50:
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Channel display name is longer than 50 characters."}
	}
	if _, taken := tx.By(tx.Collection(), "displayName", name); taken {
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Channel name already existed, please use other name."}
	}
	team, _ := tx.Entity(tx.Parent())
	describeMembers(tx, e)
	stampChannel(tx, e, team)
	return nil
}

// describeMembers completes the members that a new channel brings along. Whom nobody
// knows is left to the binding.
func describeMembers(tx Tx, e *Entity) {
	members := list(e.Object, "members")
	for i := range members {
		m := Entity{Object: members[i].Clone()}
		if _, fault := describeMember(tx, &m); fault == nil {
			m.SetString("@odata.type", "#microsoft.graph.aadUserConversationMember")
			members[i] = m.Object
		}
	}
	if len(members) > 0 {
		e.Set("members", arrayOf(members))
	}
}

func stampChannel(tx Tx, e *Entity, team Entity) {
	e.ID = threadID(tx, "thread.tacv2")
	e.SetString("id", e.ID)
	e.SetString("createdDateTime", instant(tx.Now()))
	if !present(e.Object, "membershipType") {
		e.SetString("membershipType", "standard")
	}
	if !present(e.Object, "isFavoriteByDefault") {
		e.Set("isFavoriteByDefault", []byte("false"))
	}
	e.Set("isArchived", []byte("false"))
	e.SetString("email", "")
	e.SetString("tenantId", tx.Tenant())
	e.SetString("webUrl", "https://teams.microsoft.com/l/channel/"+url.QueryEscape(e.ID)+"/"+url.PathEscape(text(e.Object, "displayName"))+"?groupId="+team.ID+"&tenantId="+tx.Tenant())
}

// List implements [Lister].
func (JoinedTeams) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	return teamsOf(tx, tx.Parent()), nil
}

// teamsOf are the teams that a user is a member or owner of.
func teamsOf(tx Tx, user Ref) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		seen := map[string]bool{}
		for _, navigation := range []string{"members", "owners"} {
			for group := range tx.Linking(user, navigation) {
				team, ok := tx.Get(Root("teams"), group.ID)
				if !ok || seen[team.ID] {
					continue
				}
				if seen[team.ID] = true; !yield(team) {
					return
				}
			}
		}
	}
}
