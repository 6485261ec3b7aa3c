// A small form for a new event: what, when, and who else.
import { make } from "./api.js";
import { ask, field } from "./dialog.js";
import { hhmm, minutesOf } from "./times.js";

/** Asks in a dialog; resolves to {title, day, whole, from, to, guests} or to undefined when it was closed. */
export async function askForEvent(day, minutes) {
  const data = await ask({ title: "New event", focus: "title", body: [
    field("Title", make("input", { name: "title", required: true, autocomplete: "off" })), ...timeFields(day, minutes, Math.min(minutes + 45, 1439)),
    field("Guests (e-mail addresses)", make("input", { name: "guests", autocomplete: "off" })),
  ] });
  return data && { title: data.get("title"), guests: addresses(data.get("guests")), ...timesIn(data) };
}

/** Fields for a day and its times. */
export function timeFields(day, from, to, whole = false) {
  return [field("Day", make("input", { type: "date", name: "day", value: day, required: true })),
    make("div", { class: "pair" }, field("From", make("input", { type: "time", name: "from", value: hhmm(from) })), field("To", make("input", { type: "time", name: "to", value: hhmm(to) }))),
    make("label", { class: "tick" }, make("input", { type: "checkbox", name: "whole", checked: whole }), " All day")];
}

/** What those fields say: {day, whole, from, to}; an end before the beginning becomes half an hour. */
export function timesIn(data) {
  const from = minutesOf(data.get("from") || "09:00");
  const to = minutesOf(data.get("to") || "09:45");
  return { day: data.get("day"), whole: data.has("whole"), from, to: to > from ? to : from + 30 };
}

/** The e-mail addresses in what somebody typed. */
export const addresses = (text) => text.split(/[\s,;]+/).filter((one) => one.includes("@"));
