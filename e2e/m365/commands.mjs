// Commands of the CLI for Microsoft 365, as a script would run them, in one process:
// the program itself takes a second for each. The Go test beside this file starts the
// fake, and sets HOME, with an app of Teams, the proxy and the certificate.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { executeCommand } from "@pnp/cli-microsoft365";

// run gives what a command prints as JSON; undefined when it prints nothing.
async function run(command, options = {}) {
  try {
    const { stdout } = await executeCommand(command, { output: "json", ...options });
    return stdout ? JSON.parse(stdout) : undefined;
  } catch (e) {
    throw new Error(command + ": " + (e.error?.message ?? e.stderr ?? e.message ?? JSON.stringify(e)));
  }
}

const named = (list, name) => list.find((x) => x.displayName === name || x.name === name || x.title === name);
const megan = "megan.bowen@contoso.onmicrosoft.com";
const patti = "patti.fernandez@contoso.onmicrosoft.com";
const zoe = "zoe@contoso.onmicrosoft.com";
const force = true;

await executeCommand("cli config set", { key: "disableTelemetry", value: true });
const login = await run("login", { authType: "secret", appId: "99999999-0000-4000-8000-0000000000a1", tenant: "contoso.onmicrosoft.com", secret: "any" });
assert.equal(login.authType, "secret");

// Users and groups.
const user = await run("entra user add", { displayName: "Zoe", userName: zoe, password: "xWwvJ]6NMw+bWH-d" });
await run("entra user set", { id: user.id, jobTitle: "Tester" });
assert.equal((await run("entra user get", { userName: zoe, properties: "jobTitle" })).jobTitle, "Tester");
assert.ok((await run("entra user list", { type: "Member" })).length > 3);
const group = await run("entra group add", { displayName: "CLI group", type: "security" });
await run("entra group member add", { groupName: "CLI group", userNames: zoe, role: "Member" });
assert.equal((await run("entra group member list", { groupName: "CLI group" }))[0].id, user.id);
await run("entra group member remove", { groupName: "CLI group", userNames: zoe, role: "Member", force });
await run("entra group set", { id: group.id, description: "changed" });
assert.equal((await run("entra group get", { displayName: "CLI group" })).description, "changed");
await run("entra group remove", { displayName: "CLI group", force });

// Applications and what they may do.
const app = await run("entra app add", { name: "CLI app", apisDelegated: "https://graph.microsoft.com/User.Read", withSecret: true, redirectUris: "http://localhost", platform: "publicClient" });
await run("entra app role add", { appName: "CLI app", name: "Role", description: "R", claim: "role", allowedMembers: "usersGroups" });
assert.equal((await run("entra app role list", { appName: "CLI app" }))[0].value, "role");
await run("entra app role remove", { appName: "CLI app", claim: "role", force });
await run("entra app permission add", { appId: app.appId, applicationPermissions: "https://graph.microsoft.com/User.Read.All", grantAdminConsent: true });
assert.ok((await run("entra app permission list", { appId: app.appId })).some((p) => p.permission === "User.Read.All"));
await run("entra approleassignment add", { appId: app.appId, resource: "SharePoint", scopes: ["Sites.Read.All"] });
assert.ok((await run("entra approleassignment list", { appId: app.appId })).some((a) => a.roleName === "Sites.Read.All"));
assert.equal((await run("entra enterpriseapp get", { displayName: "CLI app" })).appId, app.appId);
await run("entra app remove", { name: "CLI app", force });

// The directory.
await run("entra administrativeunit add", { displayName: "CLI unit" });
await run("entra administrativeunit member add", { administrativeUnitName: "CLI unit", userName: zoe });
assert.equal((await run("entra administrativeunit member list", { administrativeUnitName: "CLI unit" })).length, 1);
await run("entra administrativeunit remove", { displayName: "CLI unit", force });
assert.ok((await run("entra roledefinition get", { displayName: "Global Administrator" })).isBuiltIn);
await run("entra siteclassification enable", { classifications: "High,Low", defaultClassification: "High" });
assert.match(JSON.stringify(await run("entra siteclassification get")), /"High","Low"/);
assert.ok((await run("entra license list")).length > 0);

