// Microsoft's typed SDK for JavaScript, unmodified: node typed.mjs. The Go test in
// ../libraries starts the fake and leads Graph's hosts to it.
import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import { AzureIdentityAuthenticationProvider } from "@microsoft/kiota-authentication-azure";
import { createGraphServiceClient, GraphRequestAdapter } from "@microsoft/msgraph-sdk";
import { PageIterator } from "@microsoft/msgraph-sdk-core";
import { createUserCollectionResponseFromDiscriminatorValue } from "@microsoft/msgraph-sdk/models/index.js";
import { createODataErrorFromDiscriminatorValue } from "@microsoft/msgraph-sdk/models/oDataErrors/index.js";
import "@microsoft/msgraph-sdk-users";

const credential = new ClientSecretCredential("contoso.onmicrosoft.com", "11111111-2222-4333-8444-555555555555", "any");
const adapter = new GraphRequestAdapter(new AzureIdentityAuthenticationProvider(credential, ["https://graph.microsoft.com/.default"]));
const graph = createGraphServiceClient(adapter);

const made = await graph.users.post({
  accountEnabled: true, displayName: "Zoe", mailNickname: "zoe", userPrincipalName: "zoe@contoso.onmicrosoft.com",
  passwordProfile: { password: "xWwvJ]6NMw+bWH-d" },
});
const zoe = graph.users.byUserId(made.id);
await zoe.patch({ jobTitle: "Boss", employeeHireDate: new Date("2026-01-02T03:04:05Z") });
const changed = await zoe.get({ queryParameters: { select: ["jobTitle", "employeeHireDate"] } });
assert.equal(changed.jobTitle, "Boss");
assert.equal(changed.employeeHireDate.toISOString(), "2026-01-02T03:04:05.000Z");

// A missing user is an error of the SDK's own class, with Graph's code.
await assert.rejects(graph.users.byUserId("nobody@contoso.com").get(), (e) => e.responseStatusCode === 404 && e.errorEscaped.code === "Request_ResourceNotFound");

let seen = 0;
const first = await graph.users.get({ queryParameters: { top: 1, select: ["id"], count: true }, headers: { ConsistencyLevel: ["eventual"] } });
const pages = new PageIterator(adapter, first, () => ++seen > 0, createUserCollectionResponseFromDiscriminatorValue, { XXX: createODataErrorFromDiscriminatorValue });
await pages.iterate();
assert.equal(seen, first.odataCount);

// Members of a group are of the type that @odata.type tells.
await zoe.manager.ref.put({ odataId: "https://graph.microsoft.com/v1.0/users/megan.bowen@contoso.onmicrosoft.com" });
const manager = await zoe.manager.get();
assert.equal(manager.odataType, "#microsoft.graph.user");
assert.equal(manager.displayName, "Megan Bowen");

const message = await zoe.messages.post({ subject: "draft", body: { contentType: "text", content: "x" } });
const source = new TextDecoder().decode(await zoe.messages.byMessageId(message.id).content.get());
assert.match(source, /Subject: draft/);
await zoe.delete();
