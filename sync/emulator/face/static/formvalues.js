// What somebody typed into a card: as an event object carries it, and kept while the card is drawn anew.
import { moment, wall } from "./times.js";

const ticked = (field) => field.type === "checkbox" || field.type === "radio";
const offsetZone = (field) => field.dataset.offset && Number(field.dataset.offset);

/** Form values as `commonEventObject.formInputs`: what is off or empty stays out. `zone` is the person's. */
export function formInputs(form, zone) {
  const found = {};
  for (const field of form.querySelectorAll("[name]")) {
    const kind = field.dataset.kind;
    if (kind !== "string") {
      if (field.value) found[field.name] = picked(kind, field, zone);
    } else if (ticked(field) ? field.checked : field.tagName === "SELECT" || field.value !== "") {
      (found[field.name] ||= { stringInputs: { value: [] } }).stringInputs.value.push(field.value);
    }
  }
  return found;
}

function picked(kind, field, zone) {
  const text = field.value;
  const minutes = Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2));
  if (kind === "TIME_ONLY") return { timeInput: { hours: Math.floor(minutes / 60), minutes: minutes % 60 } };
  const day = text.slice(0, 10);
  if (kind === "DATE_ONLY") return { dateInput: { msSinceEpoch: String(Date.parse(`${day}T00:00:00Z`)) } };
  const offset = offsetZone(field);
  const at = offset === undefined ? moment(day, minutes, zone).getTime() : Date.parse(`${day}T00:00:00Z`) + (minutes - offset) * 60000;
  return { dateTimeInput: { msSinceEpoch: String(at), hasDate: true, hasTime: true } };
}

/** What a dateTimePicker shows at first: a date is of UTC, a date with a time of the person's zone or of the offset given. */
export function pickerValue({ type, valueMsEpoch, timezoneOffsetDate }, zone) {
  if (valueMsEpoch === undefined) return undefined;
  const utc = new Date(Number(valueMsEpoch)).toISOString();
  if (type === "DATE_ONLY") return utc.slice(0, 10);
  if (type === "TIME_ONLY") return utc.slice(11, 16);
  if (timezoneOffsetDate !== undefined) return new Date(Number(valueMsEpoch) + timezoneOffsetDate * 60000).toISOString().slice(0, 16);
  const { date, minutes } = wall(Number(valueMsEpoch), zone);
  return `${date}T${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Everything typed or ticked, by the name of its input. */
export function typed(form) {
  const found = {};
  for (const field of form?.querySelectorAll("[name]") || []) {
    found[field.name] ||= [];
    if (!ticked(field) || field.checked) found[field.name].push(field.value);
  }
  return found;
}

/** Put back what was typed. */
export function retype(form, values) {
  for (const field of form.querySelectorAll("[name]")) {
    const kept = values[field.name];
    if (!kept) continue;
    if (ticked(field)) field.checked = kept.includes(field.value);
    else if (kept.length) field.value = kept[0];
  }
}

/** The values that outlive an `updateCard`: of inputs that are the same in both cards, or of all with `persistValues`. */
export function carried(values, before, after, all) {
  const old = inputs(before);
  const kept = [...inputs(after)].filter(([name, spec]) => old.has(name) && (all || old.get(name) === spec));
  return Object.fromEntries(kept.filter(([name]) => values[name]).map(([name]) => [name, values[name]]));
}

function inputs(card) {
  const widgets = (card.sections || []).flatMap((section) => section.widgets || []);
  const found = widgets.map((widget) => widget.textInput || widget.selectionInput || widget.dateTimePicker || widget.decoratedText?.switchControl).filter((one) => one?.name);
  return new Map(found.map((one) => [one.name, JSON.stringify(one)]));
}

/** Marks what is missing or wrong; whether all may be sent. `required` names inputs, or is true for all. */
export function complete(form, required) {
  form.querySelectorAll(".wrong").forEach((one) => one.remove());
  const values = typed(form);
  const wrong = [...form.querySelectorAll("[name]")].filter((field) => {
    const missing = (required === true || required.includes(field.name)) && !values[field.name].some((one) => one !== "");
    const words = missing ? "Please fill this in." : field.validity.valid ? "" : field.title || field.validationMessage;
    if (words) { field.setAttribute("aria-invalid", "true"); say(field, words); } else field.removeAttribute("aria-invalid");
    return words;
  });
  wrong[0]?.focus();
  return !wrong.length;
}

function say(field, words) {
  const place = field.closest(".field, fieldset") || field.parentElement;
  if (place.querySelector(".wrong")) return;
  const told = document.createElement("span");
  told.className = "wrong";
  told.setAttribute("role", "alert");
  told.textContent = words;
  place.append(told);
}
