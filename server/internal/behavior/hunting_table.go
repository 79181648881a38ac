package behavior

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// huntingColumn is a column of a table of advanced hunting.
type huntingColumn struct{ name, kind, member string } // member: path in the entity

// huntingTable is a table that the state can fill.
type huntingTable struct {
	from    []string // sets, in order
	columns []huntingColumn
}

// huntingTables are those that have rows here. All others are empty.
var huntingTables = map[string]huntingTable{
	"IdentityInfo": {[]string{"users"}, []huntingColumn{
		{"Timestamp", "DateTime", "createdDateTime"}, {"AccountObjectId", "String", "id"}, {"AccountUpn", "String", "userPrincipalName"},
		{"AccountDisplayName", "String", "displayName"}, {"AccountName", "String", "mailNickname"}, {"GivenName", "String", "givenName"},
		{"Surname", "String", "surname"}, {"Department", "String", "department"}, {"JobTitle", "String", "jobTitle"},
		{"EmailAddress", "String", "mail"}, {"City", "String", "city"}, {"Country", "String", "country"}, {"Phone", "String", "mobilePhone"},
		{"IsAccountEnabled", "SByte", "accountEnabled"},
	}},
	"AADSignInEventsBeta":              {signInSets, signInColumns},
	"EntraIdSignInEvents":              {signInSets, signInColumns},
	"AADSpnSignInEventsBeta":           {[]string{otherSignIns.Name}, workloadColumns},
	"EntraIdSpnSignInEvents":           {[]string{otherSignIns.Name}, workloadColumns},
	"AlertInfo":                        {[]string{"security/alerts_v2"}, alertColumns},
	"DeviceInfo":                       {[]string{"deviceManagement/managedDevices"}, managedColumns},
	"DeviceProcessEvents":              {nil, append(huntingEvent("DeviceId", "DeviceName", "ActionType", "FileName", "FolderPath", "SHA256"), huntingTexts("ProcessCommandLine", "AccountName", "InitiatingProcessFileName", "InitiatingProcessCommandLine")...)},
	"DeviceNetworkEvents":              {nil, huntingEvent("DeviceId", "DeviceName", "ActionType", "RemoteIP", "RemoteUrl", "InitiatingProcessFileName")},
	"DeviceFileEvents":                 {nil, huntingEvent("DeviceId", "DeviceName", "ActionType", "FileName", "FolderPath", "SHA256", "InitiatingProcessFileName")},
	"DeviceLogonEvents":                {nil, huntingEvent("DeviceId", "DeviceName", "ActionType", "LogonType", "AccountName", "AccountSid", "RemoteIP")},
	"DeviceEvents":                     {nil, huntingEvent("DeviceId", "DeviceName", "ActionType", "FileName", "InitiatingProcessFileName")},
	"EmailEvents":                      {nil, huntingEvent("NetworkMessageId", "SenderFromAddress", "RecipientEmailAddress", "Subject", "DeliveryAction", "ThreatTypes")},
	"EmailUrlInfo":                     {nil, huntingEvent("NetworkMessageId", "Url", "UrlDomain")},
	"EmailAttachmentInfo":              {nil, huntingEvent("NetworkMessageId", "SenderFromAddress", "RecipientEmailAddress", "FileName", "FileType", "SHA256")},
	"IdentityLogonEvents":              {nil, huntingEvent("ActionType", "Application", "LogonType", "AccountUpn", "AccountObjectId", "DeviceName", "IPAddress")},
	"CloudAppEvents":                   {nil, huntingEvent("ActionType", "Application", "AccountObjectId", "AccountDisplayName", "IPAddress", "ObjectName")},
	"AlertEvidence":                    {nil, huntingEvent("AlertId", "EntityType", "EvidenceRole", "DeviceId", "AccountUpn", "FileName")},
	"UrlClickEvents":                   {nil, huntingEvent("Url", "ActionType", "AccountUpn", "Workload", "NetworkMessageId", "IPAddress")},
	"DeviceTvmSoftwareVulnerabilities": {nil, huntingTexts("DeviceId", "DeviceName", "OSPlatform", "SoftwareVendor", "SoftwareName", "SoftwareVersion", "CveId", "VulnerabilitySeverityLevel")},
}

var (
	signInSets    = []string{signIns.Name, otherSignIns.Name}
	signInColumns = []huntingColumn{
		{"Timestamp", "DateTime", "createdDateTime"}, {"Application", "String", "appDisplayName"}, {"ApplicationId", "String", "appId"},
		{"ErrorCode", "Int32", "status/errorCode"}, {"CorrelationId", "String", "correlationId"}, {"RequestId", "String", "id"},
		{"AccountDisplayName", "String", "userDisplayName"}, {"AccountObjectId", "String", "userId"}, {"AccountUpn", "String", "userPrincipalName"},
		{"ResourceDisplayName", "String", "resourceDisplayName"}, {"ResourceId", "String", "resourceId"}, {"ClientAppUsed", "String", "clientAppUsed"},
		{"IPAddress", "String", "ipAddress"}, {"UserAgent", "String", "userAgent"},
	}
	workloadColumns = []huntingColumn{
		{"Timestamp", "DateTime", "createdDateTime"}, {"Application", "String", "appDisplayName"}, {"ApplicationId", "String", "appId"},
		{"ServicePrincipalId", "String", "servicePrincipalId"}, {"ErrorCode", "Int32", "status/errorCode"}, {"CorrelationId", "String", "correlationId"},
		{"ResourceDisplayName", "String", "resourceDisplayName"}, {"ResourceId", "String", "resourceId"}, {"IPAddress", "String", "ipAddress"},
	}
	alertColumns = []huntingColumn{
		{"Timestamp", "DateTime", "createdDateTime"}, {"AlertId", "String", "id"}, {"Title", "String", "title"}, {"Category", "String", "category"},
		{"Severity", "String", "severity"}, {"ServiceSource", "String", "serviceSource"}, {"DetectionSource", "String", "detectionSource"},
	}
	managedColumns = []huntingColumn{
		{"Timestamp", "DateTime", "lastSyncDateTime"}, {"DeviceId", "String", "id"}, {"DeviceName", "String", "deviceName"},
		{"OSPlatform", "String", "operatingSystem"}, {"OSVersion", "String", "osVersion"}, {"AadDeviceId", "String", "azureADDeviceId"},
		{"Model", "String", "model"}, {"Vendor", "String", "manufacturer"},
	}
)

func huntingTexts(names ...string) (columns []huntingColumn) {
	for _, name := range names {
		columns = append(columns, huntingColumn{name, "String", ""})
	}
	return columns
}

// huntingEvent are the columns of a table of events, which have a time.
func huntingEvent(names ...string) []huntingColumn {
	return append([]huntingColumn{{"Timestamp", "DateTime", ""}}, huntingTexts(names...)...)
}

// rows are the table's rows of what is in the state.
func (t *huntingTable) rows(tx Tx) (rows []entity.Object) {
	for _, set := range t.from {
		for e := range tx.All(Root(set)) {
			row := make(entity.Object, 0, len(t.columns))
			for _, c := range t.columns {
				row.Set(c.name, huntingValue(e.Object, c.member))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// huntingValue is a member of an entity, by its path.
func huntingValue(o entity.Object, path string) []byte {
	for {
		name, rest, deeper := strings.Cut(path, "/")
		if !deeper {
			return []byte(jsonOf(o, name))
		}
		o, path = inner(o, name), rest
	}
}
