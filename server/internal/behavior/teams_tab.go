package behavior

// Evidence for what a team brings, and for tabs (pages team-post, channel-post-tabs and
// teamsTab, v1.0 2018 to 2025):
//   - documented: a new team has the apps and the channels of the body, and a channel its
//     tabs; each names its app by @odata.bind; there a tab's name may be called so;
//     webUrl is the deep link of a tab.
//   - assumed (2026-11): the ids in the deep link.

import (
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Tab is a tab of a channel or a chat.
type Tab struct{}

var _ Creator = Tab{}

// bindApp is how a body names the app of a tab, or one to install.
const bindApp = "teamsApp@odata.bind"

// Create implements [Creator].
func (Tab) Create(tx Tx, e *Entity) *grapherr.Error {
	channel, _ := tx.Entity(tx.Parent())
	stampTab(tx, e, channel)
	return nil
}

func stampTab(tx Tx, e *Entity, channel Entity) {
	if name := text(e.Object, "name"); name != "" && !present(e.Object, "displayName") {
		e.SetString("displayName", name)
	}
	e.Delete("name")
	if strings.HasSuffix(channel.Type, ".chat") {
		return
	}
	team := tx.Home(channel.Ref).Parent
	group, _ := tx.Entity(team)
	e.SetString("webUrl", "https://teams.microsoft.com/l/channel/"+url.QueryEscape(channel.ID)+"/tab%3a%3a"+tx.NewID()+
		"?label="+url.QueryEscape(text(e.Object, "displayName"))+"&groupId="+group.ID+"&tenantId="+tx.Tenant())
}

// channelTabs makes the tabs that a channel brings.
func channelTabs(tx Tx, channel Entity, tabs []entity.Object) *grapherr.Error {
	for _, tab := range tabs {
		e := New(tab.Clone()...)
		stampTab(tx, &e, channel)
		if _, fault := withApp(tx, Below(channel.Ref, "tabs"), e); fault != nil {
			return fault
		}
	}
	return nil
}

// teamApps installs the apps that a team brings.
func teamApps(tx Tx, team Entity, apps []entity.Object) *grapherr.Error {
	for _, app := range apps {
		made, fault := withApp(tx, Below(team.Ref, "installedApps"), New(app.Clone()...))
		if fault == nil {
			fault = InstalledApp{}.Created(tx, made)
		}
		if fault != nil {
			return fault
		}
	}
	return nil
}

// withApp stores what is bound to an app.
func withApp(tx Tx, c Collection, e Entity) (Entity, *grapherr.Error) {
	target := text(e.Object, bindApp)
	e.Delete(bindApp)
	app, known := tx.Resolve(target)
	if !known {
		return e, grapherr.NotFound(tx.Family(), target)
	}
	made, fault := tx.Insert(c, e)
	if fault == nil {
		_, fault = tx.Link(made.Ref, "teamsApp", app.Ref)
	}
	return made, fault
}
