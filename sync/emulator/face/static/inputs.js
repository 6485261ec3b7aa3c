// The widgets of a card that take something in. Each field carries `data-kind`: how its value travels back.
import { make } from "./api.js";
import { pickerValue } from "./formvalues.js";
import { picture } from "./pictures.js";

const PATTERNS = { INTEGER: ["-?\\d+", "A whole number, please."], FLOAT: ["-?\\d+([.,]\\d+)?", "A number, please."] };

const labelled = (spec, input, ...more) => make("label", { class: "field" }, make("span", {}, spec.label || spec.name), input, ...more, spec.hintText ? make("span", { class: "hint" }, spec.hintText) : "");
const changed = (spec, host, input) => (spec.onChangeAction ? () => host.run(spec.onChangeAction, input()) : undefined);

function textInput(spec, host) {
  const long = spec.type === "MULTIPLE_LINE" && !spec.initialSuggestions;
  const list = spec.initialSuggestions || spec.autoCompleteAction ? `list-${spec.name}` : undefined;
  const { characterLimit, inputType } = spec.validation || {};
  const [pattern, title] = PATTERNS[inputType] || [];
  const input = make(long ? "textarea" : "input", {
    name: spec.name, type: long ? undefined : inputType === "EMAIL" ? "email" : "text", list, maxlength: characterLimit || undefined, pattern, title, inputmode: inputType === "INTEGER" ? "numeric" : undefined, rows: long ? 3 : undefined, autocomplete: "off",
    "data-kind": "string", onchange: changed(spec, host, () => input), oninput: spec.autoCompleteAction ? () => host.suggest(spec.autoCompleteAction, input) : undefined,
  });
  input.value = spec.value || "";
  return labelled(spec, input, list ? make("datalist", { id: list }, (spec.initialSuggestions?.items || []).map((item) => make("option", { value: item.text }))) : "");
}

function selectionInput(spec, host) {
  if (spec.type === "DROPDOWN") {
    const select = make("select", { name: spec.name, "data-kind": "string", onchange: changed(spec, host, () => select) }, (spec.items || []).map((item) => make("option", { value: item.value, selected: item.selected }, item.text)));
    return labelled(spec, select);
  }
  const many = spec.type === "MULTI_SELECT";
  const most = many ? spec.multiSelectMaxSelectedItems || 3 : Infinity;
  const act = (event) => {
    const full = group.querySelectorAll("input:checked").length >= most;
    group.querySelectorAll("input:not(:checked)").forEach((box) => { box.disabled = full && many; });
    changed(spec, host, () => event.target)?.();
  };
  const choice = (item) => make("label", {},
    make("input", { type: spec.type === "RADIO_BUTTON" ? "radio" : "checkbox", name: spec.name, value: item.value, checked: item.selected, "data-kind": "string", role: spec.type === "SWITCH" ? "switch" : undefined, onchange: act }),
    item.startIconUri ? picture(item.startIconUri, "", "known") : "", make("span", {}, item.text, item.bottomText ? make("small", { class: "hint" }, ` ${item.bottomText}`) : ""));
  const group = make("fieldset", {}, make("legend", {}, spec.label || spec.name), make("div", { class: many ? "ticks" : "" }, (spec.items || []).map(choice)), spec.hintText ? make("span", { class: "hint" }, spec.hintText) : "");
  return group;
}

function dateTimePicker(spec, host) {
  const type = { DATE_ONLY: "date", TIME_ONLY: "time" }[spec.type] || "datetime-local";
  const input = make("input", { type, name: spec.name, "data-kind": spec.type || "DATE_AND_TIME", "data-offset": spec.timezoneOffsetDate, value: pickerValue(spec, host.zone), onchange: changed(spec, host, () => input) });
  return labelled(spec, input);
}

/** The switch or box at the end of a decoratedText. */
function switchControl(spec, host, start, text) {
  const plain = ["CHECK_BOX", "CHECKBOX"].includes(spec.controlType);
  const box = make("input", { type: "checkbox", name: spec.name, value: spec.value || "", checked: spec.selected, "data-kind": "string", role: plain ? undefined : "switch", onchange: changed(spec, host, () => box) });
  return make("label", { class: "decorated" }, start, text, box);
}

export const inputs = { textInput, selectionInput, dateTimePicker, switchControl };
