// One way to ask: a dialog with a form in it, whether for an event, a filter, a chip or a yes.
import { make } from "./api.js";

let asked = 0;

/** A labelled field of a form. */
export const field = (label, control) => make("label", { class: "field" }, make("span", {}, label), control);

/** Asks; resolves to the form's `FormData`, or to undefined when the dialog was closed. `focus` is the name of the field to begin with. */
export function ask({ title, body = [], yes = "Save", no = "Close", focus }) {
  return new Promise((told) => {
    const id = `dialog-${asked += 1}`;
    const form = make("form", { method: "dialog" }, make("h2", { id }, title), body,
      make("div", { class: "buttons" }, make("button", { type: "button", class: "button plain", onclick: () => dialog.close() }, no), make("button", { class: "button filled", value: "yes" }, yes)));
    const dialog = make("dialog", { "aria-labelledby": id }, form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      told(dialog.returnValue === "yes" ? new FormData(form) : undefined);
    });
    document.body.append(dialog);
    dialog.showModal();
    (focus ? form.elements[focus] : form.querySelector("input, select, textarea") || form.querySelector(".filled"))?.focus();
  });
}

/** Asks for a yes to one sentence. */
export const confirmed = async (title, sentence, yes) => Boolean(await ask({ title, body: make("p", {}, sentence), yes, no: "Cancel" }));

/** A button that opens a menu of `items` ({label, act}); Escape and a click elsewhere close it. */
export function menuButton({ label, sign, items, className = "icon-button" }) {
  const close = (back) => { list.hidden = true; opener.setAttribute("aria-expanded", "false"); if (back) opener.focus(); };
  const show = () => { list.hidden = false; opener.setAttribute("aria-expanded", "true"); document.addEventListener("click", (click) => { if (!both.contains(click.target)) close(); }, { capture: true, once: true }); };
  const list = make("menu", { hidden: true }, items.map((item) => make("li", {}, make("button", { type: "button", class: "icon-button", disabled: item.disabled, onclick: () => { close(); item.act(); } }, item.sign || "", item.label))));
  const opener = make("button", { type: "button", class: className, "aria-label": label, title: label, "aria-haspopup": "true", "aria-expanded": "false", onclick: () => (list.hidden ? show() : close()) }, sign);
  const both = make("span", { class: "menu-holder", onkeydown: (key) => { if (key.key === "Escape" && !list.hidden) { key.stopPropagation(); close(true); } } }, opener, list);
  return both;
}