// A Microsoft 365 group, its team and its plan.
const m365 = await run("entra m365group add", { displayName: "CLI team", description: "d", mailNickname: "cliteam", owners: megan, members: zoe });
assert.equal((await run("entra m365group user list", { groupDisplayName: "CLI team" })).length, 2);
await run("entra m365group teamify", { id: m365.id });
const channel = await run("teams channel add", { teamId: m365.id, name: "Talk", description: "d" });
assert.equal((await run("teams channel get", { teamId: m365.id, name: "Talk" })).id, channel.id);
await run("teams funsettings set", { teamId: m365.id, allowGiphy: false });
assert.equal((await run("teams funsettings list", { teamId: m365.id })).allowGiphy, false);
assert.equal((await run("teams channel member list", { teamId: m365.id, channelName: "Talk" })).length, 2);
await run("teams team clone", { id: m365.id, name: "CLI copy", partsToClone: "apps,tabs" });
await run("teams team archive", { id: m365.id });
const plan = await run("planner plan add", { title: "Plan", ownerGroupName: "CLI team" });
await run("planner bucket add", { name: "Bucket", planId: plan.id });
const task = await run("planner task add", { title: "Task", planId: plan.id, bucketName: "Bucket" });
await run("planner task checklistitem add", { taskId: task.id, title: "Step" });
await run("planner task set", { id: task.id, percentComplete: 50 });
assert.equal((await run("planner task get", { id: task.id })).percentComplete, 50);

