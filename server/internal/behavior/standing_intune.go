package behavior

import "strings"

// Evidence for what Intune has by itself (pages of deviceManagement, role scope
// tags and enrollment configurations, 2020 to 2025):
//   - documented: the subscription's states, the settings' members, a built-in scope
//     tag with the id 0.
//   - reported (configurations of tenants published 2023 to 2026): four default
//     enrollment configurations, named after the tenant, with their values.
//   - reported (CIPP, Microsoft365DSC, 2023 to 2026): every tenant has the default branding
//     profile under the same id, and devices are never cleaned up unless somebody says so.
//   - reported (Microsoft365DSC, 2024 to 2026): the ids of consents to share data.
//   - reported (CIPP and scripts, 2022 to 2026): the devices of a metric are read below
//     the id allDevices.
//   - assumed (2026-11): the profile's values; the subscription is active, the account's id is made up;
//     the days before a device counts as not compliant.

// noRestriction lets devices of a platform enroll.
const noRestriction = `{"platformBlocked":false,"personalDeviceEnrollmentBlocked":false,"osMinimumVersion":"","osMaximumVersion":""}`

// enrollmentDefault is a configuration of a type, which applies where no other does.
func enrollmentDefault(id, typ, members string) string {
	return `{"@odata.type":"#microsoft.graph.` + typ + `","id":"{tenant}_Default` + id + `","displayName":"All users and all devices","description":"",` +
		`"priority":0,"version":0,"createdDateTime":"0001-01-01T00:00:00Z","lastModifiedDateTime":"0001-01-01T00:00:00Z","roleScopeTagIds":[],` + members + `}`
}

// noConsent ends a consent to share data that nobody has given.
const noConsent = `"granted":false,"grantDateTime":"0001-01-01T00:00:00Z","grantedByUpn":"","grantedByUserId":""}`

func standingIntune() []Standing {
	return []Standing{
		alone("/deviceManagement", `{"id":"deviceManagement","intuneAccountId":"f4ce0a11-0000-4000-8000-000000000004","subscriptionState":"active",`+
			`"settings":{"deviceComplianceCheckinThresholdDays":30,"isScheduledActionEnabled":true,"secureByDefault":false,`+
			`"enhancedJailBreak":false,"enableLogCollection":true,"enableAutopilotDiagnostics":true,"enableDeviceGroupMembershipReport":false,`+
			`"enableEnhancedTroubleshootingExperience":false,"androidDeviceAdministratorEnrollmentEnabled":false,`+
			`"ignoreDevicesForUnsupportedSettingsEnabled":false},`+
			`"managedDeviceCleanupSettings":{"deviceInactivityBeforeRetirementInDays":"0"}}`),
		several("/deviceManagement/intuneBrandingProfiles", `{"id":"c3a59481-1bf2-46ce-94b3-66eec07a8d60","profileName":"Default","profileDescription":"",`+
			`"isDefaultProfile":true,"createdDateTime":"0001-01-01T00:00:00Z","lastModifiedDateTime":"0001-01-01T00:00:00Z","displayName":"",`+
			`"themeColor":{"r":0,"g":114,"b":198},"showLogo":false,"showDisplayNameNextToLogo":false,"enrollmentAvailability":"availableWithPrompts",`+
			`"roleScopeTagIds":["0"]}`),
		several("/deviceManagement/dataSharingConsents", `{"id":"androidManagedStore",`+noConsent, `{"id":"appleMDMPushCertificate",`+noConsent),
		several("/deviceManagement/userExperienceAnalyticsWorkFromAnywhereMetrics", `{"id":"allDevices"}`),
		several("/deviceManagement/roleScopeTags", `{"id":"0","displayName":"Default","description":"","isBuiltIn":true}`),
		several("/deviceManagement/deviceEnrollmentConfigurations",
			enrollmentDefault("Limit", "deviceEnrollmentLimitConfiguration", `"deviceEnrollmentConfigurationType":"limit","limit":5`),
			enrollmentDefault("PlatformRestrictions", "deviceEnrollmentPlatformRestrictionsConfiguration",
				`"deviceEnrollmentConfigurationType":"platformRestrictions",`+strings.ReplaceAll(`"androidRestriction":?,"iosRestriction":?,`+
					`"macOSRestriction":?,"windowsRestriction":?,`, "?", noRestriction)+
					`"windowsMobileRestriction":{"platformBlocked":true,"personalDeviceEnrollmentBlocked":false,"osMinimumVersion":"","osMaximumVersion":""}`),
			enrollmentDefault("WindowsHelloForBusiness", "deviceEnrollmentWindowsHelloForBusinessConfiguration",
				`"deviceEnrollmentConfigurationType":"windowsHelloForBusiness","state":"notConfigured","enhancedBiometricsState":"notConfigured",`+
					`"securityKeyForSignIn":"notConfigured","pinMinimumLength":6,"pinMaximumLength":127,"pinExpirationInDays":0,"pinPreviousBlockCount":0,`+
					`"pinLowercaseCharactersUsage":"disallowed","pinUppercaseCharactersUsage":"disallowed","pinSpecialCharactersUsage":"disallowed",`+
					`"remotePassportEnabled":true,"unlockWithBiometricsEnabled":true,"securityDeviceRequired":false`),
			enrollmentDefault("Windows10EnrollmentCompletionPageConfiguration", "windows10EnrollmentCompletionPageConfiguration",
				`"deviceEnrollmentConfigurationType":"windows10EnrollmentCompletionPageConfiguration","allowNonBlockingAppInstallation":false,`+
					`"showInstallationProgress":false,"installProgressTimeoutInMinutes":0,"selectedMobileAppIds":[]`)),
	}
}
