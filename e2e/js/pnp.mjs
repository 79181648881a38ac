// PnPjs, unmodified: node pnp.mjs. The Go test in ../libraries starts the fake and
// leads Graph's hosts to it.
import assert from "node:assert/strict";
import { graphfi } from "@pnp/graph";
import "@pnp/graph/presets/all.js";
import "@pnp/graph/batching.js";
import { GraphDefault } from "@pnp/nodejs";

const megan = "megan.bowen@contoso.onmicrosoft.com";
const graph = graphfi().using(GraphDefault({
  baseUrl: "https://graph.microsoft.com/v1.0",
  msal: {
    config: { auth: { authority: "https://login.microsoftonline.com/contoso.onmicrosoft.com/", clientId: "11111111-2222-4333-8444-555555555555", clientSecret: "any" } },
    scopes: ["https://graph.microsoft.com/.default"],
  },
}));

// Batches and pages.
const [batched, execute] = graph.batched();
const both = Promise.all([batched.users.getById(megan)(), batched.groups()]);
await execute();
const [user, groups] = await both;
assert.equal(user.displayName, "Megan Bowen");
assert.ok(groups.length > 0);
let users = 0;
for await (const page of graph.users.top(1)) users += page.length;
assert.ok(users > 1);

// A group with its team, its site and a plan.
const { id } = await graph.groups.add("Crew", "crew", 0, {});
await graph.groups.getById(id).members.add("https://graph.microsoft.com/v1.0/directoryObjects/" + user.id);
assert.deepEqual((await graph.groups.getById(id).members()).map((m) => m.id), [user.id]);
await graph.groups.getById(id).createTeam({ memberSettings: { allowCreateUpdateChannels: true } });
assert.equal((await graph.teams.getById(id)()).displayName, "Crew");
const plan = await graph.planner.plans.add({ container: { url: "https://graph.microsoft.com/v1.0/groups/" + id }, title: "Plan" });
const task = await graph.planner.tasks.add({ planId: plan.id, title: "Task" });
const read = await graph.planner.tasks.getById(task.id)();
await graph.planner.tasks.getById(task.id).update({ title: "Changed" }, read["@odata.etag"]);
assert.deepEqual((await graph.planner.plans.getById(plan.id).tasks()).map((t) => t.title), ["Changed"]);

// Files, moved and followed; an action without parameters is sent as "null".
const drive = graph.users.getById(megan).drive;
const file = await drive.root.upload({ filePathName: "a.txt", content: "hello", contentType: "text/plain" });
assert.equal((await drive.getItemById(file.id).getContent()).size, 5);
const folder = await drive.root.children.addFolder({ name: "F", conflictBehavior: "rename" });
await drive.getItemById(file.id).moveItem({ name: "b.txt", parentReference: { id: folder.id } });
assert.equal((await drive.getItemByPath("F/b.txt")()).id, file.id);
await drive.getItemById(file.id).follow();

// A list with a column of its own.
const site = graph.sites.getById((await graph.sites.getById("root")()).id);
const list = await site.lists.add({ displayName: "Books", list: { template: "genericList" }, columns: [{ name: "Pages", number: {} }] });
await site.lists.getById(list.id).items.add({ fields: { Title: "One", Pages: 3 } });
const [item] = await site.lists.getById(list.id).items.expand("fields($select=Title,Pages)")();
assert.deepEqual([item.fields.Title, item.fields.Pages], ["One", 3]);
