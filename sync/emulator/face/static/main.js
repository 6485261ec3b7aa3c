// Which place is shown, for whom. The address says all of it: /?as=E-MAIL&view=calendar|files|doc|sheet|outbox&id=...
import { call, control, make, pages } from "./api.js";
import { showDoc } from "./doc.js";
import { showMail } from "./mail.js";
import { Panel } from "./panel.js";
import { everybody, initials, namesByEmail } from "./people.js";
import { showSheet } from "./sheet.js";
import { sign } from "./signs.js";
import { signIn } from "./signin.js";
import { Week } from "./week.js";

const main = document.getElementById("main");
const side = document.getElementById("panel");
const DOC = "application/vnd.google-apps.document";
const SHEET = "application/vnd.google-apps.spreadsheet";
const PLACES = [["calendar", "Calendar", "calendar"], ["files", "Docs and Sheets", "document"], ["outbox", "Mail", "mail"]];
const words = () => new URLSearchParams(location.search);
const address = (changes) => `/?${new URLSearchParams({ as: words().get("as") || "", ...changes })}`;

/** Links to Google's own places open here, where the Workspace is; everything else is not ours. */
function inside(url) {
  const doc = /\/document\/d\/([^/?#]+)/.exec(url);
  const sheet = /\/spreadsheets\/d\/([^/?#]+)/.exec(url);
  const tab = doc && new URL(url, location).searchParams.get("tab");
  if (doc) return address({ view: "doc", id: doc[1], ...(tab ? { tab } : {}) });
  if (sheet) return address({ view: "sheet", id: sheet[1] });
  if (/calendar\.google\.com|\/calendar\/event/.test(url)) return address({ view: "calendar" });
  return undefined;
}

document.addEventListener("click", (click) => {
  const link = click.target.closest?.("a[href]");
  const here = link && inside(link.href);
  if (here) { click.preventDefault(); location.href = here; }
});

function goInside(url) {
  const here = inside(url);
  if (here) location.href = here;
  return Boolean(here);
}

async function chrome(person, view) {
  const people = await everybody();
  const known = people.some((one) => one.email === person) ? people : [...people, { email: person, name: person }];
  const select = document.getElementById("person");
  select.replaceChildren(...known.map((one) => make("option", { value: one.email, selected: one.email === person }, one.name || one.email)));
  select.onchange = () => { location.href = `/?as=${encodeURIComponent(select.value)}&view=calendar`; };
  select.parentElement.hidden = false;
  document.getElementById("face").replaceChildren(initials(known.find((one) => one.email === person).name || person));
  const open = ["doc", "sheet"].includes(view) ? "files" : view;
  document.getElementById("places").replaceChildren(...PLACES.map(([name, title, drawing]) => make("a", { href: address({ view: name }), "aria-current": open === name ? "page" : undefined }, sign(drawing), title)));
}

async function zoneOf(person) {
  return (await call(person, "/calendar/v3/calendars/primary")).timeZone || "UTC";
}

async function calendar(person) {
  document.title = "Calendar - Local Workspace";
  const [{ now }, zone, names] = await Promise.all([control("clock"), zoneOf(person), namesByEmail()]);
  const tell = (event) => panel.openEvent(contextOf(event, person));
  const week = new Week(main, { person, zone, now, names, onPick: tell, onChanged: (event) => { if (panel.atRoot) tell(event); } });
  // The event follows the booking in a moment of its own: look now, and twice more.
  const again = () => [300, 1500, 4000].forEach((wait) => setTimeout(() => week.look(), wait));
  const panel = new Panel(side, { person, zone, app: "CALENDAR", onOpen: goInside, onCalendarAction: (action) => week.stage(action), onDone: (done) => { if (done.trigger === "action") again(); } });
  await Promise.all([week.show(words().get("week") || undefined), panel.home()]);
}

function contextOf(event, person) {
  const own = event.organizer?.self || event.organizer?.email === person;
  return { id: event.id, ...(event.recurringEventId ? { recurringEventId: event.recurringEventId } : {}), calendarId: person, organizer: { email: event.organizer?.email }, attendees: event.attendees || [],
    capabilities: { canSeeAttendees: true, canAddAttendees: Boolean(own || event.guestsCanModify || event.guestsCanInviteOthers !== false), canSeeConferenceData: true, canSetConferenceData: Boolean(own || event.guestsCanModify) } };
}

async function files(person) {
  document.title = "Docs and Sheets - Local Workspace";
  const found = await pages(person, `/drive/v3/files?q=${encodeURIComponent(`trashed=false and (mimeType='${DOC}' or mimeType='${SHEET}')`)}&orderBy=name&fields=nextPageToken,files(id,name,mimeType,modifiedTime)`, "files");
  const row = ({ id, name, mimeType, modifiedTime }) => make("li", {}, make("a", { href: address({ view: mimeType === DOC ? "doc" : "sheet", id }) },
    make("span", { class: mimeType === DOC ? "" : "sheet-sign" }, sign(mimeType === DOC ? "document" : "sheet", mimeType === DOC ? "Doc" : "Sheet")), ` ${name}`,
    make("small", {}, new Date(modifiedTime).toLocaleDateString(undefined, { month: "short", day: "numeric" }))));
  main.replaceChildren(make("div", { class: "page" }, make("h1", {}, "Docs and Sheets"), found.length ? make("ul", { class: "files" }, found.map(row)) : make("p", {}, "Nothing is shared with you yet.")));
}

async function file(person, app, show) {
  const id = words().get("id");
  const [zone, made] = await Promise.all([zoneOf(person), show(main, person, id, words().get("tab") || words().get("gid") || undefined)]);
  const title = made.title || made.properties?.title;
  document.title = `${title} - Local Workspace`;
  const kind = app.toLowerCase();
  // Until the person allows it, an add-on learns of the open file nothing but that it may not know it.
  const known = (await control("addon/files", { as: person })).ids.includes(id);
  const event = known ? { id, title, addonHasFileScopePermission: true } : { addonHasFileScopePermission: false };
  await new Panel(side, { person, zone, app, onOpen: goInside, file: { id, title }, event: { [kind]: event } }).home();
}

const VIEWS = {
  calendar, files,
  outbox: (person) => showMail(main, person, { everyone: words().get("of") === "everyone", address }),
  doc: (person) => file(person, "DOCS", showDoc), sheet: (person) => file(person, "SHEETS", showSheet),
};

async function start() {
  const brand = document.querySelector(".brand");
  brand.prepend(sign("school"));
  const person = words().get("as");
  if (!person) return signIn(main);
  const view = VIEWS[words().get("view")] ? words().get("view") : "calendar";
  await chrome(person, view);
  return VIEWS[view](person);
}

start().catch((error) => main.replaceChildren(make("div", { class: "problems", role: "alert" }, error.message)));
