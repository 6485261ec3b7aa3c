// A week of one person's own calendar, as Google Calendar shows it: events lie at the person's clock, drag moves them.
import { call, make, pages, send, toast } from "./api.js";

const HOUR = 48;
const DAY = 86400000;

export function monday(text) {
  const day = new Date(`${text}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

export const plusDays = (text, days) => new Date(Date.parse(`${text}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The wall clock of a moment in a zone, as minutes after midnight and a date. */
function wall(moment, zone) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
    .formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, minutes: Number(parts.hour) * 60 + Number(parts.minute) };
}

const clock = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

export class Week {
  constructor(place, { person, zone, today, onPick }) {
    Object.assign(this, { place, person, zone, today, onPick, first: monday(today) });
  }

  async show(first = this.first) {
    this.first = first;
    const from = `${plusDays(first, -1)}T00:00:00Z`;
    const to = `${plusDays(first, 8)}T00:00:00Z`;
    const found = await pages(this.person, `/calendar/v3/calendars/primary/events?singleEvents=true&timeMin=${from}&timeMax=${to}&maxResults=250`, "items");
    this.events = found.filter((event) => event.start?.dateTime);
    this.draw();
  }

  draw() {
    const days = [0, 1, 2, 3, 4, 5, 6].map((n) => plusDays(this.first, n));
    const placed = this.events.map((event) => ({ event, from: wall(event.start.dateTime, this.zone), to: wall(event.end.dateTime, this.zone) }));
    const start = Math.min(8, ...placed.map((one) => Math.floor(one.from.minutes / 60)));
    const end = Math.max(17, ...placed.map((one) => Math.ceil(one.to.minutes / 60)));
    const height = (end - start) * HOUR;
    const grid = make("div", { class: "week", style: `--hour:${HOUR}px` }, make("div", { class: "head" }), days.map((day) => head(day, this.today)));
    grid.append(make("div", { class: "hours", style: `height:${height}px` }, Array.from({ length: end - start - 1 }, (_, n) => make("span", { style: `top:${(n + 1) * HOUR}px` }, `${start + n + 1}:00`))));
    for (const day of days) {
      const column = make("div", { class: "day", style: `height:${height}px`, "data-date": day });
      const own = placed.filter((one) => one.from.date === day);
      for (const one of own) column.append(this.event(one, start, own));
      column.addEventListener("dragover", (drag) => drag.preventDefault());
      column.addEventListener("drop", (drop) => this.dropped(drop, day, start));
      grid.append(column);
    }
    this.place.replaceChildren(
      make("div", { class: "bar" }, turn("‹", "Earlier week", () => this.show(plusDays(this.first, -7))), turn("Today", "This week", () => this.show(monday(this.today))),
        turn("›", "Later week", () => this.show(plusDays(this.first, 7))), make("h1", {}, title(this.first))),
      grid, this.detail || "");
  }

  event({ event, from, to }, start, own) {
    const beside = own.filter((one) => one.from.minutes < to.minutes && from.minutes < one.to.minutes);
    const width = 100 / beside.length;
    const left = width * beside.findIndex((one) => one.event === event);
    const self = (event.attendees || []).find((guest) => guest.self || guest.email === this.person);
    const answer = self?.responseStatus;
    const style = `top:${((from.minutes - start * 60) / 60) * HOUR}px;height:${Math.max(20, ((to.minutes - from.minutes) / 60) * HOUR - 2)}px;left:calc(${left}% + 2px);width:calc(${width}% - 6px);right:auto`;
    return make("button", {
      type: "button", style, draggable: "true", "data-event": event.id,
      class: `event ${answer === "declined" ? "declined" : ""} ${answer === "needsAction" ? "waiting" : ""} ${this.open === event.id ? "open" : ""}`,
      onclick: () => this.pick(event), ondragstart: (drag) => { drag.dataTransfer.setData("text/plain", event.id); this.grip = drag.offsetY; },
    }, make("b", {}, event.summary || "(no title)"), make("br"), `${clock(from.minutes)} – ${clock(to.minutes)}`, event.location ? make("br") : "", event.location || "");
  }

