// Ordinary jobs of Google's clients for Node against the local Workspace. Prints one line of JSON: what it found.
// Nothing here says where that is: the clients call Google's own hosts, and HTTPS_PROXY leads them.
// Environment: KEY_FILE (a service account's), SUBJECT (the person it acts as), SCOPES.
const { auth, calendar } = require("@googleapis/calendar");
const { docs } = require("@googleapis/docs");
const { drive } = require("@googleapis/drive");
const { sheets } = require("@googleapis/sheets");
const { Readable } = require("node:stream");

const scopes = process.env.SCOPES.split(" ");
const google = new auth.GoogleAuth({ keyFile: process.env.KEY_FILE, scopes, clientOptions: { subject: process.env.SUBJECT } });
const at = { auth: google };

async function refused(call) {
  try {
    await call();
  } catch (error) {
    const told = error.response?.data?.error;
    return [error.status, told?.errors?.[0]?.reason ?? told?.status];
  }
  return null;
}

async function calendarJobs() {
  const api = calendar({ version: "v3", ...at });
  const made = await api.calendars.insert({ requestBody: { summary: "Visits" } });
  const calendarId = made.data.id;
  const start = { dateTime: "2026-01-05T09:00:00-06:00", timeZone: "America/Chicago" };
  const end = { dateTime: "2026-01-05T09:45:00-06:00", timeZone: "America/Chicago" };
  const event = { id: "visit01", summary: "Größe 😀", start, end, attendees: [{ email: "ben@school.example" }] };
  await api.events.insert({ calendarId, sendUpdates: "all", requestBody: event });
  const again = await refused(() => api.events.insert({ calendarId, requestBody: event }));
  const patched = await api.events.patch({ calendarId, eventId: "visit01", requestBody: { location: "Room 12" } });
  const headers = { "If-Match": '"1"' };
  const stale = await refused(() => api.events.update({ calendarId, eventId: "visit01", requestBody: event }, { headers }));
  for (let number = 0; number < 5; number++) {
    await api.events.insert({ calendarId, requestBody: { start, end, summary: `more ${number}` } });
  }
  const titles = [];
  let pageToken, syncToken;
  do {
    const page = await api.events.list({ calendarId, maxResults: 2, pageToken });
    titles.push(...page.data.items.map((one) => one.summary));
    pageToken = page.data.nextPageToken;
    syncToken = page.data.nextSyncToken;
  } while (pageToken);
  await api.events.delete({ calendarId, eventId: "visit01" });
  const changed = await api.events.list({ calendarId, syncToken });
  const bad = await refused(() => api.events.list({ calendarId, syncToken: "no such token" }));
  const busy = await api.freebusy.query({
    requestBody: { timeMin: "2026-01-05T00:00:00Z", timeMax: "2026-01-06T00:00:00Z", items: [{ id: calendarId }] },
  });
  return {
    again,
    stale,
    bad,
    where: patched.data.location,
    guest: patched.data.attendees[0].responseStatus,
    titles: titles.length,
    changed: changed.data.items.map((one) => [one.id, one.status]),
    busy: busy.data.calendars[calendarId].busy.length,
  };
}

async function driveJobs() {
  const api = drive({ version: "v3", ...at });
  const folder = await api.files.create({
    requestBody: { name: "Notes", mimeType: "application/vnd.google-apps.folder" },
    fields: "id",
  });
  const parents = [folder.data.id];
  const media = { mimeType: "text/plain", body: Readable.from(["Hello ", "there"]) };
  const file = await api.files.create({ requestBody: { name: "a.txt", parents }, media, fields: "id,size,parents" });
  const copy = await api.files.copy({ fileId: file.data.id, requestBody: { name: "b.txt" }, fields: "id,name" });
  await api.permissions.create({
    fileId: folder.data.id,
    sendNotificationEmail: false,
    requestBody: { type: "user", role: "reader", emailAddress: "ben@school.example" },
  });
  const found = await api.files.list({ q: `'${folder.data.id}' in parents`, orderBy: "name", fields: "files(name)" });
  const text = await api.files.get({ fileId: file.data.id, alt: "media" }, { responseType: "text" });
  await api.files.delete({ fileId: copy.data.id });
  const gone = await refused(() => api.files.get({ fileId: copy.data.id }));
  return { size: file.data.size, found: found.data.files.map((one) => one.name), text: text.data, gone };
}

async function docsJobs() {
  const api = docs({ version: "v1", ...at });
  const made = await api.documents.create({ requestBody: { title: "Notes" } });
  const documentId = made.data.documentId;
  const requests = [
    { insertText: { location: { index: 1 }, text: "Visit 😀 {{room}}\nNext step\n" } },
    { updateParagraphStyle: { range: { startIndex: 1, endIndex: 2 }, paragraphStyle: { namedStyleType: "HEADING_1" }, fields: "namedStyleType" } },
    { replaceAllText: { containsText: { text: "{{room}}", matchCase: true }, replaceText: "12" } },
  ];
  const answer = await api.documents.batchUpdate({ documentId, requestBody: { requests } });
  const read = await api.documents.get({ documentId });
  const paragraph = read.data.body.content[1].paragraph;
  const wrong = { requests: [{ insertText: { location: { index: 999 }, text: "x" } }] };
  return {
    replaced: answer.data.replies[2].replaceAllText.occurrencesChanged,
    text: paragraph.elements[0].textRun.content,
    style: paragraph.paragraphStyle.namedStyleType,
    outside: await refused(() => api.documents.batchUpdate({ documentId, requestBody: wrong })),
  };
}

async function sheetsJobs() {
  const api = sheets({ version: "v4", ...at });
  const made = await api.spreadsheets.create({ requestBody: { properties: { title: "Tracker" } } });
  const spreadsheetId = made.data.spreadsheetId;
  const values = [["Who", "Minutes"], ["Ana", 20], ["Ben", 25], ["all", "=SUM(B2:B3)"]];
  const range = "Sheet1!A1";
  const written = await api.spreadsheets.values.update({ spreadsheetId, range, valueInputOption: "USER_ENTERED", requestBody: { values } });
  const more = { spreadsheetId, range, valueInputOption: "RAW", insertDataOption: "INSERT_ROWS", requestBody: { values: [["Cy"]] } };
  const added = await api.spreadsheets.values.append(more);
  const read = await api.spreadsheets.values.get({ spreadsheetId, range: "Sheet1!A1:B9", valueRenderOption: "UNFORMATTED_VALUE" });
  const bold = { repeatCell: { range: { sheetId: 0, endRowIndex: 1 }, cell: { userEnteredFormat: { textFormat: { bold: true } } }, fields: "userEnteredFormat.textFormat.bold" } };
  await api.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests: [bold, { addSheet: { properties: { title: "Visits" } } }] } });
  const whole = await api.spreadsheets.get({ spreadsheetId, ranges: ["A1"], fields: "sheets(properties.title,data.rowData.values.userEnteredFormat.textFormat.bold)" });
  return {
    written: written.data.updatedRange,
    added: added.data.updates.updatedRange,
    sum: read.data.values[3][1],
    bold: whole.data.sheets[0].data[0].rowData[0].values[0].userEnteredFormat.textFormat.bold,
    nowhere: await refused(() => api.spreadsheets.values.get({ spreadsheetId, range: "Nowhere!A1" })),
  };
}

async function main() {
  const found = { calendar: await calendarJobs(), drive: await driveJobs(), docs: await docsJobs(), sheets: await sheetsJobs() };
  console.log(JSON.stringify(found));
}

main().catch((error) => {
  console.error(error.stack ?? String(error));
  process.exit(1);
});
