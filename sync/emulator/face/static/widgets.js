// Card JSON (google.apps.card.v1) -> elements. `host` plays Google: run(action, origin), open(link), push(card), suggest(action, input), zone.
import { make } from "./api.js";
import { menuButton } from "./dialog.js";
import { inputs } from "./inputs.js";
import { icon, picture } from "./pictures.js";
import { richText } from "./richtext.js";

function clicked(onClick, host, origin) {
  if (!onClick) return undefined;
  return () => {
    if (onClick.action) host.run(onClick.action, origin());
    else if (onClick.openLink) host.open(onClick.openLink);
    else if (onClick.card) host.push(onClick.card);
    else if (onClick.openDynamicLinkAction) host.run(onClick.openDynamicLinkAction, origin());
  };
}

function button(spec, host, look) {
  if (spec.onClick?.overflowMenu) return overflow(spec, host);
  const kind = look || { FILLED: "filled", FILLED_TONAL: "tonal", BORDERLESS: "plain", OUTLINED: "" }[spec.type] || (spec.color && !spec.type ? "filled" : "");
  const made = make("button", {
    type: "button", class: `button ${kind}`, style: spec.color && kind === "filled" ? painted(spec.color) : undefined, disabled: spec.disabled, title: spec.altText, "aria-label": spoken(spec), onclick: clicked(spec.onClick, host, () => made),
  }, icon(spec.icon), spec.text || "");
  return made;
}

/** The colour of a button, and black or white on it, whichever can be read better. */
function painted({ red = 0, green = 0, blue = 0 }) {
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return `background:rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(" ")});border-color:transparent;color:${light > 0.179 ? "#000" : "#fff"}`;
}

/** The alternative text is what is read out; it must hold the words that are seen, or speaking them finds nothing. */
function spoken({ text, altText }) {
  if (!altText || !text || altText.includes(text)) return altText;
  return `${text}: ${altText}`;
}

function overflow(spec, host) {
  const items = spec.onClick.overflowMenu.items || [];
  const menu = menuButton({ label: spec.altText || spec.text || "More", sign: spec.text || icon(spec.icon || { materialIcon: { name: "more_vert" } }), className: "button", items: items.map((item) => ({ label: item.text, sign: icon(item.startIcon), disabled: item.disabled, act: clicked(item.onClick, host, () => menu) })) });
  return menu;
}

const WIDGETS = {
  ...inputs,
  textParagraph: (spec) => {
    const text = make("div", { class: `paragraph ${spec.maxLines ? "clamped" : ""}`, style: spec.maxLines ? `--lines:${spec.maxLines}` : undefined }, richText(spec.text || ""));
    if (!spec.maxLines) return text;
    const more = make("button", { type: "button", class: "icon-button more show-all", onclick: () => { more.textContent = text.classList.toggle("clamped") ? "Show more" : "Show less"; } }, "Show more");
    return make("div", {}, text, more);
  },
  divider: () => make("hr"),
  image: (spec, host) => {
    const shown = picture(spec.imageUrl, spec.altText);
    return make("div", { class: "image" }, spec.onClick ? make("button", { type: "button", class: "picture-button", "aria-label": spec.altText || "Picture", onclick: clicked(spec.onClick, host, () => shown) }, shown) : shown);
  },
  decoratedText: (spec, host) => {
    const label = (text, rich) => (text || rich ? make("small", {}, rich ? richText(rich.text || "") : text) : "");
    const text = make("span", { class: `text ${spec.wrapText ? "" : "oneline"}` }, label(spec.topLabel, spec.topLabelText), richText(spec.contentText?.text || spec.text || ""), label(spec.bottomLabel, spec.bottomLabelText));
    const start = icon(spec.startIcon || spec.icon);
    if (start && spec.startIconVerticalAlignment === "TOP") start.classList.add("top");
    if (spec.switchControl) return inputs.switchControl(spec.switchControl, host, start, text);
    if (spec.button) return make("div", { class: "decorated" }, start, text, button(spec.button, host));
    const inside = [start, text, icon(spec.endIcon)];
    if (!spec.onClick) return make("div", { class: "decorated" }, inside);
    const made = make("button", { type: "button", class: "decorated", onclick: clicked(spec.onClick, host, () => made) }, inside);
    return made;
  },
  buttonList: (spec, host) => make("div", { class: "buttons-row" }, (spec.buttons || []).map((one) => button(one, host))),
  grid: (spec, host) => {
    const cells = (spec.items || []).map((item) => {
      const shown = item.image ? picture(item.image.imageUri, item.image.altText, item.image.cropStyle?.type === "CIRCLE" ? "circle" : "") : "";
      const text = [make("b", {}, item.title || ""), item.subtitle ? make("small", {}, item.subtitle) : ""];
      const inside = item.layout === "TEXT_ABOVE" ? [...text, shown] : [shown, ...text];
      if (!spec.onClick) return make("div", { class: "cell" }, inside);
      const cell = make("button", { type: "button", class: "cell", onclick: clicked(withItem(spec.onClick, item.id), host, () => cell) }, inside);
      return cell;
    });
    return make("div", {}, spec.title ? make("b", {}, spec.title) : "", make("div", { class: `grid-widget ${spec.borderStyle?.type === "STROKE" ? "bordered" : ""}`, style: `grid-template-columns: repeat(${spec.columnCount || 2}, minmax(0, 1fr))` }, cells));
  },
  chipList: (spec, host) => make("div", { class: `chips ${spec.layout === "HORIZONTAL_SCROLLABLE" ? "scroll" : ""}` }, (spec.chips || []).map((chip) => {
    const made = make("button", { type: "button", class: "chip", disabled: chip.disabled || chip.enabled === false, title: chip.altText, "aria-label": spoken({ text: chip.label, altText: chip.altText }), onclick: clicked(chip.onClick, host, () => made) }, icon(chip.icon), chip.icon ? " " : "", chip.label || "");
    return made;
  })),
};

