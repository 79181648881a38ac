package openapi

import "testing"

func TestFamilyOf(t *testing.T) {
	for path, want := range map[string]Family{
		"/deviceManagement/virtualEndpoint/externalPartnerSettings/{x}": FamilyCloudPC,
		"/devicemanagement/VIRTUALENDPOINT":                             FamilyCloudPC,
		"/me/cloudPCs":                                                  FamilyCloudPC,
		"/users/{user-id}/cloudPCs/1":                                   FamilyCloudPC,
		"/users('x')/cloudPCs":                                          FamilyCloudPC,
		"/roleManagement/cloudPC/roleDefinitions":                       FamilyCloudPC,
		"/deviceManagement/virtualEndpoints":                            FamilyIntune,
		"/deviceManagement/managedDevices":                              FamilyIntune,
		"/roleManagement/deviceManagement":                              FamilyIntune,
		"/users/1/managedDevices":                                       FamilyIntune,
		"/me/drive/items/1/workbook/tables":                             FamilyExcel,
		"/sites/1/onenote/pages":                                        FamilyOneNote,
		"/groups/1/planner/plans":                                       FamilyPlanner,
		"/drives/1/items/2":                                             FamilyFiles,
		"/groups/1/sites/root":                                          FamilyFiles,
		"/me/drive/root:/a/b:/children":                                 FamilyFiles,
		"/groups/1/team":                                                FamilyTeams,
		"/users/1/onlineMeetings":                                       FamilyTeams,
		"/teams/1":                                                      FamilyTeams,
		"/me/messages":                                                  FamilyOutlook,
		"/groups/1/threads":                                             FamilyOutlook,
		"/users/messages":                                               FamilyDirectory,
		"/subscriptions":                                                FamilySubscriptions,
		"/reports/getEmailActivityCounts(period='D7')":                  FamilyReports,
		"/auditLogs/signIns":                                            FamilyReports,
		"/security/alerts":                                              FamilySecurity,
		"/search/query":                                                 FamilySearch,
		"/education/classes":                                            FamilyEducation,
		"/print/shares":                                                 FamilyPrint,
		"/groups/1/members":                                             FamilyDirectory,
		"/contacts":                                                     FamilyDirectory,
		"/users":                                                        FamilyDirectory,
		"/":                                                             FamilyDirectory,
		"":                                                              FamilyDirectory,
	} {
		if got := FamilyOf(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
