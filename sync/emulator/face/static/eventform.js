// A small form for a new event: what, when, and who else.
import { make } from "./api.js";
import { hhmm, minutesOf } from "./times.js";

/** Asks in a dialog; resolves to {title, day, whole, from, to, guests} or to undefined when it was closed. */
export function askForEvent(day, minutes) {
  return new Promise((told) => {
    const field = (label, attributes) => make("label", { class: "field" }, make("span", {}, label), make("input", attributes));
    const form = make("form", { method: "dialog" }, make("h2", { id: "new-event" }, "New event"),
      field("Title", { name: "title", required: true, autocomplete: "off" }), field("Day", { type: "date", name: "day", value: day, required: true }),
      make("div", { class: "pair" }, field("From", { type: "time", name: "from", value: hhmm(minutes) }), field("To", { type: "time", name: "to", value: hhmm(Math.min(minutes + 45, 1439)) })),
      make("label", { class: "tick" }, make("input", { type: "checkbox", name: "whole" }), " All day"),
      field("Guests (e-mail addresses)", { name: "guests", autocomplete: "off" }),
      make("div", { class: "buttons" }, make("button", { class: "button filled", value: "save" }, "Save"), make("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Close")));
    const dialog = make("dialog", { "aria-labelledby": "new-event" }, form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      told(dialog.returnValue === "save" ? answers(new FormData(form)) : undefined);
    });
    document.body.append(dialog);
    dialog.showModal();
    form.elements.title.focus();
  });
}

function answers(data) {
  const from = minutesOf(data.get("from") || "09:00");
  const to = minutesOf(data.get("to") || "09:45");
  return {
    title: data.get("title"), day: data.get("day"), whole: data.has("whole"), from, to: to > from ? to : from + 30,
    guests: data.get("guests").split(/[\s,;]+/).filter((one) => one.includes("@")),
  };
}
