// Card JSON (google.apps.card.v1) -> elements. `host` plays Google: host.run(action, origin), host.open(link), host.push(card).
import { make } from "./api.js";
import { sign } from "./signs.js";

const KNOWN = {
  CLOCK: "clock", PERSON: "person", MULTIPLE_PEOPLE: "people", EMAIL: "mail", BOOKMARK: "bookmark", STAR: "star", DESCRIPTION: "document", MAP_PIN: "pin",
  EVENT_SEAT: "seat", INVITE: "calendar", VIDEO_CAMERA: "video", VIDEO_PLAY: "video", PHONE: "phone", STORE: "school", MEMBERSHIP: "people",
};
const MATERIAL = {
  schedule: "clock", event: "calendar", person: "person", group: "people", groups: "people", search: "search", check: "check", check_circle: "check", close: "close", cancel: "close",
  description: "document", lightbulb: "idea", favorite: "heart", meeting_room: "door", door_open: "door", school: "school", info: "info", warning: "warning", home: "home", edit: "edit", swap_horiz: "swap", mail: "mail",
};
const ALLOWED = { B: "b", I: "i", U: "u", S: "s", STRONG: "b", EM: "i", FONT: "span", TIME: "time", BR: "br", A: "a" };

/** The simple HTML that add-ons may use, rebuilt from an allow-list: nothing else of it reaches the page. */
export function richText(html) {
  const out = document.createDocumentFragment();
  const parsed = new DOMParser().parseFromString(String(html).replaceAll("\n", "<br>"), "text/html");
  copy(parsed.body, out);
  return out;
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.textContent);
    if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName)) continue;
    const tag = ALLOWED[node.tagName];
    const made = tag ? document.createElement(tag) : document.createDocumentFragment();
    if (tag === "a" && /^(https?|mailto):/i.test(node.getAttribute("href") || "")) {
      made.href = node.getAttribute("href");
      made.target = "_blank";
      made.rel = "noopener";
    }
    if (node.tagName === "FONT" && /^#[0-9a-f]{3,6}$/i.test(node.getAttribute("color") || "")) made.style.color = node.getAttribute("color");
    copy(node, made);
    to.append(made);
  }
}

function icon(spec) {
  if (!spec) return "";
  if (spec.iconUrl) return make("img", { class: "known", src: spec.iconUrl, alt: spec.altText || "" });
  const name = spec.materialIcon ? MATERIAL[spec.materialIcon.name] : KNOWN[spec.knownIcon];
  return make("span", { class: "known" }, sign(name, spec.altText));
}

function clicked(onClick, host, origin) {
  if (!onClick) return undefined;
  return () => {
    if (onClick.action) host.run(onClick.action, origin());
    else if (onClick.openLink) host.open(onClick.openLink);
    else if (onClick.card) host.push(onClick.card);
    else if (onClick.openDynamicLinkAction) host.run(onClick.openDynamicLinkAction, origin());
  };
}

function button(spec, host, style) {
  if (spec.onClick?.overflowMenu) return overflow(spec, host);
  const filled = style === "filled" || spec.type === "FILLED" || spec.type === "FILLED_TONAL" || (spec.color && spec.type === undefined);
  const made = make("button", {
    type: "button",
    class: `button ${filled ? "filled" : ""} ${spec.type === "BORDERLESS" ? "plain" : ""}`,
    disabled: spec.disabled,
    title: spec.altText,
    "aria-label": spoken(spec),
    onclick: clicked(spec.onClick, host, () => made),
  }, spec.icon ? icon(spec.icon) : "", spec.icon && spec.text ? " " : "", spec.text || "");
  return made;
}

/** The alternative text is what is read out; it must hold the words that are seen, or speaking them finds nothing. */
function spoken({ text, altText }) {
  if (!altText || !text || altText.includes(text)) return altText;
  return `${text}: ${altText}`;
}

function overflow(spec, host) {
  const items = spec.onClick.overflowMenu.items || [];
  const list = make("menu", { hidden: true }, items.map((item) => make("li", {}, make("button", {
    type: "button", class: "icon-button", disabled: item.disabled, onclick: clicked(item.onClick, host, () => list),
  }, icon(item.startIcon), " ", item.text))));
  const opener = make("button", { type: "button", class: "button", "aria-haspopup": "true", onclick: () => { list.hidden = !list.hidden; } }, spec.text || "⋮");
  return make("span", {}, opener, list);
}

