// Unmodified clients, each in the way that the environment says: node matrix.mjs CLIENT.
//   FAKE_URL   https://localhost:PORT, where the client is told of the fake;
//              without it the program is the one for the real service
import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { Client } from "@microsoft/microsoft-graph-client";
import {
  TokenCredentialAuthenticationProvider,
} from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

const base = process.env.FAKE_URL;
const tenant = "contoso.onmicrosoft.com";
const clientId = "f4ce0a11-0000-4000-8000-0000000000a1";
const clientSecret = "fakegraph-demo-secret";
const scopes = ["https://graph.microsoft.com/.default"];

const credential = new ClientSecretCredential(tenant, clientId, clientSecret,
  base ? { authorityHost: base, disableInstanceDiscovery: true } : {});

async function read(token) {
  const answer = await fetch((base ?? "https://graph.microsoft.com") + "/v1.0/users", { headers: { Authorization: "Bearer " + token } });
  assert.equal(answer.status, 200, await answer.text());
}

const programs = {
  async "graph client"() {
    const client = Client.initWithMiddleware({
      authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes }),
      ...(base && { baseUrl: base, customHosts: new Set(["localhost"]) }),
    });
    const users = await client.api("/users").select("displayName").get();
    assert.ok(users.value.length > 0);
  },
  async identity() {
    await read((await credential.getToken(scopes)).token);
  },
  async msal() {
    const auth = { clientId, clientSecret, authority: (base ?? "https://login.microsoftonline.com") + "/" + tenant };
    if (base) auth.knownAuthorities = [new URL(base).host];
    await read((await new ConfidentialClientApplication({ auth }).acquireTokenByClientCredential({ scopes })).accessToken);
  },
};

const run = programs[process.argv[2]];
if (!run) {
  console.error("no program " + process.argv[2] + "; there are: " + Object.keys(programs).join(", "));
  process.exit(2);
}
await run();
