package behavior

import (
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for domainDnsRecord (pages of domain's verificationDnsRecords and
// serviceConfigurationRecords, 2015 to 2025):
//   - documented: a domain has records that prove who owns it, of which one will
//     do, and records that point to the services; their types and members, an
//     hour each; the mail exchange is named after the domain.
//   - assumed (2026-11): all proofs are of the service Email, as in the examples; the
//     number after "ms" follows from the domain; the records are those that the
//     administration center shows for Exchange and Intune.

// VerificationRecords are what a domain's owner enters in its zone to prove that
// it is his, ServiceRecords what leads to the services.
type (
	VerificationRecords struct{}
	ServiceRecords      struct{}
)

var (
	_ Supplier = VerificationRecords{}
	_ Supplier = ServiceRecords{}
)

// Supply implements [Supplier].
func (VerificationRecords) Supply(tx Tx, domain Entity, _ string) *grapherr.Error {
	return enterRecords(tx, domain, "verificationDnsRecords", verificationRecords(domain.ID))
}

// Supply implements [Supplier].
func (ServiceRecords) Supply(tx Tx, domain Entity, _ string) *grapherr.Error {
	return enterRecords(tx, domain, "serviceConfigurationRecords", serviceRecords(domain.ID))
}

func enterRecords(tx Tx, domain Entity, navigation string, rows []string) *grapherr.Error {
	s := several("microsoft.graph.domain/"+navigation, rows...)
	for _, e := range s.Entities(tx.Tenant(), domain.ID) {
		e.ID = tx.NewID()
		if _, fault := tx.Insert(s.collection(domain.Ref), e); fault != nil {
			return fault
		}
	}
	return nil
}

func dnsRecord(kind, label, service, members string) string {
	return `{"@odata.type":"#microsoft.graph.domainDns` + kind + `Record","isOptional":false,"label":` + quoted(label) +
		`,"recordType":` + quoted(kind) + `,"supportedService":` + service + `,"ttl":3600,` + members + `}`
}

// verificationRecords are those that prove who owns a domain.
func verificationRecords(domain string) []string {
	sum := fnv.New32a()
	sum.Write([]byte(strings.ToLower(domain)))
	number := "ms" + strconv.Itoa(10_000_000+int(sum.Sum32()%90_000_000))
	return []string{
		dnsRecord("Txt", domain, `"Email"`, `"text":`+quoted("MS="+number)),
		dnsRecord("Mx", domain, `"Email"`, `"mailExchange":`+quoted(number+".msv1.invalid")+`,"preference":32767`),
	}
}

// serviceRecords are those that lead to the services.
func serviceRecords(domain string) []string {
	cname := func(label, service, name string) string {
		return dnsRecord("Cname", label+"."+domain, quoted(service), `"canonicalName":`+quoted(name))
	}
	return []string{
		dnsRecord("Mx", domain, `"Email"`, `"mailExchange":`+quoted(strings.ReplaceAll(domain, ".", "-")+".mail.protection.outlook.com")+`,"preference":0`),
		dnsRecord("Txt", domain, `"Email"`, `"text":"v=spf1 include:spf.protection.outlook.com -all"`),
		cname("autodiscover", "Email", "autodiscover.outlook.com"),
		cname("enterpriseregistration", "Intune", "enterpriseregistration.windows.net"),
		cname("enterpriseenrollment", "Intune", "enterpriseenrollment-s.manage.microsoft.com"),
	}
}
