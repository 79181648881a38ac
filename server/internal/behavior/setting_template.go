package behavior

import "strings"

// Evidence for groupSettingTemplate, in beta directorySettingTemplate:
//   - documented: eight templates that every tenant has and that are only read;
//     their ids, and the names, types and defaults of their values.
//   - assumed (2026-11): defaults that no page shows are empty; descriptions are
//     left empty.

// settingTemplate is a template and its values: name, type behind "System.",
// default.
type settingTemplate struct {
	id, name string
	values   [][3]string
}

var settingTemplates = []settingTemplate{
	{"62375ab9-6b52-47ed-826b-58e47e0e304b", "Group.Unified", [][3]string{
		{"NewUnifiedGroupWritebackDefault", "Boolean", "true"}, {"EnableMIPLabels", "Boolean", "false"},
		{"CustomBlockedWordsList", "String", ""}, {"EnableMSStandardBlockedWords", "Boolean", "false"},
		{"ClassificationDescriptions", "String", ""}, {"DefaultClassification", "String", ""},
		{"PrefixSuffixNamingRequirement", "String", ""}, {"AllowGuestsToBeGroupOwner", "Boolean", "false"},
		{"AllowGuestsToAccessGroups", "Boolean", "true"}, {"GuestUsageGuidelinesUrl", "String", ""},
		{"GroupCreationAllowedGroupId", "Guid", ""}, {"AllowToAddGuests", "Boolean", "true"},
		{"UsageGuidelinesUrl", "String", ""}, {"ClassificationList", "String", ""}, {"EnableGroupCreation", "Boolean", "true"},
	}},
	{"08d542b9-071f-4e16-94b0-74abb372e3d9", "Group.Unified.Guest", [][3]string{{"AllowToAddGuests", "Boolean", "true"}}},
	{"80661d51-be2f-4d46-9713-98a2fcaec5bc", "Prohibited Names Settings", [][3]string{
		{"CustomBlockedSubStringsList", "String", ""}, {"CustomBlockedWholeWordsList", "String", ""},
	}},
	{"aad3907d-1d1a-448b-b3ef-7bf7f63db63b", "Prohibited Names Restricted Settings", [][3]string{
		{"CustomAllowedSubStringsList", "String", ""}, {"CustomAllowedWholeWordsList", "String", ""},
		{"DoNotValidateAgainstTrademark", "Boolean", "false"},
	}},
	{"898f1161-d651-43d1-805c-3b0b388a9fc2", "Custom Policy Settings", [][3]string{{"CustomConditionalAccessPolicyUrl", "String", ""}}},
	{"4bc7f740-180e-4586-adb6-38b2e9024e6b", "Application", [][3]string{{"EnableAccessCheckForPrivilegedApplicationUpdates", "Boolean", "false"}}},
	{"5cf42378-d67d-4f36-ba46-e8b86229381d", "Password Rule Settings", [][3]string{
		{"BannedPasswordCheckOnPremisesMode", "String", "Audit"}, {"EnableBannedPasswordCheckOnPremises", "Boolean", "false"},
		{"EnableBannedPasswordCheck", "Boolean", "false"}, {"LockoutDurationInSeconds", "Int32", "60"},
		{"LockoutThreshold", "Int32", "10"}, {"BannedPasswordList", "String", ""},
	}},
	{"dffd5d46-495d-40a9-8e21-954ff55e198a", "Consent Policy Settings", [][3]string{
		{"EnableGroupSpecificConsent", "Boolean", ""}, {"BlockUserConsentForRiskyApps", "Boolean", "true"},
		{"EnableAdminConsentRequests", "Boolean", "false"}, {"ConstrainGroupSpecificConsentToMembersOfGroupId", "Guid", ""},
	}},
}

// The template is a type of its own in each version.
func standingTemplates() []Standing {
	return []Standing{
		rowsOf("/groupSettingTemplates", settingTemplates, templateRow), rowsOf("/directorySettingTemplates", settingTemplates, templateRow),
	}
}

func templateRow(t settingTemplate) string {
	values := make([]string, len(t.values))
	for i, v := range t.values {
		values[i] = string(fields("name", quoted(v[0]), "type", quoted("System."+v[1]), "defaultValue", quoted(v[2]), "description", `""`).JSON())
	}
	return string(fields("id", quoted(t.id), "deletedDateTime", "null", "displayName", quoted(t.name), "description", `""`,
		"values", "["+strings.Join(values, ",")+"]").JSON())
}
