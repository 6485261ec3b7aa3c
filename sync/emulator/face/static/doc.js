// A Doc: its tabs, paragraphs, tables and chips, as documents.get returns them; whoever may write can type into it.
import { call, control, make, whenChanged } from "./api.js";
import { Saver } from "./docsave.js";
import { caretIn, CHIP, FOOTHOLD, modelText, putCaret, shownText } from "./doctext.js";
import { sign } from "./signs.js";

const HEADINGS = { TITLE: "h1", HEADING_1: "h1", HEADING_2: "h2", HEADING_3: "h3", HEADING_4: "h4", HEADING_5: "h5", HEADING_6: "h6" };

export async function showDoc(place, person, id, wanted) {
  const [{ people }, file] = await Promise.all([control("people"), call(person, `/drive/v3/files/${id}?fields=capabilities/canEdit`)]);
  const view = new DocView(place, person, id, new Map(people.map(({ email, name }) => [email, name])), Boolean(file.capabilities?.canEdit));
  const doc = await view.show(wanted);
  whenChanged(person, id, () => view.untouched, () => view.again());
  return doc;
}

class DocView {
  constructor(place, person, id, names, writable) {
    Object.assign(this, { place, person, id, names, writable });
  }

  /** Nobody stands in the text, so it may be drawn anew. */
  get untouched() { return !this.place.querySelector("article")?.contains(document.activeElement); }

  read() { return call(this.person, `/v1/documents/${this.id}?includeTabsContent=true`); }

  async show(wanted = this.tabId, focus) {
    return this.draw(await this.read(), wanted, focus);
  }

  async again() {
    await this.saver.waiting;
    const doc = await this.read();
    // Somebody may have begun to type while it was read.
    if (this.untouched) this.draw(doc, this.tabId);
  }

  draw(doc, wanted, focus) {
    const tabs = flat(doc.tabs || []);
    const tab = tabs.find((one) => one.tabProperties.tabId === wanted) || tabs[0];
    this.tabId = tab.tabProperties.tabId;
    this.tab = tab.documentTab;
    this.counters = new Map();
    this.saver = new Saver(this.person, doc, this.tabId, { reload: (to) => this.show(this.tabId, to), lost: (text, reason) => this.lost(text, reason) });
    const paper = make("article", { class: "doc", "aria-label": tab.tabProperties.title }, this.blocks(this.tab.body.content));
    const list = make("nav", { "aria-label": "Document tabs" }, tabs.map((one) => make("button", {
      type: "button", "aria-current": one === tab ? "page" : undefined, style: `padding-left:${10 + 14 * (one.tabProperties.nestingLevel || 0)}px`,
      onclick: () => this.saver.then(() => this.show(one.tabProperties.tabId)),
    }, one.tabProperties.title || "Tab")));
    this.place.replaceChildren(make("div", { class: "bar" }, make("h1", {}, doc.title), this.writable ? "" : make("span", { class: "hint" }, "To read only")),
      make("div", { class: "losses", role: "alert" }), make("div", { class: "doc-frame" }, list, paper));
    if (focus) this.focus(focus.index);
    return doc;
  }

  focus(index) {
    const found = this.saver.paragraphs.find((one) => one.start <= index && index <= one.start + one.text.length);
    if (found) putCaret(found.node, index - found.start);
  }

  lost(text, reason) {
    this.place.querySelector(".losses")?.append(make("div", { class: "problems" }, make("b", {}, "This could not be kept. "), reason, text ? make("p", {}, "What you typed, to copy: ", make("q", {}, text.replaceAll("\uFFFC", "…"))) : ""));
  }

  blocks(content) {
    return (content || []).flatMap((element, index) => {
      if (element.paragraph) return [this.paragraph(element, Boolean(content[index - 1]?.paragraph))];
      if (element.table) return [this.table(element.table)];
      return [];
    });
  }

  paragraph({ startIndex = 0, paragraph }, afterParagraph) {
    const { elements = [], paragraphStyle = {}, bullet } = paragraph;
    const heading = HEADINGS[paragraphStyle.namedStyleType];
    const inside = elements.map((element) => this.inline(element));
    const text = make("span", { class: "text" }, inside);
    if (this.writable) this.editable(text, startIndex, modelText(elements), afterParagraph, heading);
    const align = { CENTER: "center", END: "right", JUSTIFIED: "justify" }[paragraphStyle.alignment];
    const style = align ? `text-align:${align}` : undefined;
    if (bullet) return make("div", { class: "item", style: `margin-left:${24 + 24 * (bullet.nestingLevel || 0)}px` }, make("span", { class: "marker" }, this.marker(bullet)), text);
    return make(heading || "p", { style, class: (paragraphStyle.namedStyleType || "").toLowerCase() }, text);
  }

  marker({ listId, nestingLevel = 0 }) {
    const level = this.tab.lists?.[listId]?.listProperties?.nestingLevels?.[nestingLevel] || {};
    if (level.glyphSymbol) return level.glyphSymbol;
    if (!level.glyphType || ["NONE", "GLYPH_TYPE_UNSPECIFIED"].includes(level.glyphType)) return "•";
    const counts = this.counters.get(listId) || [];
    counts.length = nestingLevel + 1;
    counts[nestingLevel] = (counts[nestingLevel] || (level.startNumber || 1) - 1) + 1;
    this.counters.set(listId, counts);
    return (level.glyphFormat || "%0.").replace(/%(\d)/g, (_, one) => numeral(counts[Number(one)] || 1, level.glyphType));
  }

