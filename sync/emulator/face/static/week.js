// A week of a person's calendar, as Google Calendar shows it: events lie at the person's clock; drag, resize, click to make one.
import { make, pages, send, toast } from "./api.js";
import { draggable } from "./drag.js";
import { details } from "./eventdetails.js";
import { EventEditor } from "./eventeditor.js";
import { askForEvent } from "./eventform.js";
import { inLanes } from "./lanes.js";
import { clockRange, dayIn, dayOfMonth, hourName, isWeekend, longDay, moment, monday, plusDays, wall, weekday, weekTitle } from "./times.js";

const HOUR = 60;
const SHORTEST = 20;
const AGAIN = 5000;
const EVENTS = "/calendar/v3/calendars/primary/events";

export class Week {
  /** `onPick(event)` when an event is opened; `onChanged(event)` when the open one is seen to have changed. */
  constructor(place, { person, zone, now, names = new Map(), onPick = () => {}, onChanged = () => {} }) {
    Object.assign(this, { place, person, zone, names, onPick, onChanged, skew: Date.parse(now) - Date.now(), seen: "", moved: Promise.resolve() });
    this.today = dayIn(zone, now);
    // On a weekend people look at what comes.
    this.first = monday(isWeekend(this.today) ? plusDays(this.today, 3) : this.today);
    setInterval(() => { if (!document.hidden && !place.querySelector(".dragged")) this.look(); }, AGAIN);
  }

  /** Show the week that begins on this Monday (the one shown, if none is given). */
  async show(first = this.first) {
    this.first = first;
    await this.look(true);
  }

  /** Look again; what has not changed is not drawn anew. */
  async look(always = false) {
    const first = this.first;
    const range = `timeMin=${plusDays(first, -1)}T00:00:00Z&timeMax=${plusDays(first, 8)}T00:00:00Z`;
    try {
      const found = await pages(this.person, `${EVENTS}?singleEvents=true&orderBy=startTime&${range}&maxResults=250`, "items");
      const seen = JSON.stringify(found);
      if (first !== this.first || (!always && (seen === this.seen || this.editor || this.place.querySelector(".dragged")))) return;
      this.events = found;
      this.seen = seen;
      this.draw();
      this.compare();
    } catch (error) { toast(error.message); }
  }

  compare() {
    if (!this.open) return;
    const open = this.events.find((event) => event.id === this.open.id);
    const day = dayIn(this.zone, this.open.start?.dateTime || `${this.open.start?.date}T12:00:00Z`);
    if (this.editor) return;
    if (!open && day >= this.first && day <= plusDays(this.first, 6)) { this.close(); return; }
    if (open && open.etag !== this.open.etag) { this.open = open; this.draw(); this.onChanged(open); }
  }

  isPast(event) { return Date.parse(event.end.dateTime) < Date.now() + this.skew; }

  now() { return wall(Date.now() + this.skew, this.zone); }

  draw() {
    const focus = document.activeElement?.closest?.("[data-key]")?.dataset.key;
    const days = [0, 1, 2, 3, 4, 5, 6].map((n) => plusDays(this.first, n));
    const timed = this.events.filter((event) => event.start?.dateTime).map((event) => this.span(event));
    const start = Math.min(8, ...timed.map((one) => Math.floor(one.from / 60)));
    const end = Math.max(17, ...timed.map((one) => Math.ceil(one.to / 60)));
    this.hours = { start, end };
    const columns = days.map((day) => this.column(day, timed.filter((one) => one.day === day)));
    const marks = Array.from({ length: end - start - 1 }, (_, n) => make("span", { style: `top:${(n + 1) * HOUR}px` }, hourName(start + n + 1)));
    const grid = make("div", { class: "week", style: `--hour:${HOUR}px` }, make("div", { class: "head" }), days.map((day) => head(day, this.today)),
      this.allDay(days), make("div", { class: "hours", style: `height:${(end - start) * HOUR}px` }, marks), columns);
    this.place.replaceChildren(this.bar(), grid, this.open ? details(this.open, this, this.editor?.form) : "");
    if (focus) this.place.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  }

