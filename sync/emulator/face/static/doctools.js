// The toolbar of a Doc: looks of words and paragraphs, lists, links, and what can be inserted where the caret stands.
import { make, toast } from "./api.js";
import { ask, field, menuButton } from "./dialog.js";
import { offsetOf, selectedIn, shownText } from "./doctext.js";
import { sign } from "./signs.js";

const STYLES = [["NORMAL_TEXT", "Normal text"], ["TITLE", "Title"], ["SUBTITLE", "Subtitle"], ["HEADING_1", "Heading 1"], ["HEADING_2", "Heading 2"], ["HEADING_3", "Heading 3"]];
const LOOKS = [["bold", "Bold"], ["italic", "Italic"], ["underline", "Underline"]];
const LISTS = { bullets: "BULLET_DISC_CIRCLE_SQUARE", numbers: "NUMBERED_DECIMAL_ALPHA_ROMAN" };
const code = () => Math.random().toString(36).slice(2, 12);

export class Toolbar {
  constructor(saver, { names, tab }) {
    Object.assign(this, { saver, names, tab, spot: undefined });
    const button = (name, label, act) => make("button", { type: "button", class: "icon-button", "aria-label": label, title: label, "data-look": name, onmousedown: (down) => down.preventDefault(), onclick: act }, sign(name));
    this.style = make("select", { "aria-label": "Text style", onchange: () => this.named(this.style.value) }, STYLES.map(([value, words]) => make("option", { value }, words)));
    this.looks = LOOKS.map(([name, label]) => button(name, label, () => this.toggle(name)));
    this.node = make("div", { class: "toolbar", role: "toolbar", "aria-label": "Formatting" }, this.style, make("i", { class: "gap" }), this.looks, button("link", "Link", () => this.link()), make("i", { class: "gap" }),
      button("bullets", "Bulleted list", () => this.bullets()), button("numbers", "Numbered list", () => this.bullets("numbers")), make("i", { class: "gap" }), this.inserting());
    document.onselectionchange = () => this.look();
  }

  inserting() {
    const margin = (kind, id) => ({ label: kind, disabled: Boolean(this.tab.documentStyle?.[id]), act: () => this.saver.apply([{ [`create${kind}`]: { type: "DEFAULT", sectionBreakLocation: { index: 0, tabId: this.saver.tabId } } }]) });
    return menuButton({ label: "Insert", sign: "+ Insert", className: "button small plain", items: [
      { label: "Person", sign: sign("person"), act: () => this.person() }, { label: "Date", sign: sign("calendar"), act: () => this.date() }, { label: "Dropdown", sign: sign("check"), act: () => this.dropdown() },
      { label: "Table", sign: sign("table"), act: () => this.table() }, { label: "Row below", act: () => this.row("insertTableRow", { insertBelow: true }) }, { label: "Delete row", act: () => this.row("deleteTableRow") },
      margin("Header", "defaultHeaderId"), margin("Footer", "defaultFooterId"),
    ] });
  }