  editable(node, start, text, afterParagraph, heading) {
    node.setAttribute("contenteditable", "plaintext-only");
    node.setAttribute("role", "textbox");
    node.setAttribute("aria-multiline", "true");
    node.setAttribute("aria-label", heading ? "Heading" : "Paragraph");
    node.setAttribute("spellcheck", "false");
    if (node.lastChild && text.endsWith(CHIP)) node.append(FOOTHOLD);
    const paragraph = this.saver.add(node, start, text);
    node.addEventListener("blur", () => this.saver.keep(paragraph));
    node.addEventListener("keydown", (key) => {
      const caret = caretIn(node);
      const move = (step) => {
        const next = this.saver.paragraphs[this.saver.paragraphs.indexOf(paragraph) + step];
        if (next) { key.preventDefault(); putCaret(next.node, step > 0 ? 0 : shownText(next.node).length); }
      };
      if (key.key === "Enter" && !key.shiftKey) { key.preventDefault(); this.saver.split(paragraph, caret ?? text.length); }
      else if (key.key === "Backspace" && caret === 0 && getSelection().isCollapsed && afterParagraph) { key.preventDefault(); this.saver.join(paragraph); }
      else if (["ArrowDown", "ArrowRight"].includes(key.key) && caret === shownText(node).length) move(1);
      else if (["ArrowUp", "ArrowLeft"].includes(key.key) && caret === 0) move(-1);
      else if (key.key === "Escape") { node.blur(); }
    });
  }

  inline(element) {
    if (element.textRun) return run(element.textRun);
    const units = element.endIndex - (element.startIndex || 0);
    const held = (...inside) => make("span", { class: "chip", "data-chip": units, contenteditable: "false" }, inside);
    if (element.person) {
      const { email, name } = element.person.personProperties;
      return held(sign("person", "Person"), ` ${name || this.names.get(email) || email}`);
    }
    if (element.dateElement) return held(sign("calendar", "Date"), ` ${element.dateElement.dateElementProperties.displayText || "date"}`);
    if (element.dropdown) return this.dropdown(element.dropdown, held);
    if (element.richLink) {
      const { title, uri } = element.richLink.richLinkProperties;
      return held(sign("document"), " ", make("a", { href: uri }, title || uri));
    }
    if (element.horizontalRule) return make("span", { "data-chip": units, class: "rule", contenteditable: "false" });
    return make("span", { "data-chip": units, contenteditable: "false" });
  }

  dropdown({ dropdownId, dropdownProperties }, held) {
    const { title, options = [] } = this.tab.dropdownDefinitions?.[dropdownProperties.dropdownDefinitionId]?.dropdownDefinitionProperties || {};
    if (!this.writable || !options.length) return held(sign("dot"), ` ${dropdownProperties.displayValue || "Choose"}`);
    return held(make("select", { "aria-label": title || "Choose", onchange: (event) => this.saver.choose(dropdownId, event.target.value) },
      options.map((one) => make("option", { value: one.optionId, selected: one.optionId === dropdownProperties.selectedOptionId }, one.displayValue || "Choose"))));
  }

  table({ tableRows }) {
    return make("table", {}, make("tbody", {}, tableRows.map((row) => make("tr", {}, row.tableCells.map((cell) => {
      const { columnSpan, rowSpan } = cell.tableCellStyle || {};
      return make("td", { colspan: columnSpan > 1 ? columnSpan : undefined, rowspan: rowSpan > 1 ? rowSpan : undefined }, this.blocks(cell.content));
    })))));
  }
}

const flat = (tabs) => tabs.flatMap((tab) => [tab, ...flat(tab.childTabs || [])]);

function run({ content, textStyle = {} }) {
  const node = make("span", {}, content.replace(/\n$/, ""));
  const { style } = node;
  if (textStyle.bold) style.fontWeight = "600";
  if (textStyle.italic) style.fontStyle = "italic";
  const lines = [textStyle.underline && "underline", textStyle.strikethrough && "line-through"].filter(Boolean).join(" ");
  if (lines) style.textDecoration = lines;
  const colour = textStyle.foregroundColor?.color?.rgbColor;
  if (colour && Object.keys(colour).length) style.color = `rgb(${["red", "green", "blue"].map((part) => Math.round((colour[part] || 0) * 255)).join(" ")})`;
  return textStyle.link?.url ? make("a", { href: textStyle.link.url }, node) : node;
}

function numeral(number, kind) {
  if (kind.endsWith("ALPHA")) { const letter = String.fromCharCode(96 + (((number - 1) % 26) + 1)); return kind.startsWith("UPPER") ? letter.toUpperCase() : letter; }
  if (kind.endsWith("ROMAN")) return roman(number, kind.startsWith("UPPER"));
  return kind === "ZERO_DECIMAL" && number < 10 ? `0${number}` : String(number);
}

function roman(number, upper) {
  const parts = [[1000, "m"], [900, "cm"], [500, "d"], [400, "cd"], [100, "c"], [90, "xc"], [50, "l"], [40, "xl"], [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]];
  let text = "";
  for (const [value, letters] of parts) while (number >= value) { text += letters; number -= value; }
  return upper ? text.toUpperCase() : text;
}
