// What is known of the open event, and what may be done to it without a mouse.
import { make } from "./api.js";
import { initials } from "./people.js";
import { sign } from "./signs.js";
import { clockRange, longDay, wall } from "./times.js";

const SAID = { accepted: ["✓", "yes"], declined: ["✕", "no"], tentative: ["?", "maybe"] };

/**
 * `week` offers answer(event, answer), shift(event, minutes, longer), edit(), remove(event), close() and knows person and zone.
 * While the event is edited, `form` stands in the place of what is known.
 */
export function details(event, week, form) {
  // Beside the event, not over it.
  const late = new Date(wall(event.start?.dateTime || `${event.start?.date}T12:00:00Z`, week.zone).date).getUTCDay();
  return make("section", { class: `detail ${late === 0 || late > 3 ? "left" : ""}`, "aria-label": "Details of the event" }, form || known(event, week));
}

function known(event, week) {
  const invited = (event.attendees || []).some((guest) => guest.email === week.person && !guest.organizer);
  const call = event.hangoutLink || event.conferenceData?.entryPoints?.find((one) => one.entryPointType === "video")?.uri;
  const facts = [["clock", "When", when(event, week.zone)], ["pin", "Where", event.location], ["video", "Video call", call && make("a", { href: call, target: "_blank", rel: "noopener" }, event.conferenceData?.conferenceSolution?.name || "Join the call")],
    ["people", "Guests", guests(event, week.names)], ["description", "What", event.description && description(event.description)], ["document", "Files", files(event)]];
  return [make("div", { class: "bar" }, make("h2", {}, event.summary || "(no title)"),
    make("button", { type: "button", class: "icon-button", "aria-label": "Edit the event", title: "Edit", "data-key": "edit", onclick: () => week.edit() }, sign("edit")),
    make("button", { type: "button", class: "icon-button", "aria-label": "Close the details", title: "Close", "data-key": "close", onclick: () => week.close() }, sign("close"))),
  make("dl", {}, facts.filter(([, , value]) => value).flatMap(([drawing, name, value]) => [make("dt", {}, sign(drawing, name)), make("dd", {}, value)])),
  invited ? make("div", { class: "buttons", role: "group", "aria-label": "Going?" }, make("span", {}, "Going?"), answers(event, week)) : "",
  make("div", { class: "buttons" }, event.start?.dateTime ? moves(event, week) : "", button(invited ? "Remove from my calendar" : "Delete", () => week.remove(event), { class: "button small danger" }))];
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
    const [mark, word] = SAID[guest.responseStatus] || ["", "no answer yet"];
    const name = guest.displayName || names.get(guest.email) || guest.email;
    return make("li", {}, initials(name), make("span", {}, name, make("small", {}, ` ${guest.organizer ? "organizer, " : ""}${word}`)), make("span", { class: `said ${guest.responseStatus}`, "aria-hidden": "true" }, mark));
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