const WIDGETS = {
  textParagraph: (spec) => make("div", { class: "paragraph" }, richText(spec.text || "")),
  divider: () => make("hr"),
  image: (spec, host) => {
    const picture = make("img", { src: spec.imageUrl, alt: spec.altText || "" });
    return make("div", { class: "image" }, spec.onClick ? make("button", { type: "button", class: "icon-button", onclick: clicked(spec.onClick, host, () => picture) }, picture) : picture);
  },
  decoratedText: (spec, host) => {
    const text = make("span", { class: `text ${spec.wrapText ? "" : "oneline"}` },
      spec.topLabel ? make("small", {}, spec.topLabel) : "", richText(spec.text || ""), spec.bottomLabel ? make("small", {}, spec.bottomLabel) : "");
    const start = icon(spec.startIcon || spec.icon);
    if (spec.switchControl) return switched(spec, text, start, host);
    if (spec.button) return make("div", { class: "decorated" }, start, text, button(spec.button, host));
    const inside = [start, text, icon(spec.endIcon)];
    if (!spec.onClick) return make("div", { class: "decorated" }, inside);
    const made = make("button", { type: "button", class: "decorated", onclick: clicked(spec.onClick, host, () => made) }, inside);
    return made;
  },
  buttonList: (spec, host) => make("div", { class: "buttons-row" }, (spec.buttons || []).map((one) => button(one, host))),
  textInput: (spec, host) => {
    const long = spec.type === "MULTIPLE_LINE";
    const listId = spec.initialSuggestions || spec.autoCompleteAction ? `list-${spec.name}` : undefined;
    const input = make(long ? "textarea" : "input", {
      name: spec.name, value: long ? undefined : spec.value, list: listId, maxlength: spec.validation?.characterLimit, rows: long ? 3 : undefined, autocomplete: "off",
      "data-kind": "string", onchange: spec.onChangeAction ? () => host.run(spec.onChangeAction, input) : undefined,
      oninput: spec.autoCompleteAction ? () => host.suggest(spec.autoCompleteAction, input) : undefined,
    });
    if (long) input.value = spec.value || "";
    const list = listId ? make("datalist", { id: listId }, (spec.initialSuggestions?.items || []).map((item) => make("option", { value: item.text }))) : "";
    return make("label", { class: "field" }, make("span", {}, spec.label || spec.name), input, list, spec.hintText ? make("span", { class: "hint" }, spec.hintText) : "");
  },
  selectionInput: (spec, host) => {
    const changed = spec.onChangeAction ? (event) => host.run(spec.onChangeAction, event.target) : undefined;
    if (spec.type === "DROPDOWN" || spec.type === "MULTI_SELECT") {
      const select = make("select", { name: spec.name, multiple: spec.type === "MULTI_SELECT", "data-kind": "string", onchange: changed },
        (spec.items || []).map((item) => make("option", { value: item.value, selected: item.selected }, item.text)));
      return make("label", { class: "field" }, make("span", {}, spec.label || spec.name), select);
    }
    const kind = spec.type === "RADIO_BUTTON" ? "radio" : "checkbox";
    return make("fieldset", {}, make("legend", {}, spec.label || spec.name), (spec.items || []).map((item) => make("label", {},
      make("input", { type: kind, name: spec.name, value: item.value, checked: item.selected, "data-kind": "string", role: spec.type === "SWITCH" ? "switch" : undefined, onchange: changed }),
      make("span", {}, item.text, item.bottomText ? make("small", { class: "hint" }, ` ${item.bottomText}`) : ""))));
  },
  dateTimePicker: (spec, host) => {
    const type = { DATE_ONLY: "date", TIME_ONLY: "time" }[spec.type] || "datetime-local";
    const input = make("input", { type, name: spec.name, "data-kind": spec.type || "DATE_AND_TIME", value: pickerValue(spec, type), onchange: spec.onChangeAction ? () => host.run(spec.onChangeAction, input) : undefined });
    return make("label", { class: "field" }, make("span", {}, spec.label || spec.name), input);
  },
  grid: (spec, host) => {
    const style = `grid-template-columns: repeat(${spec.columnCount || 2}, 1fr)`;
    const cells = (spec.items || []).map((item) => {
      const inside = [item.image ? make("img", { src: item.image.imageUri, alt: item.image.altText || "" }) : "", make("b", {}, item.title || ""), item.subtitle ? make("small", { class: "hint" }, ` ${item.subtitle}`) : ""];
      if (!spec.onClick) return make("div", { class: "cell" }, inside);
      const cell = make("button", { type: "button", class: "cell", onclick: () => host.run(withItem(spec.onClick.action, item.id), cell) }, inside);
      return cell;
    });
    return make("div", {}, spec.title ? make("b", {}, spec.title) : "", make("div", { class: "grid-widget", style }, cells));
  },
  chipList: (spec, host) => make("div", { class: `chips ${spec.layout === "HORIZONTAL_SCROLLABLE" ? "scroll" : ""}` }, (spec.chips || []).map((chip) => {
    const made = make("button", { type: "button", class: "chip", disabled: chip.disabled, onclick: clicked(chip.onClick, host, () => made) }, icon(chip.icon), chip.icon ? " " : "", chip.label || "");
    return made;
  })),
};

