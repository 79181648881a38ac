package behavior

// Evidence for the profile of a user (page "profile-get" and the pages of its
// parts, beta, 2021 to 2024; requests of the Graph Toolkit 4.6):
//   - documented: every user has one; it shows all of its parts unasked.
//   - assumed (2026-11): it has the user's id, and no parts that nobody wrote:
//     Graph fills names, positions and addresses from the directory.

// standingProfile is the profile that every user has.
func standingProfile() []Standing {
	return []Standing{alone("microsoft.graph.user/profile", `{"id":"{owner}"}`)}
}

var profileRules = &Rules{Shown: []string{
	"account", "addresses", "anniversaries", "awards", "certifications", "educationalActivities", "emails", "interests", "languages",
	"names", "notes", "patents", "phones", "positions", "projects", "publications", "skills", "webAccounts", "websites",
}}
