// Which place is shown, for whom. The address says all of it: /?as=E-MAIL&view=calendar|docs|doc|sheet&id=... or view=outbox
import { call, control, make, pages, toast } from "./api.js";
import { showDoc } from "./doc.js";
import { Panel } from "./panel.js";
import { sign } from "./signs.js";
import { showSheet } from "./sheet.js";
import { Week } from "./week.js";

const main = document.getElementById("main");
const side = document.getElementById("panel");
const DOC = "application/vnd.google-apps.document";
const SHEET = "application/vnd.google-apps.spreadsheet";
const words = () => new URLSearchParams(location.search);
const address = (changes) => `/?${new URLSearchParams({ as: words().get("as") || "", ...changes })}`;

/** Links to Google's own places open here, where the Workspace is; everything else is not ours. */
function inside(url) {
  const doc = /\/document\/d\/([^/?#]+)/.exec(url);
  const sheet = /\/spreadsheets\/d\/([^/?#]+)/.exec(url);
  if (doc) return address({ view: "doc", id: doc[1], ...(new URL(url).searchParams.get("tab") ? { tab: new URL(url).searchParams.get("tab") } : {}) });
  if (sheet) return address({ view: "sheet", id: sheet[1] });
  if (/calendar\.google\.com|\/calendar\/event/.test(url)) return address({ view: "calendar" });
  return undefined;
}

document.addEventListener("click", (click) => {
  const link = click.target.closest?.("a[href]");
  const here = link && inside(link.href);
  if (here) { click.preventDefault(); location.href = here; }
});

async function signIn() {
  const { people } = await control("people");
  const rows = people.map((person) => make("li", { "data-words": `${person.name} ${person.email} ${person.note}`.toLowerCase() }, make("a", { href: `/?as=${encodeURIComponent(person.email)}&view=calendar` }, person.name || person.email, make("small", {}, person.note || person.email))));
  const search = make("input", { type: "search", autocomplete: "off", oninput: () => rows.forEach((row) => { row.hidden = !row.dataset.words.includes(search.value.trim().toLowerCase()); }) });
  document.title = "Sign in - Local Workspace";
  main.replaceChildren(make("div", { class: "plain" }, make("h1", {}, "Who are you today?"),
    make("p", {}, "Everyone here lives on this machine. Choose a person to see their week, their Docs and the add-on beside them."),
    people.length ? [make("label", { class: "field search" }, make("span", {}, "Find by name, role or subject"), search), make("ul", { class: "people" }, rows)]
      : make("p", {}, "Nobody yet: people appear once a school has been set up or a client has signed in.")));
}

async function chrome(person, view) {
  const { people } = await control("people");
  const select = document.getElementById("person");
  const known = people.some((one) => one.email === person) ? people : [...people, { email: person, name: person }];
  select.replaceChildren(...known.map((one) => make("option", { value: one.email, selected: one.email === person }, one.name || one.email)));
  select.onchange = () => { location.href = `/?as=${encodeURIComponent(select.value)}&view=calendar`; };
  select.closest("label").hidden = false;
  document.getElementById("places").replaceChildren(...[["calendar", "Calendar"], ["files", "Docs and Sheets"], ["outbox", "Mail"]].map(([name, title]) => make("a", {
    href: address({ view: name }), "aria-current": view === name || (name === "files" && ["doc", "sheet"].includes(view)) ? "page" : undefined,
  }, title)));
}

async function calendar(person) {
  const [{ now }, primary, { people }] = await Promise.all([control("clock"), call(person, "/calendar/v3/calendars/primary"), control("people")]);
  document.title = "Calendar - Local Workspace";
  const week = new Week(main, {
    person, zone: primary.timeZone || "UTC", now, names: new Map(people.map(({ email, name }) => [email, name])),
    onPick: (event) => panel.openEvent(contextOf(event, person)),
    onChanged: (event) => { if (panel.atRoot) panel.openEvent(contextOf(event, person)); },
  });
  // The event follows the booking in a moment of its own: look now, and twice more.
  const again = () => [300, 1500, 4000].forEach((wait) => setTimeout(() => week.look(), wait));
  const panel = new Panel(side, { person, app: "CALENDAR", onOpen: goInside, onDone: (done) => { if (done.trigger === "action") again(); } });
  await Promise.all([week.show(words().get("week") || undefined), panel.home()]);
}

function contextOf(event, person) {
  const own = event.organizer?.self || event.organizer?.email === person;
  return { id: event.id, ...(event.recurringEventId ? { recurringEventId: event.recurringEventId } : {}), calendarId: person, organizer: { email: event.organizer?.email }, attendees: event.attendees || [],
    capabilities: { canSeeAttendees: true, canAddAttendees: Boolean(own || event.guestsCanModify || event.guestsCanInviteOthers !== false), canSeeConferenceData: true, canSetConferenceData: Boolean(own || event.guestsCanModify) } };
}

function goInside(url) {
  const here = inside(url);
  if (here) location.href = here;
  return Boolean(here);
}

async function files(person) {
  const found = await pages(person, `/drive/v3/files?q=${encodeURIComponent(`trashed=false and (mimeType='${DOC}' or mimeType='${SHEET}')`)}&orderBy=name&fields=nextPageToken,files(id,name,mimeType,modifiedTime)`, "files");
  main.replaceChildren(make("div", { class: "plain" }, make("h1", {}, "Docs and Sheets"), found.length ? make("ul", { class: "files" }, found.map((file) => make("li", {},
    make("a", { href: address({ view: file.mimeType === DOC ? "doc" : "sheet", id: file.id }) }, sign(file.mimeType === DOC ? "document" : "sheet", file.mimeType === DOC ? "Doc" : "Sheet"), ` ${file.name}`)))) : make("p", {}, "Nothing is shared with you yet.")));
}

async function file(person, app, show) {
  const id = words().get("id");
  const made = await show(main, person, id, words().get("tab") || words().get("gid") || undefined);
  const title = made.title || made.properties?.title;
  document.title = `${title} - Local Workspace`;
  const kind = app.toLowerCase();
  // Until the person allows it, an add-on learns of the open file nothing but that it may not know it.
  const known = (await control("addon/files", { as: person })).ids.includes(id);
  const event = known ? { id, title, addonHasFileScopePermission: true } : { addonHasFileScopePermission: false };
  const panel = new Panel(side, { person, app, onOpen: goInside, file: { id, title }, event: { [kind]: event } });
  await panel.home();
}

async function outbox(person) {
  document.title = "Mail - Local Workspace";
  side.hidden = true;
  const [mails, { people }] = await Promise.all([control("outbox"), control("people")]);
  const names = new Map(people.map(({ email, name }) => [email, name]));
  const who = (email) => names.get(email) || (email?.endsWith("group.calendar.google.com") ? "The visits calendar" : email) || "";
  const everyone = words().get("of") === "everyone";
  const shown = mails.filter((mail) => everyone || mail.to === person).reverse();
  main.replaceChildren(make("div", { class: "plain" }, make("h1", {}, everyone ? "All mail that would have gone out" : `Mail to ${who(person)}`),
    make("p", {}, "Nothing leaves this machine. ", make("a", { href: address({ view: "outbox", ...(everyone ? {} : { of: "everyone" }) }) }, everyone ? "Show only mine" : "Show everyone's")),
    shown.length ? make("table", { class: "list" }, make("thead", {}, make("tr", {}, ["When", "To", "From", "Subject"].map((one) => make("th", { scope: "col" }, one)))),
      make("tbody", {}, shown.map((mail) => make("tr", {}, make("td", {}, new Date(mail.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })), make("td", {}, who(mail.to)), make("td", {}, who(mail.sender)),
        make("td", {}, make("b", {}, mail.subject || mail.kind), mail.body || mail.message ? make("p", { class: "letter" }, mail.body || mail.message) : "")))))
      : make("p", {}, "No mail yet.")));
}

const VIEWS = { calendar, files, outbox, doc: (person) => file(person, "DOCS", showDoc), sheet: (person) => file(person, "SHEETS", showSheet) };

async function start() {
  const person = words().get("as");
  if (!person) return signIn();
  const view = words().get("view") || "calendar";
  await chrome(person, view);
  return (VIEWS[view] || calendar)(person);
}

start().catch((error) => main.replaceChildren(make("div", { class: "problems", role: "alert" }, error.message)));
