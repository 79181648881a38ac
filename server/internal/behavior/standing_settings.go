package behavior

// Evidence for the settings of a tenant, its organization and its users (pages
// "get" of userSettings, user and tenant insights, regional settings, pronouns,
// sharepointSettings, report settings, onPremisesDirectorySynchronization,
// entitlement management and identity providers, 2021 to 2025):
//   - documented: their values where nobody has changed them; names are concealed
//     in reports; the synchronization has the tenant's id; three built-in
//     identity providers.
//   - documented (pages of catalogs, print settings, teamwork and installation
//     options, 2021 to 2025): a catalog of the service named General; their values.
//   - documented (pages of adminForms, adminTodo, adminAppsAndServices, adminDynamics and
//     azureADPremiumLicenseInsight, 2023 to 2026): what is set, and shown all the same.
//   - documented (pages authentication-get and signinpreferences of beta, 2023 to
//     2025): multifactor authentication by user is disabled unless somebody enables it.
//   - assumed (2026-11): what Forms, To Do and the store allow by themselves; the service prefers a method; limits of SharePoint and of idle sessions; the regional
//     format of the United States; the catalog's id; Teams' region.

const english = `{"locale":"en-US","displayName":"English (United States)"}`

const insights = `"isEnabledInOrganization":true,"disabledForGroup":null}`

// unused is a feature that nobody has used.
const unused = `{"userCount":0}`