  /** Remembers where the caret stands, and shows how the words there look. */
  look() {
    const paragraph = this.saver.paragraphs.find(({ node }) => node.contains(getSelection().focusNode));
    if (!paragraph) return;
    this.spot = { paragraph, ...selectedIn(paragraph.node) };
    const node = getSelection().focusNode;
    const shown = getComputedStyle(node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
    const on = { bold: Number(shown.fontWeight) >= 600, italic: shown.fontStyle === "italic", underline: shown.textDecorationLine.includes("underline") };
    this.looks.forEach((button) => button.setAttribute("aria-pressed", String(on[button.dataset.look])));
    this.style.value = paragraph.named;
  }

  /** The spot, once what was typed there has been kept; undefined, with a word about it, when the caret is nowhere. */
  async ready() {
    if (!this.spot) { toast("Put the caret into the text first."); return undefined; }
    const { paragraph, from, to } = this.spot;
    await this.saver.keep(paragraph);
    return { paragraph, from, to, focus: { index: paragraph.start + from, to: paragraph.start + to, segmentId: paragraph.segmentId } };
  }

  async toggle(name) {
    const on = this.looks.find((button) => button.dataset.look === name).getAttribute("aria-pressed") === "true";
    await this.words({ [name]: !on }, name);
  }

  async link() {
    const data = this.spot && await ask({ title: "Link", body: field("Address", make("input", { name: "url", type: "url", required: true, placeholder: "https://" })) });
    if (data) await this.words({ link: { url: data.get("url") } }, "link");
  }

  /** Sets a style of the words selected, or of the word the caret stands in. */
  async words(textStyle, fields) {
    const spot = await this.ready();
    if (!spot) return;
    const text = shownText(spot.paragraph.node);
    const from = spot.from < spot.to ? spot.from : text.slice(0, spot.from).search(/\S+$/);
    const to = spot.from < spot.to ? spot.to : spot.from + /^\S*/.exec(text.slice(spot.from))[0].length;
    if (from < 0 || from === to) toast("Select the words first.");
    else await this.saver.apply([{ updateTextStyle: { range: this.saver.range(spot.paragraph, from, to), textStyle, fields } }], spot.focus);
  }

  async named(namedStyleType) {
    const spot = await this.ready();
    if (spot) await this.saver.apply([{ updateParagraphStyle: { range: whole(this.saver, spot.paragraph), paragraphStyle: { namedStyleType }, fields: "namedStyleType" } }], spot.focus);
  }

  /** Makes the paragraph an item of a list, or takes it out of the one it is in. */
  async bullets(kind = "bullets") {
    const spot = await this.ready();
    if (!spot) return;
    const range = whole(this.saver, spot.paragraph);
    await this.saver.apply([spot.paragraph.bullet ? { deleteParagraphBullets: { range } } : { createParagraphBullets: { range, bulletPreset: LISTS[kind] } }], spot.focus);
  }

  /** Puts something where the caret stands: `request(location)` -> requests. */
  async insert(request, units = 1) {
    const spot = await this.ready();
    if (spot) await this.saver.apply(request(this.saver.at(spot.paragraph, spot.focus.to)), { ...spot.focus, index: spot.focus.to + units, to: undefined });
  }

  async person() {
    const data = await ask({ title: "Insert a person", yes: "Insert", body: field("Who", make("select", { name: "email" }, [...this.names].map(([email, name]) => make("option", { value: email }, name)))) });
    if (data) await this.insert((location) => [{ insertPerson: { location, personProperties: { email: data.get("email") } } }]);
  }

  async date() {
    const day = await askDay(new Date().toISOString().slice(0, 10));
    if (day) await this.insert((location) => [{ insertDate: { location, dateElementProperties: { timestamp: `${day}T12:00:00Z` } } }]);
  }

  /** Another day in a chip that is there. */
  async changeDate(chip, before) {
    const paragraph = this.saver.paragraphs.find(({ node }) => node.contains(chip));
    const day = await askDay(before);
    if (!day) return;
    await this.saver.keep(paragraph);
    const from = offsetOf(paragraph.node, chip);
    await this.saver.apply([{ deleteContentRange: { range: this.saver.range(paragraph, from, from + Number(chip.dataset.chip)) } }, { insertDate: { location: this.saver.at(paragraph, paragraph.start + from), dateElementProperties: { timestamp: `${day}T12:00:00Z` } } }], { index: paragraph.start + from + 1, segmentId: paragraph.segmentId });
  }

  async dropdown() {
    const data = await ask({ title: "Insert a dropdown", yes: "Insert", body: [field("Name", make("input", { name: "title", required: true, autocomplete: "off" })), field("Choices, one a line", make("textarea", { name: "choices", rows: 4, required: true }, "Choose\nYes\nNo"))] });
    if (!data) return;
    const options = data.get("choices").split("\n").map((one) => one.trim()).filter(Boolean).map((displayValue) => ({ optionId: `dropdownItem.${code()}`, displayValue }));
    const dropdownDefinitionId = `kix.${code()}`;
    await this.insert((location) => [{ createDropdownDefinition: { tabId: this.saver.tabId, dropdownDefinition: { dropdownDefinitionId, dropdownDefinitionProperties: { title: data.get("title"), options } } } }, { insertDropdown: { location, dropdownDefinitionId } }]);
  }

  async table() {
    const number = (name, label, value) => field(label, make("input", { name, type: "number", min: 1, max: 20, value, required: true }));
    const data = await ask({ title: "Insert a table", yes: "Insert", body: make("div", { class: "pair" }, number("rows", "Rows", 3), number("columns", "Columns", 3)) });
    if (data) await this.insert((location) => [{ insertTable: { location, rows: Number(data.get("rows")), columns: Number(data.get("columns")) } }], 4);
  }

  async row(request, more = {}) {
    const spot = await this.ready();
    if (!spot) return;
    const { cell } = spot.paragraph;
    if (!cell) { toast("Put the caret into a table first."); return; }
    const tableCellLocation = { tableStartLocation: this.saver.at(spot.paragraph, cell.startIndex), rowIndex: cell.rowIndex, columnIndex: cell.columnIndex };
    await this.saver.apply([{ [request]: { tableCellLocation, ...more } }], request === "insertTableRow" ? spot.focus : undefined);
  }
}

/** A paragraph with the newline that ends it. */
const whole = (saver, paragraph) => saver.range(paragraph, 0, paragraph.text.length + 1);

async function askDay(day) {
  const data = await ask({ title: "Date", yes: "Insert", body: field("Day", make("input", { name: "day", type: "date", value: day, required: true })) });
  return data?.get("day");
}