function withItem(action, id) {
  return { ...action, parameters: [...(action.parameters || []), { key: "grid_item_identifier", value: id || "" }] };
}

function switched(spec, text, start, host) {
  const control = spec.switchControl;
  const box = make("input", { type: "checkbox", name: control.name, value: control.value || "", checked: control.selected, "data-kind": "string", role: control.controlType === "SWITCH" || !control.controlType ? "switch" : undefined, onchange: control.onChangeAction ? () => host.run(control.onChangeAction, box) : undefined });
  return make("label", { class: "decorated" }, start, text, box);
}

function pickerValue(spec, type) {
  if (spec.valueMsEpoch === undefined) return undefined;
  const text = new Date(Number(spec.valueMsEpoch)).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) }[type] || text.slice(0, 16);
}

function section(spec, host) {
  const widgets = (spec.widgets || []).map((widget) => {
    const kind = Object.keys(widget).find((key) => WIDGETS[key]);
    const side = { CENTER: "center", END: "end" }[widget.horizontalAlignment] || "";
    return make("div", { class: `widget ${side}`, "data-widget": kind }, kind ? WIDGETS[kind](widget[kind], host) : "");
  });
  const made = make("section", {}, spec.header ? make("h3", {}, richText(spec.header)) : "", widgets);
  const shown = spec.uncollapsibleWidgetsCount || 0;
  if (spec.collapsible && widgets.length > shown) {
    const rest = widgets.slice(shown);
    const show = (open) => { rest.forEach((one) => { one.hidden = !open; }); more.setAttribute("aria-expanded", String(open)); more.textContent = open ? "Show less ⌃" : "Show more ⌄"; };
    const more = make("button", { type: "button", class: "icon-button", onclick: () => show(more.getAttribute("aria-expanded") !== "true") });
    show(false);
    made.append(more);
  }
  return made;
}

export function card(spec, host) {
  const head = spec.header ? make("header", {},
    spec.header.imageUrl ? make("img", { src: spec.header.imageUrl, alt: spec.header.imageAltText || "", class: spec.header.imageType === "CIRCLE" ? "circle" : "" }) : "",
    make("div", {}, make("h2", {}, spec.header.title || ""), spec.header.subtitle ? make("p", {}, spec.header.subtitle) : "")) : "";
  const foot = spec.fixedFooter;
  const footer = foot ? make("div", { class: "footer" }, foot.primaryButton ? button(foot.primaryButton, host, "filled") : "", foot.secondaryButton ? button(foot.secondaryButton, host) : "") : "";
  return make("form", { class: "card", novalidate: true, onsubmit: (event) => event.preventDefault() }, head, (spec.sections || []).map((one) => section(one, host)), footer);
}

/** Form values as an event object carries them (`commonEventObject.formInputs`): what is off or empty stays out. */
export function formInputs(form) {
  const found = {};
  for (const field of form.querySelectorAll("[name]")) {
    const kind = field.dataset.kind;
    if (kind === "string") {
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
      const values = field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value];
      if (field.tagName !== "SELECT" && field.type !== "checkbox" && field.type !== "radio" && values[0] === "") continue;
      (found[field.name] ||= { stringInputs: { value: [] } }).stringInputs.value.push(...values);
    } else if (field.value) found[field.name] = picked(kind, field.value);
  }
  return found;
}

function picked(kind, value) {
  if (kind === "TIME_ONLY") return { timeInput: { hours: Number(value.slice(0, 2)), minutes: Number(value.slice(3, 5)) } };
  if (kind === "DATE_ONLY") return { dateInput: { msSinceEpoch: String(Date.parse(`${value}T00:00:00Z`)) } };
  return { dateTimeInput: { msSinceEpoch: String(Date.parse(`${value}:00Z`)), hasDate: true, hasTime: true } };
}