  span(event) {
    const from = wall(event.start.dateTime, this.zone);
    const to = wall(event.end.dateTime, this.zone);
    return { event, day: from.date, from: from.minutes, to: to.date === from.date ? Math.max(to.minutes, from.minutes + SHORTEST) : 24 * 60 };
  }

  bar() {
    const turn = (sign, name, first) => make("button", { type: "button", class: "button", "aria-label": name, "data-key": name, onclick: () => this.show(first()) }, sign);
    return make("div", { class: "bar" }, turn("‹", "Earlier week", () => plusDays(this.first, -7)), turn("Today", "This week", () => monday(this.today)),
      turn("›", "Later week", () => plusDays(this.first, 7)), make("h1", { "aria-live": "polite" }, weekTitle(this.first)),
      make("button", { type: "button", class: "button tonal", "data-key": "new", onclick: () => this.create(this.newDay(), 9 * 60) }, "New event"));
  }

  newDay() { return this.today >= this.first && this.today <= plusDays(this.first, 6) ? this.today : this.first; }

  allDay(days) {
    const whole = this.events.filter((event) => event.start?.date);
    return [make("div", { class: "all-day name" }, whole.length ? "all day" : ""), ...days.map((day) => make("div", { class: "all-day" },
      whole.filter((event) => event.start.date <= day && day < event.end.date).map((event) => make("button", {
        type: "button", class: `whole ${away(event)} ${this.open?.id === event.id ? "open" : ""}`, "data-key": `${event.id} ${day}`, onclick: () => this.pick(event),
      }, event.summary || "(no title)"))))];
  }

  column(day, spans) {
    const { start, end } = this.hours;
    const column = make("div", { class: "day", role: "group", "aria-label": longDay(day), style: `height:${(end - start) * HOUR}px`, "data-date": day });
    for (const one of inLanes(spans)) column.append(this.event(one, column));
    const now = this.now();
    if (now.date === day && now.minutes >= start * 60 && now.minutes < end * 60) column.append(make("div", { class: "now", style: `top:${(now.minutes / 60 - start) * HOUR}px` }));
    column.addEventListener("click", (click) => {
      if (click.target !== column) return;
      const minutes = start * 60 + Math.floor(((click.clientY - column.getBoundingClientRect().top) / HOUR) * 2) * 30;
      this.create(day, minutes);
    });
    return column;
  }

  event({ event, from, to, lane, lanes }, column) {
    const answer = answerOf(event, this.person);
    const width = 100 / lanes;
    const style = `top:${(from / 60 - this.hours.start) * HOUR}px;height:${((to - from) / 60) * HOUR - 2}px;left:calc(${width * lane}% + 2px);width:calc(${width}% - 6px)`;
    const words = clockRange(from, to);
    const made = make("button", {
      type: "button", style, "data-event": event.id, "data-key": event.id, title: [event.summary, words, event.location].filter(Boolean).join("\n"),
      class: `event ${answer || ""} ${away(event)} ${this.isPast(event) ? "past" : ""} ${this.open?.id === event.id ? "open" : ""}`, onclick: () => this.pick(event),
    }, make("b", {}, event.summary || "(no title)"), make("span", {}, words), event.location && to - from >= 55 ? make("span", {}, event.location) : "", make("i", { class: "grip", "aria-hidden": "true" }));
    draggable(made, { hour: HOUR, get columns() { return [...column.parentElement.querySelectorAll(".day")].map((node) => ({ node, day: node.dataset.date })); } },
      ({ days, minutes, longer }) => (days || minutes || longer ? this.shift(event, days * 24 * 60 + minutes, longer) : this.draw()));
    return made;
  }

  pick(event) {
    if (event.id !== this.open?.id) this.editor = undefined;
    this.open = event;
    this.draw();
    this.onPick(event);
  }

  close() {
    this.open = undefined;
    this.editor = undefined;
    this.draw();
  }