// Mail, files, search connections, the tenant.
await run("outlook mail send", { to: zoe, subject: "Hello", bodyContents: "x", sender: megan });
assert.ok((await run("outlook message list", { folderName: "sentitems", userName: megan })).some((m) => m.subject === "Hello"));
await run("file list", { webUrl: "https://contoso.sharepoint.com", folderUrl: "Shared Documents" });
await run("external connection add", { id: "cli", name: "CLI", description: "d" });
const schema = { baseType: "microsoft.graph.externalItem", properties: [{ name: "title", type: "String", isSearchable: "true", isRetrievable: "true", labels: ["title"] }] };
assert.match(await run("external connection schema add", { externalConnectionId: "cli", schema: JSON.stringify(schema) }), /\/operations\//);
await run("external item add", { externalConnectionId: "cli", id: "one", content: "x", title: "One", acls: "grant,everyone,everyone" });
await run("external connection remove", { id: "cli", force });
assert.ok((await run("tenant serviceannouncement health list")).length > 0);

// What users have, and what is left of them.
assert.equal((await run("entra user password validate", { password: "cli365" })).isValid, false);
assert.ok((await run("entra user registrationdetails list", { userPrincipalNames: zoe }))[0].userType);
await run("entra user session revoke", { userName: zoe, force });
assert.equal((await run("entra user guest add", { emailAddress: "guest@fabrikam.com", displayName: "Guest" })).invitedUserDisplayName, "Guest");

// What roles allow, and roles of Exchange.
assert.ok((await run("entra resourcenamespace list")).some((n) => n.id === "microsoft.directory"));
assert.ok((await run("entra rolepermission list", { resourceNamespace: "microsoft.directory", privileged: true })).length > 5);
const scoped = await run("exo approleassignment add", { roleDefinitionName: "Application Mail.Read", principalName: "fakegraph demo", scope: "user", userName: zoe });
assert.match(scoped.directoryScopeId, /^\/users\//);

// Extensions of the directory.
const demo = "f4ce0a11-0000-4000-8000-0000000000a1";
const extension = await run("graph directoryextension add", { name: "Size", appId: demo, dataType: "String", targetObjects: ["User"] });
assert.equal((await run("graph directoryextension list", { appId: demo }))[0].name, extension.name);
await run("graph openextension add", { resourceId: user.id, resourceType: "user", name: "com.contoso.cli", theme: "dark" });
assert.equal((await run("graph openextension list", { resourceId: user.id, resourceType: "user" }))[0].theme, "dark");
assert.match((await run("graph schemaextension add", { id: "cliExtension", description: "d", owner: demo, targetTypes: "Group", properties: '[{"name":"a","type":"Integer"}]' })).id, /_cliExtension$/);

// Files, through the site of the library, and a site's permissions.
const here = join(process.env.HOME, "hello.txt");
await writeFile(here, "hello");
const site = "https://contoso.sharepoint.com";
await run("file add", { folderUrl: site + "/Shared Documents", filePath: here, siteUrl: site });
await run("file copy", { webUrl: site, sourceUrl: "/Shared Documents/hello.txt", targetUrl: "/Shared Documents", newName: "copied.txt" });
await run("file move", { webUrl: site, sourceUrl: "/Shared Documents/copied.txt", targetUrl: "/Shared Documents", newName: "moved.txt" });
assert.ok(named(await run("file list", { webUrl: site, folderUrl: "Shared Documents" }), "moved.txt"));
const permission = await run("spo site apppermission add", { siteUrl: site, permission: "read", appId: demo });
await run("spo site apppermission set", { siteUrl: site, id: permission.id, permission: "write" });
assert.deepEqual((await run("spo site apppermission get", { siteUrl: site, id: permission.id }))[0].roles, "write");

// Mailboxes that an application sees.
await run("outlook calendar add", { userName: megan, name: "CLI", color: "lightGreen" });
assert.equal((await run("outlook calendar get", { userName: megan, name: "CLI" })).color, "lightGreen");
await run("outlook mail searchfolder add", { userName: megan, folderName: "Found", messageFilter: "contains(subject, 'Hello')", sourceFoldersIds: ["inbox"] });
assert.equal((await run("outlook mailbox settings set", { userName: megan, timeFormat: "HH:mm" })).timeFormat, "HH:mm");
assert.ok(await run("outlook event list", { userName: megan }));

// Communities, labels of Purview, containers.
const community = await run("viva engage community add", { displayName: "CLI community", description: "d", privacy: "public", adminEntraUserNames: zoe, wait: true });
assert.equal((await run("viva engage community user list", { communityId: community.resourceId, role: "Admin" }))[0].id, user.id);
await run("viva engage role member add", { roleName: "Verified Admin", userName: zoe });
await run("viva engage role member remove", { roleName: "Verified Admin", userName: zoe, force });
assert.equal((await run("tenant people profilecardproperty add", { name: "customAttribute1", displayName: "Cost" })).directoryPropertyName, "customAttribute1");
assert.ok((await run("tenant serviceannouncement health get", { serviceName: "Exchange Online", issues: true })).issues);

// Usage reports are CSV files behind a redirect.
assert.ok((await run("teams report useractivityuserdetail", { period: "D7" })).some((r) => r["User Principal Name"] === megan));
assert.equal((await run("onedrive report usagestorage", { period: "D7" })).length, 7);

await run("entra user remove", { userName: zoe, force });
assert.ok((await run("entra user recyclebinitem list")).some((u) => u.id === user.id));
await run("entra user recyclebinitem remove", { id: user.id, force });

// What only a user may do, signed in with a password.
await run("logout");
const signedIn = await run("login", { authType: "password", appId: "99999999-0000-4000-8000-0000000000a1", tenant: "contoso.onmicrosoft.com", userName: patti, password: "fakegraph-demo-password" });
assert.equal(signedIn.connectedAs, patti);
await run("entra pim role assignment add", { roleDefinitionName: "Reports Reader", userName: megan, justification: "j" });
assert.equal((await run("entra pim role assignment list", { userName: megan })).length, 1);
const list = await run("todo list add", { name: "CLI list" });
const todo = await run("todo task add", { title: "Do", listName: "CLI list", dueDateTime: "2026-12-01T00:00:00Z", importance: "high" });
await run("todo task set", { id: todo.id, listId: list.id, status: "completed" });
assert.equal((await run("todo task get", { id: todo.id, listId: list.id })).status, "completed");
await run("teams chat message send", { userEmails: "adele.vance@contoso.onmicrosoft.com", message: "hi" });
assert.ok((await run("teams chat get", { participants: "adele.vance@contoso.onmicrosoft.com" })).id);
const meeting = await run("teams meeting add", { subject: "CLI", startTime: "2026-12-01T10:00:00Z", endTime: "2026-12-01T11:00:00Z" });
assert.equal((await run("teams meeting get", { joinUrl: meeting.joinWebUrl })).id, meeting.id);
const packed = join(process.env.HOME, "app.zip"); // by the Go test
const published = await run("teams app publish", { filePath: packed });
await run("teams app update", { id: published.id, filePath: packed });
assert.equal(named(await run("teams app list", { distributionMethod: "organization" }), published.displayName).id, published.id);
const roster = await run("planner roster add");
await run("planner roster member add", { rosterId: roster.id, userName: patti });
assert.ok((await run("planner roster member get", { rosterId: roster.id, userName: patti })).tenantId);
await run("planner plan add", { title: "Ours", rosterId: roster.id });
assert.equal((await run("planner roster plan list"))[0].title, "Ours");
const notebook = await run("onenote notebook add", { name: "CLI notes" });
assert.equal(named(await run("onenote notebook list"), "CLI notes").id, notebook.id);
assert.equal((await run("purview threatassessment add", { type: "url", expectedAssessment: "block", category: "spam", url: "https://contoso.com" })).contentType, "url");
assert.ok((await run("search", { queryText: "hi", scopes: "chatMessage" })).hitsContainers);
assert.equal((await run("spo contenttype sync", { webUrl: site, id: "0x0101", listTitle: "Documents" })).id, "0x0101");
