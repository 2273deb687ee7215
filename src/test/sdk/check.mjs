// Zoho's own SDK against a running sandbox: lists, queries and writes records.
// SANDBOX_URL names the sandbox; ends with "N passed, N failed", and with status 1 when anything failed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";

const base = process.env.SANDBOX_URL;
if (!base) {
  console.error("SANDBOX_URL is not set: start a sandbox and give its base URL");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "sandbox-sdk-"));
let passed = 0;
let failed = 0;

async function check(what, run) {
  try {
    await run();
    passed++;
    console.log(`ok      ${what}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${what}: ${error?.message ?? JSON.stringify(error)}`);
  }
}

function same(actual, expected, what) {
  if (actual !== expected) {
    throw new Error(`${what} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

function there(value, what) {
  if (value === null || value === undefined) {
    throw new Error(`${what} is missing`);
  }
  return value;
}

async function initialise() {
  const token = new Zoho.OAuthBuilder()
    .clientId(process.env.SANDBOX_CLIENT_ID ?? "1000.SANDBOXCLIENT")
    .clientSecret(process.env.SANDBOX_CLIENT_SECRET ?? "sandbox-secret")
    .refreshToken(process.env.SANDBOX_REFRESH_TOKEN ?? "1000.sandbox.refresh")
    .build();
  const builder = await new Zoho.InitializeBuilder();
  await builder
    .environment(new Zoho.Environment(base, `${base}/oauth/v2/token`, base))
    .token(token)
    .store(new Zoho.FileStore(join(folder, "tokens.txt")))
    .SDKConfig(new Zoho.SDKConfigBuilder().pickListValidation(false).autoRefreshFields(false).build())
    .resourcePath(folder)
    .logger(new Zoho.LogBuilder().level(Zoho.Levels.OFF).filePath(join(folder, "sdk.log")).build())
    .initialize();
}

const records = (module) => new Zoho.Record.RecordOperations(module);

function body(record) {
  const wrapper = new Zoho.Record.BodyWrapper();
  wrapper.setData([record]);
  return wrapper;
}

async function list(module, fields, perPage) {
  const params = new Zoho.ParameterMap();
  await params.add(Zoho.Record.GetRecordsParam.FIELDS, fields);
  await params.add(Zoho.Record.GetRecordsParam.PER_PAGE, perPage);
  return records(module).getRecords(params, new Zoho.HeaderMap());
}

function firstResult(response) {
  const result = there(response.getObject(), "the answer").getData()[0];
  if (result.getStatus().getValue() !== "success") {
    throw new Error(`${result.getCode().getValue()} ${JSON.stringify([...result.getDetails()])}`);
  }
  return result;
}

async function single(id) {
  const response = await records("Leads").getRecord(id, new Zoho.ParameterMap(), new Zoho.HeaderMap());
  return response.getStatusCode() === 204 ? null : response.getObject().getData()[0];
}

await check("the SDK starts with a refresh token", initialise);

for (const [module, fields] of [
  ["Leads", "Last_Name,Email,Email_Opt_Out,Modified_Time,Annual_Revenue,No_of_Employees,Owner,Tag"],
  ["Contacts", "Last_Name,Email,Account_Name,Date_of_Birth,Data_Processing_Basis,Unsubscribed_Time"],
  ["Memberships", "Name,Email,Level,Member_Since"],
]) {
  await check(`lists ${module}`, async () => {
    const response = await list(module, fields, 5);
    same(response.getStatusCode(), 200, "the status");
    const data = response.getObject().getData();
    same(data.length, 5, "the number of records");
    there(data[0].getId(), "the id");
    same(response.getObject().getInfo().getMoreRecords(), true, "more_records");
  });
}

await check("reads one contact with its consent details", async () => {
  const contacts = (await list("Contacts", "Last_Name,Data_Processing_Basis", 100)).getObject().getData();
  const agreed = contacts.find((c) => c.getKeyValue("Data_Processing_Basis")?.getValue() === "Consent - Obtained");
  const response = await records("Contacts").getRecord(there(agreed, "a contact with consent").getId());
  const details = response.getObject().getData()[0].getKeyValue("Data_Processing_Basis_Details");
  same(typeof there(details, "the details").getContactThroughEmail(), "boolean", "Contact_Through_Email");
});

await check("queries with COQL", async () => {
  const query = new Zoho.Coql.BodyWrapper();
  query.setSelectQuery(
    "select Last_Name, Email, Account_Name.Industry from Contacts where Email_Opt_Out = false order by id asc limit 3",
  );
  const answer = (await new Zoho.Coql.CoqlOperations().getRecords(query)).getObject();
  same(answer.getData().length, 3, "the number of rows");
  same(answer.getInfo().getMoreRecords(), true, "more_records");
});

await check("understands a refused query", async () => {
  const query = new Zoho.Coql.BodyWrapper();
  query.setSelectQuery("select Last_Name from Contacts");
  const response = await new Zoho.Coql.CoqlOperations().getRecords(query);
  same(response.getStatusCode(), 400, "the status");
  same(response.getObject().getCode().getValue(), "SYNTAX_ERROR", "the code");
});

let id;
await check("creates a lead", async () => {
  const lead = new Zoho.Record.Record();
  lead.addFieldValue(Zoho.Record.Field.Leads.LAST_NAME, "O'Śdk 🙂");
  lead.addFieldValue(Zoho.Record.Field.Leads.EMAIL, "sdk.check@c1.example.com");
  lead.addFieldValue(Zoho.Record.Field.Leads.COMPANY, "SDK & Co");
  const response = await records("Leads").createRecords(body(lead), new Zoho.HeaderMap());
  same(response.getStatusCode(), 201, "the status");
  id = there(firstResult(response).getDetails().get("id"), "the new id");
  same((await single(BigInt(id))).getKeyValue("Last_Name"), "O'Śdk 🙂", "the last name");
});

await check("updates the lead", async () => {
  const lead = new Zoho.Record.Record();
  lead.addFieldValue(Zoho.Record.Field.Leads.EMAIL_OPT_OUT, true);
  const response = await records("Leads").updateRecord(BigInt(id), body(lead), new Zoho.HeaderMap());
  same(response.getStatusCode(), 200, "the status");
  firstResult(response);
  same((await single(BigInt(id))).getKeyValue("Email_Opt_Out"), true, "Email_Opt_Out");
});

await check("deletes the lead and lists it as deleted", async () => {
  const response = await records("Leads").deleteRecord(BigInt(id), new Zoho.ParameterMap(), new Zoho.HeaderMap());
  firstResult(response);
  same(await single(BigInt(id)), null, "the deleted lead");
  const params = new Zoho.ParameterMap();
  await params.add(Zoho.Record.GetDeletedRecordsParam.TYPE, "recycle");
  const deleted = await records("Leads").getDeletedRecords(params, new Zoho.HeaderMap());
  const ids = deleted.getObject().getData().map((d) => String(d.getId()));
  same(ids.includes(String(id)), true, "the tombstone's presence");
});

rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