  /** The open event as a form; what is typed there waits for Save. */
  edit() {
    this.editor ||= new EventEditor(this.open, { zone: this.zone, names: this.names, cancel: () => this.leave(), save: (changed) => this.save(changed) });
    this.draw();
  }

  leave() {
    this.editor = undefined;
    this.draw();
  }

  async save(changed) {
    if (Object.keys(changed).length && !(await this.change(`/${this.open.id}?sendUpdates=all&supportsAttachments=true&conferenceDataVersion=1`, "PATCH", changed))) return;
    this.leave();
  }

  /** An add-on's `calendarAction`: added to the open event, and kept by nobody but the person, with Save. */
  stage(action) {
    const { operation, calendarId } = action.calendarSubscriptionActionMarkup || {};
    if (operation) toast(operation === "DELETE" ? `The add-on is no longer told of changes in ${calendarId}.` : `The add-on is told of changes in ${calendarId}.`);
    if (!this.open || Object.keys(action).every((one) => one === "calendarSubscriptionActionMarkup")) return;
    this.edit();
    this.editor.stage(action);
  }

  async create(day, minutes) {
    const asked = await askForEvent(day, minutes);
    if (!asked) return;
    const zone = this.zone;
    const ends = (at) => ({ dateTime: moment(asked.day, at, zone).toISOString(), timeZone: zone });
    const times = asked.whole ? { start: { date: asked.day }, end: { date: plusDays(asked.day, 1) } } : { start: ends(asked.from), end: ends(asked.to) };
    const guests = asked.guests.map((email) => ({ email }));
    await this.change("?sendUpdates=all", "POST", { summary: asked.title, ...times, ...(guests.length ? { attendees: guests } : {}) });
  }

  /** Move by so many minutes of the wall clock, and make longer by so many; what is pressed twice is done twice. */
  shift(event, minutes, longer = 0) {
    // One that failed has said so; it keeps none of those after it.
    this.moved = this.moved.catch(() => {}).then(() => this.shiftOnce(this.open?.id === event.id ? this.open : event, minutes, longer));
    return this.moved;
  }

  async shiftOnce(event, minutes, longer) {
    const from = wall(event.start.dateTime, this.zone);
    const length = Math.max(5, (Date.parse(event.end.dateTime) - Date.parse(event.start.dateTime)) / 60000 + longer);
    const total = from.minutes + minutes;
    const day = plusDays(from.date, Math.floor(total / 1440));
    const start = moment(day, ((total % 1440) + 1440) % 1440, this.zone);
    await this.change(`/${event.id}?sendUpdates=all`, "PATCH", {
      start: { dateTime: start.toISOString(), timeZone: event.start.timeZone || this.zone },
      end: { dateTime: new Date(start.getTime() + length * 60000).toISOString(), timeZone: event.end.timeZone || this.zone },
    });
  }

  async answer(event, answer) {
    const attendees = event.attendees.map((guest) => (guest.email === this.person ? { ...guest, responseStatus: answer } : guest));
    await this.change(`/${event.id}?sendUpdates=all`, "PATCH", { attendees });
  }

  async remove(event) {
    this.open = undefined;
    await this.change(`/${event.id}?sendUpdates=all`, "DELETE");
  }

  async change(path, method, body) {
    let kept;
    try {
      kept = await send(this.person, EVENTS + path, method, body);
      if (this.open && kept.id === this.open.id) this.open = kept;
    } catch (error) { toast(error.message); }
    await this.show();
    return kept;
  }
}

export function answerOf(event, person) {
  return (event.attendees || []).find((guest) => guest.self || guest.email === person)?.responseStatus;
}

/** Time that is blocked, and no meeting. */
const away = ({ eventType }) => (["outOfOffice", "focusTime", "workingLocation"].includes(eventType) ? "away" : "");

function head(day, today) {
  return make("div", { class: `head ${day === today ? "today" : ""}`, "aria-current": day === today ? "date" : undefined }, weekday(day), make("b", {}, dayOfMonth(day)));
}
