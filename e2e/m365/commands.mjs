// Commands of the CLI for Microsoft 365, as a script would run them, in one process:
// the program itself takes a second for each. The Go test beside this file starts the
// fake, and sets HOME, the proxy and the certificate.
import assert from "node:assert/strict";
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

await run("entra user remove", { userName: zoe, force });
