// Unmodified clients against fakegraph: node clients.mjs CASE. The Go tests in
// ../signin start the server and say where it is:
//   FAKE_WAY   "explicit": the fake is named in the clients' configuration;
//              "proxy": nothing is, HTTPS_PROXY and the CA do it
//   FAKE_URL   https://localhost:PORT
//   FAKE_HTTP  http://127.0.0.1:PORT
//   CERTIFICATE  PEM file of certificate and key, registered on CERTIFIED_APP
import assert from "node:assert/strict";
import {
  ClientCertificateCredential, ClientSecretCredential, DefaultAzureCredential, DeviceCodeCredential, ManagedIdentityCredential,
} from "@azure/identity";
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from "@azure/msal-node";
import { BatchRequestContent, BatchResponseContent, Client, FileUpload, OneDriveLargeFileUploadTask, PageIterator } from "@microsoft/microsoft-graph-client";
import {
  TokenCredentialAuthenticationProvider,
} from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

const { FAKE_URL: base, FAKE_HTTP: http, FAKE_WAY: way } = process.env;
const tenant = "contoso.onmicrosoft.com";
const app = "f4ce0a11-0000-4000-8000-0000000000a1";
const secret = "fakegraph-demo-secret";
const pat = "pat@contoso.onmicrosoft.com";
const scopes = ["https://graph.microsoft.com/.default"];
const explicit = way === "explicit";

// What names the fake, and without it what everybody writes.
const identity = explicit ? { authorityHost: base, disableInstanceDiscovery: true } : {};
const auth = explicit
  ? { clientId: app, authority: base + "/" + tenant, knownAuthorities: [new URL(base).host] }
  : { clientId: app, authority: "https://login.microsoftonline.com/" + tenant };
const client = explicit ? { baseUrl: base, customHosts: new Set(["localhost"]) } : {};
const origin = explicit ? base : "https://graph.microsoft.com";

function graph(credential, options = client) {
  return Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes }),
    ...options,
  });
}

// A client whose application may change users and files.
async function writer() {
  const minted = await fetch(http + "/_fake/tokens", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ roles: ["User.ReadWrite.All", "Sites.ReadWrite.All"] }) });
  const { access_token } = await minted.json();
  return Client.initWithMiddleware({ authProvider: { getAccessToken: async () => access_token }, ...client });
}

async function readPat(client) {
  const user = await client.api("/users/" + pat).get();
  assert.equal(user.displayName, "Pat");
}

async function me(token) {
  const answer = await fetch(origin + "/v1.0/me", { headers: { Authorization: "Bearer " + token } });
  assert.equal(answer.status, 200, await answer.text());
}