function withItem(onClick, id) {
  if (!onClick.action) return onClick;
  return { ...onClick, action: { ...onClick.action, parameters: [...(onClick.action.parameters || []), { key: "grid_item_identifier", value: id || "" }] } };
}

function section(spec, host) {
  const widgets = (spec.widgets || []).map((widget) => {
    const kind = Object.keys(widget).find((key) => WIDGETS[key]);
    const side = { CENTER: "center", END: "end" }[widget.horizontalAlignment] || "";
    return make("div", { class: `widget ${side}`, "data-widget": kind }, kind ? WIDGETS[kind](widget[kind], host) : "");
  });
  const made = make("section", {}, spec.header ? make("h3", {}, richText(spec.header)) : "", widgets);
  const shown = spec.uncollapsibleWidgetsCount || 0;
  if (spec.collapsible && widgets.length > shown) made.append(collapsed(widgets.slice(shown), spec.collapseControl));
  return made;
}

/** Hides widgets behind a button: Google's own words, or those of the card's collapse control. */
function collapsed(rest, { expandButton = {}, collapseButton = {}, horizontalAlignment } = {}) {
  const face = (spec, words) => [icon(spec.icon), spec.icon ? " " : "", spec.text || (spec.icon ? "" : words)];
  const show = (open) => {
    rest.forEach((one) => { one.hidden = !open; });
    more.setAttribute("aria-expanded", String(open));
    more.replaceChildren(...(open ? face(collapseButton, "Show less ⌃") : face(expandButton, "Show more ⌄")));
  };
  const more = make("button", { type: "button", class: "icon-button more", onclick: () => show(more.getAttribute("aria-expanded") !== "true") });
  show(false);
  return make("span", { class: `section-more ${{ CENTER: "center", END: "end" }[horizontalAlignment] || ""}` }, more);
}

export function card(spec, host) {
  const head = spec.header ? make("header", {}, spec.header.imageUrl ? picture(spec.header.imageUrl, spec.header.imageAltText, `header ${spec.header.imageType === "CIRCLE" ? "circle" : ""}`) : "",
    make("div", {}, make("h2", {}, spec.header.title || ""), spec.header.subtitle ? make("p", {}, spec.header.subtitle) : "")) : "";
  const { primaryButton, secondaryButton } = spec.fixedFooter || {};
  const footer = spec.fixedFooter ? make("div", { class: "footer" }, secondaryButton ? button(secondaryButton, host) : "", primaryButton ? button(primaryButton, host, "filled") : "") : "";
  return make("form", { class: `card ${spec.sectionDividerStyle === "NO_DIVIDER" ? "undivided" : ""}`, novalidate: true, onsubmit: (event) => event.preventDefault() }, head, (spec.sections || []).map((one) => section(one, host)), footer);
}
