// What stands in a tab, as documents.get returns it: header, body, footer, footnotes; paragraphs, lists, tables and chips.
import { make } from "./api.js";
import { editable } from "./doctyping.js";
import { modelText } from "./doctext.js";
import { numeral } from "./numerals.js";
import { sign } from "./signs.js";

const HEADINGS = { TITLE: "h1", HEADING_1: "h1", HEADING_2: "h2", HEADING_3: "h3", HEADING_4: "h4", HEADING_5: "h5", HEADING_6: "h6" };

export class Pages {
  /** `tools` is absent for whoever may only read. */
  constructor(tab, { names, saver, tools }) {
    Object.assign(this, { tab, names, saver, tools, counters: new Map(), notes: [] });
  }

  all() {
    const { defaultHeaderId, defaultFooterId } = this.tab.documentStyle || {};
    const edge = (kept, id, name, kind) => (kept?.[id] ? make("section", { class: `edge ${kind}`, "aria-label": name }, this.blocks(kept[id].content, { segmentId: id })) : "");
    return [edge(this.tab.headers, defaultHeaderId, "Header", "head"), ...this.blocks(this.tab.body.content),
      ...this.notes.map((id, index) => make("section", { class: "edge foot", "aria-label": `Footnote ${index + 1}` }, `${index + 1} `, this.blocks(this.tab.footnotes?.[id]?.content, { segmentId: id }))),
      edge(this.tab.footers, defaultFooterId, "Footer", "foot")];
  }

  /** `place` says where the blocks stand: `segmentId` of a header, footer or footnote, `cell` of a table. */
  blocks(content, place = {}) {
    return (content || []).flatMap((element, index) => {
      if (element.paragraph) return [this.paragraph(element, { ...place, joinable: Boolean(content[index - 1]?.paragraph) })];
      if (element.table) return [this.table(element, place)];
      return [];
    });
  }

  paragraph({ startIndex = 0, paragraph }, place) {
    const { elements = [], paragraphStyle = {}, bullet } = paragraph;
    const named = paragraphStyle.namedStyleType || "NORMAL_TEXT";
    const heading = HEADINGS[named];
    const text = make("span", { class: "text" }, elements.map((element) => this.inline(element)));
    if (this.tools) editable(text, this.saver.add({ node: text, start: startIndex, text: modelText(elements), named, bullet, ...place }), this.saver, this.tools);
    const align = { CENTER: "center", END: "right", JUSTIFIED: "justify" }[paragraphStyle.alignment];
    const style = align ? `text-align:${align}` : undefined;
    if (bullet) return make("div", { class: "item", style: `margin-left:${24 + 24 * (bullet.nestingLevel || 0)}px` }, make("span", { class: "marker" }, this.marker(bullet)), text);
    return make(heading || "p", { style, class: named.toLowerCase() }, text);
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

  inline(element) {
    if (element.textRun) return run(element.textRun);
    const units = element.endIndex - (element.startIndex || 0);
    const held = (...inside) => make("span", { class: "chip", "data-chip": units, contenteditable: "false" }, inside);
    if (element.person) {
      const { email, name } = element.person.personProperties;
      return held(sign("person", "Person"), ` ${name || this.names.get(email) || email}`);
    }
    if (element.dateElement) return this.date(element.dateElement.dateElementProperties, held);
    if (element.dropdown) return this.dropdown(element.dropdown, held);
    if (element.richLink) {
      const { title, uri } = element.richLink.richLinkProperties;
      return held(sign("document"), " ", make("a", { href: uri }, title || uri));
    }
    if (element.inlineObjectElement) return held(sign("picture", "Picture"));
    if (element.footnoteReference) return make("sup", { "data-chip": units, contenteditable: "false" }, String(this.notes.push(element.footnoteReference.footnoteId)));
    return make("span", { "data-chip": units, class: element.horizontalRule ? "rule" : "", contenteditable: "false" });
  }

  date({ displayText, timestamp }, held) {
    const chip = held(sign("calendar", "Date"), ` ${displayText || "date"}`);
    if (this.tools) chip.addEventListener("dblclick", () => this.tools.changeDate(chip, (timestamp || "").slice(0, 10)));
    return chip;
  }

  dropdown({ dropdownId, dropdownProperties }, held) {
    const { title, options = [] } = this.tab.dropdownDefinitions?.[dropdownProperties.dropdownDefinitionId]?.dropdownDefinitionProperties || {};
    if (!this.tools || !options.length) return held(sign("dot"), ` ${dropdownProperties.displayValue || "Choose"}`);
    return held(make("select", { "aria-label": title || "Choose", onchange: (event) => this.saver.choose(dropdownId, event.target.value) },
      options.map((one) => make("option", { value: one.optionId, selected: one.optionId === dropdownProperties.selectedOptionId }, one.displayValue || "Choose"))));
  }

  table({ startIndex, table: { tableRows = [], tableStyle } }, place) {
    const widths = (tableStyle?.tableColumnProperties || []).map((one) => one.width?.magnitude);
    const columns = widths.some(Boolean) ? make("colgroup", {}, widths.map((width) => make("col", { style: width ? `width:${width}pt` : undefined }))) : "";
    return make("table", {}, columns, make("tbody", {}, tableRows.map((row, rowIndex) => make("tr", {}, row.tableCells.map((cell, columnIndex) => {
      const { columnSpan, rowSpan, backgroundColor } = cell.tableCellStyle || {};
      const paint = rgb(backgroundColor?.color?.rgbColor);
      return make("td", { colspan: columnSpan > 1 ? columnSpan : undefined, rowspan: rowSpan > 1 ? rowSpan : undefined, style: paint ? `background:${paint}` : undefined }, this.blocks(cell.content, { ...place, cell: { startIndex, rowIndex, columnIndex } }));
    })))));
  }
}

const rgb = (colour) => (colour && Object.keys(colour).length ? `rgb(${["red", "green", "blue"].map((part) => Math.round((colour[part] || 0) * 255)).join(" ")})` : "");

function run({ content, textStyle = {}, suggestedInsertionIds, suggestedDeletionIds }) {
  const node = make("span", { class: suggestedDeletionIds ? "struck" : "", title: suggestedInsertionIds || suggestedDeletionIds ? "Suggested" : undefined }, content.replace(/\n$/, ""));
  const { style } = node;
  if (textStyle.bold) style.fontWeight = "700";
  if (textStyle.italic) style.fontStyle = "italic";
  const lines = [(textStyle.underline || suggestedInsertionIds) && "underline", textStyle.strikethrough && "line-through"].filter(Boolean).join(" ");
  if (lines) style.textDecoration = lines;
  const colour = suggestedInsertionIds || suggestedDeletionIds ? "#146c2e" : rgb(textStyle.foregroundColor?.color?.rgbColor);
  if (colour) style.color = colour;
  if (textStyle.backgroundColor?.color) style.background = rgb(textStyle.backgroundColor.color.rgbColor);
  return textStyle.link?.url ? make("a", { href: textStyle.link.url }, node) : node;
}