const cases = {
  async "identity secret"() {
    await readPat(graph(new ClientSecretCredential(tenant, app, secret, identity)));
    const wrong = new ClientSecretCredential(tenant, app, "wrong", identity);
    await assert.rejects(wrong.getToken(scopes), /AADSTS7000215/);
  },
  async "identity certificate"() {
    const credential = new ClientCertificateCredential(tenant, process.env.CERTIFIED_APP, process.env.CERTIFICATE, identity);
    assert.ok((await credential.getToken(scopes)).token);
  },
  async "identity device code"() {
    let message = "";
    const credential = new DeviceCodeCredential({ ...identity, tenantId: tenant, clientId: app, userPromptCallback: (m) => { message = m.message; } });
    await me((await credential.getToken("https://graph.microsoft.com/User.Read")).token);
    assert.match(message, /devicelogin and enter the code/);
  },
  async "identity default"() { // AZURE_* variables; explicitly AZURE_AUTHORITY_HOST among them
    await readPat(graph(new DefaultAzureCredential({ disableInstanceDiscovery: explicit })));
  },
  async "identity managed"() { // IDENTITY_ENDPOINT and IDENTITY_HEADER, plain HTTP
    for (const credential of [new ManagedIdentityCredential(), new DefaultAzureCredential()]) {
      const { token } = await credential.getToken(scopes);
      const answer = await fetch(http + "/v1.0/users/" + pat, { headers: { Authorization: "Bearer " + token } });
      assert.equal(answer.status, 200, await answer.text());
    }
  },

  async "msal confidential"() {
    const msal = new ConfidentialClientApplication({ auth: { ...auth, clientSecret: secret } });
    const first = await msal.acquireTokenByClientCredential({ scopes });
    const second = await msal.acquireTokenByClientCredential({ scopes });
    assert.equal(second.accessToken, first.accessToken);
    assert.ok(second.fromCache);

    const user = new PublicClientApplication({ auth });
    const theirs = await user.acquireTokenByUsernamePassword({ scopes: ["api://" + app + "/access"], username: pat, password: "right" });
    const behalf = await msal.acquireTokenOnBehalfOf({ oboAssertion: theirs.accessToken, scopes: ["https://graph.microsoft.com/User.Read"] });
    await me(behalf.accessToken);
  },
  async "msal public"() {
    const msal = new PublicClientApplication({ auth });
    const wish = { scopes: ["https://graph.microsoft.com/User.Read"] };
    const first = await msal.acquireTokenByUsernamePassword({ ...wish, username: pat, password: "right" });
    assert.equal(first.account.homeAccountId.split(".")[0], "e2e00000-0000-4000-8000-000000000001");
    const silent = await msal.acquireTokenSilent({ ...wish, account: first.account });
    assert.ok(silent.fromCache);
    assert.equal(silent.accessToken, first.accessToken);
    const renewed = await msal.acquireTokenSilent({ ...wish, account: first.account, forceRefresh: true });
    await me(renewed.accessToken);
    const device = await msal.acquireTokenByDeviceCode({ ...wish, deviceCodeCallback: () => {} });
    await me(device.accessToken);
  },
  async "msal code"() {
    const msal = new PublicClientApplication({ auth });
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const wish = { scopes: ["User.Read"], redirectUri: "http://localhost:1234" };
    const url = await msal.getAuthCodeUrl({ ...wish, codeChallenge: challenge, codeChallengeMethod: "S256", loginHint: pat, nonce: "n1" });
    const answer = await fetch(url, { redirect: "manual" });
    const code = new URL(answer.headers.get("location")).searchParams.get("code");
    const result = await msal.acquireTokenByCode({ ...wish, code, codeVerifier: verifier }, { nonce: "n1" });
    assert.equal(result.account.username, pat);
    await me(result.accessToken);
  },

  // Steps that depend on each other, pages and rounds of delta, with the client's own helpers.
  async "graph client batch"() {
    const client = await writer();
    const name = "Batch " + way;
    const step = (id, path, init, dependsOn) => ({ id, request: new Request(origin + path, init), dependsOn });
    const content = new BatchRequestContent([
      step("1", "/users/" + pat, { method: "GET" }),
      step("2", "/users/" + pat, { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ jobTitle: name }) }, ["1"]),
      step("3", "/users/nobody@contoso.com", { method: "GET" }, ["1"]),
    ]);
    const answers = new BatchResponseContent(await client.api("/$batch").post(await content.getContent()));
    assert.equal((await answers.getResponseById("1").json()).displayName, "Pat");
    assert.equal(answers.getResponseById("2").status, 204);
    assert.equal(answers.getResponseById("3").status, 404);
    assert.equal((await client.api("/users/" + pat).select("jobTitle").get()).jobTitle, name);
  },
  async "graph client pages"() {
    const client = await writer();
    const all = await client.api("/users").top(999).get();
    const seen = new Set();
    const pages = new PageIterator(client, await client.api("/users").top(1).get(), (user) => seen.add(user.id));
    await pages.iterate();
    assert.equal(seen.size, all.value.length);
    assert.ok(seen.size > 1);

    const round = new PageIterator(client, await client.api("/users/delta").select("jobTitle").get(), () => true);
    await round.iterate();
    const link = round.getDeltaLink();
    assert.ok(link);
    await client.api("/users/" + pat).patch({ jobTitle: "Delta " + way });
    const changed = await client.api(link).get();
    assert.deepEqual(changed.value.map((user) => user.jobTitle), ["Delta " + way]);
  },
  // A file in three parts, the last one shorter.
  async "graph client upload"() {
    const client = await writer();
    const bytes = new Uint8Array(800_000).map((_, i) => i % 251);
    const at = "/users/" + pat + "/drive/root:/Uploads/" + way + ".bin:";
    const task = await OneDriveLargeFileUploadTask.createTaskWithFileObject(client, new FileUpload(bytes.buffer, way + ".bin", bytes.length), {
      uploadSessionURL: at + "/createUploadSession", rangeSize: 320 * 1024,
    });
    const { responseBody } = await task.upload();
    assert.equal(responseBody.size, bytes.length);
    assert.equal(responseBody.name, way + ".bin");
    const got = await client.api(at + "/content").responseType("arraybuffer").get();
    assert.deepEqual(new Uint8Array(got), bytes);
  },
  // What the retry handler makes of an injected fault; the Go test says how it
  // has to end and reads from the journal what was called.
  async "create a group"() {
    const api = graph(new ClientSecretCredential(tenant, app, secret, identity)).api("/groups");
    let outcome = "made";
    try {
      await api.post({ displayName: "retried", mailNickname: "retried", mailEnabled: false, securityEnabled: true });
    } catch (e) {
      outcome = "failed " + (e.statusCode ?? e.message);
    }
    assert.match(outcome, new RegExp(process.env.FAKE_OUTCOME));
  },

  // Without customHosts the Graph client drops the token: the beginner's failure.
  async "graph client drops the token"() {
    if (!explicit) return;
    const dropping = graph(new ClientSecretCredential(tenant, app, secret, identity), { baseUrl: base });
    await assert.rejects(dropping.api("/users").get(), (e) => e.statusCode === 401 && /Access token is empty/.test(e.message));
  },
};

const run = cases[process.argv[2]];
if (!run) {
  console.error("no case " + process.argv[2] + "; there are: " + Object.keys(cases).join(", "));
  process.exit(2);
}
await run();
