package behavior

// Evidence for secureScore and secureScoreControlProfile (pages security-list-securescores
// and -securescorecontrolprofiles, 2021 to 2024):
//   - documented: a score a day, whose id is the tenant's with the date, with what each
//     control gives; profiles of controls, keyed by the controls' names.
//   - reported (CIPP, prowler, zerotrustassessment, 2023 to 2026): the names of controls;
//     tools read the newest score and look its controls up.
//   - assumed (2026-11): the fake measures nothing: three controls, of which none gives
//     points, and one score, of the day of the first look.

import (
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const secureScoreVendor = `{"provider":"SecureScore","providerVersion":null,"subProvider":null,"vendor":"Microsoft"}`

// secureScoreControls are name, title and points.
var secureScoreControls = [][3]string{
	{"AdminMFAV2", "Administrators use multifactor authentication", "10"},
	{"MFARegistrationV2", "Everybody uses multifactor authentication", "9"},
	{"BlockLegacyAuthentication", "Legacy authentication is blocked", "8"},
}

var standingControls = rowsOf("/security/secureScoreControlProfiles", secureScoreControls, func(c [3]string) string {
	return `{"id":"` + c[0] + `","azureTenantId":"{tenant}","actionType":"Config","actionUrl":null,"controlCategory":"Identity","title":"` + c[1] +
		`","deprecated":false,"implementationCost":"Low","maxScore":` + c[2] + `,"rank":1,"service":"AzureAD","tier":"Core","userImpact":"Low",` +
		`"threats":["Account Breach"],"complianceInformation":[],"controlStateUpdates":[],"vendorInformation":` + secureScoreVendor + `}`
})

// secureScore is a score, as JSON, of a day.
const secureScore = `{"id":"{tenant}_{day}","azureTenantId":"{tenant}","activeUserCount":{users},"createdDateTime":"{day}T00:00:00Z","currentScore":0,` +
	`"enabledServices":["HasExchange","HasSharePoint","HasTeams"],"licensedUserCount":{users},"maxScore":27,` +
	`"averageComparativeScores":[{"basis":"AllTenants","averageScore":0}],"controlScores":[{controls}],"vendorInformation":` + secureScoreVendor + `}`

// controlScores are what each control gives.
func controlScores() string {
	var given []string
	for _, c := range secureScoreControls {
		given = append(given, `{"controlCategory":"Identity","controlName":"`+c[0]+`","description":"`+c[1]+`","score":0}`)
	}
	return strings.Join(given, ",")
}

// SecureScores are what the tenant's controls give.
type SecureScores struct{}

var _ Supplier = SecureScores{}

// Supply implements [Supplier].
func (SecureScores) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	scores := Root("security/secureScores")
	if !isEmpty(tx, scores) {
		return nil
	}
	if fault := standingControls.Supply(tx, owner, ""); fault != nil {
		return fault
	}
	o, err := entity.Parse([]byte(strings.NewReplacer(tenantMark, tx.Tenant(), "{day}", tx.Now().UTC().Format(time.DateOnly),
		"{users}", strconv.Itoa(sizeOf(tx, Root("users"))), "{controls}", controlScores()).Replace(secureScore)))
	if err != nil {
		return grapherr.Internal()
	}
	_, fault := tx.Insert(scores, Entity{Object: o})
	return fault
}
