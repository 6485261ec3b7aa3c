// The open event while it is edited: what people type and what an add-on adds waits here until Save.
import { make } from "./api.js";
import { field } from "./dialog.js";
import { addresses, timeFields, timesIn } from "./eventform.js";
import { initials } from "./people.js";
import { moment, plusDays, wall } from "./times.js";

export class EventEditor {
  /** `save(change)` is given the fields that differ, as events.patch takes them; `cancel()` leaves the event as it is. */
  constructor(event, { zone, names, save, cancel }) {
    Object.assign(this, { event, zone, names, guests: [...(event.attendees || [])], files: [...(event.attachments || [])], staged: new Set(), conference: undefined });
    const { day, from, to, whole } = this.times();
    this.list = make("ul", { class: "guests", "aria-label": "Guests" });
    this.told = make("p", { class: "told", role: "status", hidden: true });
    this.extra = make("ul", { class: "guests", "aria-label": "Files and video call" });
    const invite = make("input", { name: "invite", autocomplete: "off", onkeydown: (key) => { if (key.key === "Enter") { key.preventDefault(); this.invite(invite); } } });
    this.form = make("form", { class: "editor", onsubmit: (submit) => { submit.preventDefault(); this.invite(invite); save(this.change()); } },
      make("h2", {}, "Edit event"), this.told, field("Title", make("input", { name: "title", value: event.summary || "", autocomplete: "off" })), timeFields(day, from, to, whole),
      field("Where", make("input", { name: "where", value: event.location || "", autocomplete: "off" })), this.list,
      field("Add guests (e-mail addresses)", invite), this.extra, field("Description", make("textarea", { name: "text", rows: 4 }, event.description || "")),
      make("div", { class: "buttons" }, make("button", { class: "button filled" }, "Save"), make("button", { type: "button", class: "button plain", onclick: cancel }, "Discard changes")));
    this.show();
  }

  times() {
    const { start, end } = this.event;
    if (start.date) return { day: start.date, from: 540, to: 585, whole: true };
    const from = wall(start.dateTime, this.zone);
    return { day: from.date, from: from.minutes, to: wall(end.dateTime, this.zone).minutes, whole: false };
  }

  /** What an add-on asks of the open event (`calendarAction`) is shown, and not kept before Save. */
  stage({ editAttendeesActionMarkup, addAttachmentsActionMarkup, editConferenceDataActionMarkup }) {
    const done = [];
    const guests = (editAttendeesActionMarkup?.addAttendeeEmails || []).filter((email) => this.add(email));
    if (guests.length) done.push(guests.length === 1 ? "a guest" : `${guests.length} guests`);
    for (const one of addAttachmentsActionMarkup?.addonAttachments || []) {
      this.files.push({ fileUrl: one.resourceUrl, title: one.title, mimeType: one.mimeType, iconLink: one.iconUrl });
      this.staged.add(one.resourceUrl);
      done.push(`“${one.title || one.resourceUrl}”`);
    }
    if (editConferenceDataActionMarkup?.conferenceData) { this.conference = editConferenceDataActionMarkup.conferenceData; done.push("a video call"); }
    this.told.textContent = done.length ? `The add-on added ${done.join(", ")}. Nothing is sent before you press Save.` : "The add-on added nothing new.";
    this.told.hidden = false;
    this.show();
  }

  add(email) {
    if (this.guests.some((guest) => guest.email === email.toLowerCase())) return false;
    this.guests.push({ email: email.toLowerCase() });
    this.staged.add(email.toLowerCase());
    return true;
  }

  invite(input) {
    addresses(input.value).forEach((email) => this.add(email));
    if (addresses(input.value).length) input.value = "";
    this.show();
  }

  show() {
    const added = (key) => (this.staged.has(key) ? make("span", { class: "staged" }, "not saved yet") : "");
    const away = (label, act) => make("button", { type: "button", class: "icon-button", "aria-label": label, onclick: () => { act(); this.show(); } }, "✕");
    this.list.replaceChildren(...this.guests.map((guest) => {
      const name = guest.displayName || this.names.get(guest.email) || guest.email;
      return make("li", {}, initials(name), name, added(guest.email), away(`Remove ${name}`, () => { this.guests = this.guests.filter((one) => one !== guest); }));
    }));
    this.extra.replaceChildren(...this.files.map((file) => make("li", {}, file.title || file.fileUrl, added(file.fileUrl), away(`Remove ${file.title || "the file"}`, () => { this.files = this.files.filter((one) => one !== file); }))),
      ...(this.conference ? [make("li", {}, this.conference.conferenceSolution?.name || "Video call", make("span", { class: "staged" }, "not saved yet"), away("Remove the video call", () => { this.conference = undefined; }))] : []));
  }

  /** The fields that differ from the event, as a body for events.patch. */
  change() {
    const data = new FormData(this.form);
    const { event } = this;
    const said = { summary: data.get("title"), location: data.get("where"), description: data.get("text") };
    const changed = Object.fromEntries(Object.entries(said).filter(([key, value]) => value !== (event[key] || "")));
    const emails = (guests) => guests.map(({ email }) => email).join(" ");
    if (emails(this.guests) !== emails(event.attendees || [])) changed.attendees = this.guests;
    if (this.files.length !== (event.attachments || []).length || this.files.some(({ fileUrl }) => this.staged.has(fileUrl))) changed.attachments = this.files;
    if (this.conference) changed.conferenceData = this.conference;
    return { ...changed, ...this.changedTimes(timesIn(data)) };
  }

  changedTimes({ day, whole, from, to }) {
    const before = this.times();
    if (before.day === day && before.whole === whole && (whole || (before.from === from && before.to === to))) return {};
    if (whole) return { start: { date: day, dateTime: null, timeZone: null }, end: { date: plusDays(day, 1), dateTime: null, timeZone: null } };
    const { start, end } = this.event;
    const at = (minutes, zone) => ({ dateTime: moment(day, minutes, this.zone).toISOString(), timeZone: zone || this.zone, ...(before.whole ? { date: null } : {}) });
    return { start: at(from, start.timeZone), end: at(to, end.timeZone) };
  }
}