  pick(event) {
    this.open = event.id;
    this.detail = this.details(event);
    this.draw();
    this.onPick(event);
  }

  details(event) {
    const guests = (event.attendees || []).map((guest) => `${guest.email}${guest.organizer ? " (organizer)" : ""}: ${{ accepted: "yes", declined: "no", tentative: "maybe" }[guest.responseStatus] || "not answered"}`);
    const invited = (event.attendees || []).some((guest) => guest.email === this.person && !guest.organizer);
    const link = (event.attachments || []).map((one) => make("a", { href: one.fileUrl }, one.title || one.fileUrl));
    return make("div", { class: "detail plain" }, make("h1", {}, event.summary || "(no title)"), make("dl", {},
      make("dt", {}, "When"), make("dd", {}, new Date(event.start.dateTime).toLocaleString(undefined, { timeZone: this.zone, dateStyle: "full", timeStyle: "short" })),
      event.location ? [make("dt", {}, "Where"), make("dd", {}, event.location)] : "",
      guests.length ? [make("dt", {}, "Guests"), make("dd", {}, guests.join("\n"))] : "",
      event.description ? [make("dt", {}, "What"), make("dd", {}, event.description)] : "",
      link.length ? [make("dt", {}, "Files"), make("dd", {}, link)] : ""),
    make("div", { class: "buttons" }, invited ? [["accepted", "Yes"], ["declined", "No"], ["tentative", "Maybe"]].map(([answer, word]) => make("button", { type: "button", class: "button", onclick: () => this.answer(event, answer) }, word)) : "",
      make("button", { type: "button", class: "button", onclick: () => this.remove(event) }, invited ? "Remove from my calendar" : "Delete")));
  }

  async answer(event, answer) {
    const attendees = event.attendees.map((guest) => (guest.email === this.person ? { ...guest, responseStatus: answer } : guest));
    await this.change(`events/${event.id}`, "PATCH", { attendees });
  }

  async remove(event) {
    try {
      await call(this.person, `/calendar/v3/calendars/primary/events/${event.id}`, { method: "DELETE" });
    } catch (error) { toast(error.message); }
    this.detail = undefined;
    await this.show();
  }

  async dropped(drop, day, start) {
    drop.preventDefault();
    const event = this.events.find((one) => one.id === drop.dataTransfer.getData("text/plain"));
    if (!event) return;
    const top = drop.clientY - drop.currentTarget.getBoundingClientRect().top - (this.grip || 0);
    const minutes = start * 60 + Math.round(((top / HOUR) * 60) / 5) * 5;
    const length = Date.parse(event.end.dateTime) - Date.parse(event.start.dateTime);
    const from = moment(day, minutes, this.zone);
    await this.change(`events/${event.id}`, "PATCH", { start: { dateTime: from.toISOString() }, end: { dateTime: new Date(from.getTime() + length).toISOString() } });
  }

  async change(path, method, body) {
    try {
      await send(this.person, `/calendar/v3/calendars/primary/${path}`, method, body);
    } catch (error) { toast(error.message); }
    await this.show();
  }
}

/** The moment at which the zone's wall clock shows these minutes after midnight of a date. */
function moment(day, minutes, zone) {
  let guess = Date.parse(`${day}T00:00:00Z`) + minutes * 60000;
  for (let turn = 0; turn < 2; turn += 1) {
    const seen = wall(guess, zone);
    guess += Date.parse(`${day}T00:00:00Z`) + minutes * 60000 - (Date.parse(`${seen.date}T00:00:00Z`) + seen.minutes * 60000);
  }
  return new Date(guess);
}

function head(day, today) {
  const date = new Date(`${day}T12:00:00Z`);
  return make("div", { class: `head ${day === today ? "today" : ""}` }, date.toLocaleDateString(undefined, { weekday: "short", timeZone: "UTC" }), make("b", {}, String(date.getUTCDate())));
}

const title = (first) => new Date(`${first}T12:00:00Z`).toLocaleDateString(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
const turn = (sign, name, act) => make("button", { type: "button", class: "button", "aria-label": name, onclick: act }, sign);
