// The library microsoft-graph, unmodified, on a workbook of a site: node workbook.mjs.
// The Go test in ../libraries starts the fake and leads Graph's hosts to it.
import assert from "node:assert/strict";
import { createClientSecretContext } from "microsoft-graph/context";
import { driveItemPath } from "microsoft-graph/driveItem";
import { sequential } from "microsoft-graph/operationInvoker";
import { createWorkbookRangeRef } from "microsoft-graph/workbookRange";
import { createWorkbookTableColumnRef } from "microsoft-graph/workbookTableColumn";
import applyWorkbookTableColumnFilter from "microsoft-graph/applyWorkbookTableColumnFilter";
import clearWorkbookTableFilters from "microsoft-graph/clearWorkbookTableFilters";
import createWorkbookAndStartSession from "microsoft-graph/createWorkbookAndStartSession";
import createWorkbookTable from "microsoft-graph/createWorkbookTable";
import createWorkbookWorksheet from "microsoft-graph/createWorkbookWorksheet";
import deleteWorkbookTablePreservingValues from "microsoft-graph/deleteWorkbookTablePreservingValues";
import existsDriveItem from "microsoft-graph/existsDriveItem";
import getWorkbookTableBodyVisibleRange from "microsoft-graph/getWorkbookTableBodyVisibleRange";
import getWorkbookTableHeaderRange from "microsoft-graph/getWorkbookTableHeaderRange";
import getWorkbookUsedRange from "microsoft-graph/getWorkbookUsedRange";
import getWorkbookVisibleRange from "microsoft-graph/getWorkbookVisibleRange";
import listDrives from "microsoft-graph/listDrives";
import listSites from "microsoft-graph/listSites";
import listWorkbookTableRows from "microsoft-graph/listWorkbookTableRows";
import listWorkbookTables from "microsoft-graph/listWorkbookTables";
import listWorkbookWorksheets from "microsoft-graph/listWorkbookWorksheets";
import safeDeleteWorkbook from "microsoft-graph/safeDeleteWorkbook";
import setColumnHidden from "microsoft-graph/setColumnHidden";
import updateWorkbookRange from "microsoft-graph/updateWorkbookRange";

const context = createClientSecretContext("contoso.onmicrosoft.com", "11111111-2222-4333-8444-555555555555", "any");
const { sites } = await listSites(context);
const { drives } = await listDrives(sites[0]);
const book = await createWorkbookAndStartSession(drives[0], driveItemPath("people.xlsx"));
assert.deepEqual((await listWorkbookWorksheets(book)).map((s) => s.name), ["Sheet1"]);
const people = await createWorkbookWorksheet(book, "People");
const range = createWorkbookRangeRef(people, "A1:C4");
await updateWorkbookRange(range, { values: [["name", "age", "city"], ["Ann", 30, "Basel"], ["Bob", 40, "Bern"], ["Cid", 50, "Basel"]] });
assert.equal((await getWorkbookUsedRange(people)).address, "A1:C4");

// What filters of a table hide is not in its visible view.
const table = await createWorkbookTable(range, true);
assert.deepEqual((await getWorkbookTableHeaderRange(table)).values, [["name", "age", "city"]]);
await applyWorkbookTableColumnFilter(createWorkbookTableColumnRef(table, "age"), { filterOn: "custom", criterion1: ">35" });
assert.deepEqual((await getWorkbookTableBodyVisibleRange(table)).values, [["Bob", 40, "Bern"], ["Cid", 50, "Basel"]]);
await clearWorkbookTableFilters(table);
assert.equal((await listWorkbookTableRows(table)).length, 3);

// Nor are hidden columns.
await setColumnHidden(createWorkbookRangeRef(people, "B:B"), true);
assert.deepEqual((await getWorkbookVisibleRange(range)).values[1], ["Ann", "Basel"]);

// Requests go in batches, one after the other.
const [, sheets] = await sequential(createWorkbookWorksheet(book, "More"), listWorkbookWorksheets(book));
assert.deepEqual(sheets.map((s) => s.name), ["Sheet1", "People", "More"]);
await deleteWorkbookTablePreservingValues(table);
assert.equal((await listWorkbookTables(people)).length, 0);
await safeDeleteWorkbook(book);
assert.equal(await existsDriveItem(drives[0], driveItemPath("people.xlsx")), false);
