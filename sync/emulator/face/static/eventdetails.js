// What is known of the open event, and what may be done to it without a mouse.
import { make } from "./api.js";
import { clockRange, longDay, wall } from "./times.js";

const SAID = { accepted: ["✓", "yes"], declined: ["✕", "no"], tentative: ["?", "maybe"] };

/** `week` offers answer(event, answer), shift(event, minutes, longer), remove(event), close() and knows person and zone. */
export function details(event, week) {
  const invited = (event.attendees || []).some((guest) => guest.email === week.person && !guest.organizer);
  const facts = [["When", when(event, week.zone)], ["Where", event.location], ["Guests", guests(event, week.names)], ["What", event.description && description(event.description)], ["Files", files(event)]];
  // Beside the event, not over it.
  const late = new Date(wall(event.start?.dateTime || `${event.start?.date}T12:00:00Z`, week.zone).date).getUTCDay();
  return make("section", { class: `detail plain ${late === 0 || late > 3 ? "left" : ""}`, "aria-label": "Details of the event" },
    make("div", { class: "bar" }, make("h2", {}, event.summary || "(no title)"), make("button", { type: "button", class: "icon-button", "aria-label": "Close the details", "data-key": "close", onclick: () => week.close() }, "✕")),
    make("dl", {}, facts.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    invited ? make("div", { class: "buttons", role: "group", "aria-label": "Going?" }, make("span", {}, "Going?"), answers(event, week)) : "",
    make("div", { class: "buttons" }, event.start?.dateTime ? moves(event, week) : "",
      button(invited ? "Remove from my calendar" : "Delete", () => week.remove(event))));
}

const button = (word, act, more = {}) => make("button", { type: "button", class: "button small", "data-key": word, onclick: act, ...more }, word);

function when(event, zone) {
  if (event.start?.date) return longDay(event.start.date);
  const from = wall(event.start.dateTime, zone);
  return `${longDay(from.date)}, ${clockRange(from.minutes, wall(event.end.dateTime, zone).minutes)}`;
}

function guests(event, names) {
  const list = event.attendees || [];
  if (!list.length) return undefined;
  return make("ul", { class: "guests" }, list.map((guest) => {
    const [sign, word] = SAID[guest.responseStatus] || ["·", "no answer yet"];
    return make("li", {}, make("span", { class: `said ${guest.responseStatus}`, "aria-hidden": "true" }, sign), ` ${guest.displayName || names.get(guest.email) || guest.email}`, make("small", {}, ` ${guest.organizer ? "organizer, " : ""}${word}`));
  }));
}

function answers(event, week) {
  const mine = (event.attendees || []).find((guest) => guest.email === week.person)?.responseStatus;
  return [["accepted", "Yes"], ["declined", "No"], ["tentative", "Maybe"]].map(([answer, word]) => button(word, () => week.answer(event, answer), { "aria-pressed": String(mine === answer) }));
}

function moves(event, week) {
  return [button("Move earlier", () => week.shift(event, -15)), button("Move later", () => week.shift(event, 15)), button("Day before", () => week.shift(event, -1440)),
    button("Day after", () => week.shift(event, 1440)), button("Shorter", () => week.shift(event, 0, -15)), button("Longer", () => week.shift(event, 0, 15))];
}

function files(event) {
  const found = event.attachments || [];
  return found.length ? found.map((one) => make("a", { href: one.fileUrl }, one.title || one.fileUrl)) : undefined;
}

/** Addresses in a description become links; it may also be the simple HTML that Calendar keeps. */
function description(text) {
  const plain = new DOMParser().parseFromString(text.replaceAll("\n", "<br>").replace(/<br\s*\/?>/gi, "\n"), "text/html").body.textContent;
  return plain.split(/(https?:\/\/[^\s)]+)/).map((part, index) => (index % 2 ? make("a", { href: part }, part) : part));
}