// standingSettings are the settings that nobody has changed.
func standingSettings() []Standing {
	return []Standing{
		alone("microsoft.graph.user/settings", `{"id":"{owner}","contributionToContentDiscoveryAsOrganizationDisabled":false,"contributionToContentDiscoveryDisabled":false}`),
		alone("microsoft.graph.user/authentication", `{"requirements":{"perUserMfaState":"disabled"},`+
			`"signInPreferences":{"isSystemPreferredAuthenticationMethodEnabled":true,"userPreferredMethodForSecondaryAuthentication":null}}`),
		alone("microsoft.graph.userSettings/itemInsights", `{"id":"itemInsights","isEnabled":true}`).under("settings/"),
		alone("microsoft.graph.userSettings/shiftPreferences", `{"id":"shiftPreferences","availability":[]}`).under("settings/"),
		alone("microsoft.graph.userSettings/regionalAndLanguageSettings", `{"id":"regionalAndLanguageSettings","defaultDisplayLanguage":`+english+
			`,"authoringLanguages":[`+english+`],"defaultTranslationLanguage":`+english+`,"defaultSpeechInputLanguage":`+english+
			`,"defaultRegionalFormat":`+english+`,"regionalFormatOverrides":{"calendar":"Gregorian Calendar","firstDayOfWeek":"Sunday",`+
			`"shortDateFormat":"M/d/yyyy","longDateFormat":"dddd, MMMM d, yyyy","shortTimeFormat":"h:mm tt","longTimeFormat":"h:mm:ss tt","timeZone":"UTC"},`+
			`"translationPreferences":{"translationBehavior":"Ask","languageOverrides":[],"untranslatedLanguages":[]}}`).under("settings/"),

		alone("microsoft.graph.organization/settings", `{"id":"{owner}"}`),
		alone("microsoft.graph.organizationSettings/itemInsights", `{"id":"itemInsights",`+insights).under("settings/"),
		alone("microsoft.graph.organizationSettings/peopleInsights", `{"id":"peopleInsights",`+insights).under("settings/"),
		alone("microsoft.graph.organizationSettings/contactInsights", `{"id":"contactInsights",`+insights).under("settings/"),
		alone("/admin/people/itemInsights", `{"id":"itemInsights",`+insights),
		alone("/admin/people/pronouns", `{"id":"pronouns","isEnabledInOrganization":false}`),
		alone("/admin/reportSettings", `{"id":"reportSettings","displayConcealedNames":true}`),
		alone("/admin/sharepoint/settings", `{"id":"settings","allowedDomainGuidsForSyncApp":[],"availableManagedPathsForSiteCreation":["/sites/","/teams/"],`+
			`"deletedUserPersonalSiteRetentionPeriodInDays":30,"excludedFileExtensionsForSyncApp":[],`+
			`"idleSessionSignOut":{"isEnabled":false,"warnAfterInSeconds":0,"signOutAfterInSeconds":0},"imageTaggingOption":"basic",`+
			`"isCommentingOnSitePagesEnabled":true,"isFileActivityNotificationEnabled":true,"isLegacyAuthProtocolsEnabled":true,"isLoopEnabled":true,`+
			`"isMacSyncAppEnabled":true,"isRequireAcceptingUserToMatchInvitedUserEnabled":false,"isResharingByExternalUsersEnabled":true,`+
			`"isSharePointMobileNotificationEnabled":true,"isSharePointNewsfeedEnabled":true,"isSiteCreationEnabled":true,"isSiteCreationUIEnabled":true,`+
			`"isSitePagesCreationEnabled":true,"isSitesStorageLimitAutomatic":true,"isSyncButtonHiddenOnPersonalSite":false,`+
			`"isUnmanagedSyncAppForTenantRestricted":false,"personalSiteDefaultStorageLimitInMB":1048576,"sharingAllowedDomainList":[],`+
			`"sharingBlockedDomainList":[],"sharingCapability":"externalUserAndGuestSharing","sharingDomainRestrictionMode":"none",`+
			`"siteCreationDefaultManagedPath":"/sites/","siteCreationDefaultStorageLimitInMB":26214400,`+
			`"tenantDefaultTimezone":"(UTC-08:00) Pacific Time (US and Canada)"}`),
		alone("/admin/forms", `{"id":"forms","settings":{"isExternalSendFormEnabled":true,"isExternalShareCollaborationEnabled":true,`+
			`"isExternalShareResultEnabled":true,"isExternalShareTemplateEnabled":true,"isRecordIdentityByDefaultEnabled":true,`+
			`"isBingImageSearchEnabled":true,"isInOrgFormsPhishingScanEnabled":true}}`),
		alone("/admin/todo", `{"id":"todo","settings":{"isPushNotificationEnabled":true,"isExternalJoinEnabled":true,"isExternalShareEnabled":true}}`),
		alone("/admin/appsAndServices", `{"id":"appsAndServices","settings":{"isOfficeStoreEnabled":true,"isAppAndServicesTrialEnabled":true}}`),
		alone("/admin/dynamics", `{"id":"dynamics","customerVoice":{"isRestrictedSurveyAccessEnabled":false,"isRecordIdentityByDefaultEnabled":true,`+
			`"isInOrgFormsPhishingScanEnabled":true}}`),
		alone("/reports/azureADPremiumLicenseInsight", `{"id":"azureADPremiumLicenseInsight","entitledP1LicenseCount":0,"entitledP2LicenseCount":0,`+
			`"entitledTotalLicenseCount":0,"p1FeatureUtilizations":{"conditionalAccess":`+unused+`,"conditionalAccessGuestUsers":`+unused+
			`},"p2FeatureUtilizations":{"riskBasedConditionalAccess":`+unused+`,"riskBasedConditionalAccessGuestUsers":`+unused+
			`},"privateAccessFeatureUtilizations":{"privateAccess":`+unused+`},"internetAccessFeatureUtilizations":{"internetAccess":`+unused+
			`,"internetAccessM365":`+unused+`}}`),
		several("/directory/onPremisesSynchronization", `{"id":"{tenant}","configuration":{"accidentalDeletionPrevention":{`+
			`"synchronizationPreventionType":"enabledForCount","alertThreshold":500}},"features":{"passwordSyncEnabled":false,`+
			`"passwordWritebackEnabled":false,"directoryExtensionsEnabled":false,"quarantineUponUpnConflictEnabled":true,`+
			`"quarantineUponProxyAddressesConflictEnabled":true,"softMatchOnUpnEnabled":true,"cloudPasswordPolicyForPasswordSyncedUsersEnabled":false,`+
			`"fopeConflictResolutionEnabled":false,"unifiedGroupWritebackEnabled":false,"userWritebackEnabled":false,"deviceWritebackEnabled":false,`+
			`"synchronizeUpnForManagedUsersEnabled":true,"userForcePasswordChangeOnLogonEnabled":false,"concurrentOrgIdProvisioningEnabled":false,`+
			`"concurrentCredentialUpdateEnabled":false,"groupWriteBackEnabled":false,"blockSoftMatchEnabled":false,`+
			`"blockCloudObjectTakeoverThroughHardMatchEnabled":false,"bypassDirSyncOverridesEnabled":false}}`),
		rowsOf("/identity/identityProviders", [][3]string{
			{"AADSignup-OAUTH", "AADSignup", "Directory Sign up"}, {"MSASignup-OAUTH", "MicrosoftAccount", "Microsoft Account"},
			{"EmailOtpSignup-OAUTH", "EmailOTP", "Email One Time Passcode"},
		}, func(p [3]string) string {
			return `{"@odata.type":"#microsoft.graph.builtInIdentityProvider","id":` + quoted(p[0]) + `,"identityProviderType":` + quoted(p[1]) +
				`,"displayName":` + quoted(p[2]) + `}`
		}),
		alone("/identityGovernance/entitlementManagement/settings",
			`{"id":"settings","externalUserLifecycleAction":"blockSignInAndDelete","durationUntilExternalUserDeletedAfterBlocked":"P30D",`+
				`"daysUntilExternalUserDeletedAfterBlocked":30}`),
		several("/identityGovernance/entitlementManagement/catalogs", `{"id":"f4ce0a11-0000-4000-8000-000000000005","displayName":"General",`+
			`"description":"","catalogType":"serviceDefault","state":"published","isExternallyVisible":true}`),
		several("/identityGovernance/entitlementManagement/accessPackageCatalogs", `{"id":"f4ce0a11-0000-4000-8000-000000000005",`+
			`"displayName":"General","description":"","catalogType":"ServiceDefault","catalogStatus":"Published","isExternallyVisible":true}`),
		alone("/print", `{"settings":{"documentConversionEnabled":true,"printerDiscoverySettings":{"airPrint":{"incompatiblePrinters":"show"}}}}`),
		alone("/teamwork", `{"id":"teamwork","isTeamsEnabled":true,"region":"Americas"}`),
		alone("/admin/microsoft365Apps/installationOptions", `{"id":"installationOptions","updateChannel":"current",`+
			`"appsForWindows":{"isMicrosoft365AppsEnabled":true,"isProjectEnabled":true,"isSkypeForBusinessEnabled":true,"isVisioEnabled":true},`+
			`"appsForMac":{"isMicrosoft365AppsEnabled":true,"isSkypeForBusinessEnabled":true}}`),
	}
}
