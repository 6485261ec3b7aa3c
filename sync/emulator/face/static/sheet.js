// A spreadsheet: a tab's cells with their formats, typed into as by hand; frozen rows, filters, what floats over the cells.
import { call, make, send, toast, whenChanged } from "./api.js";
import { cellName, letters, quoted } from "./a1.js";
import { bandColour } from "./bands.js";
import { editCell } from "./celledit.js";
import { cellNode, colour, entered } from "./cells.js";
import { confirmed } from "./dialog.js";
import { filterButton, filterOf, inOrder, isSeen, toggleFilter } from "./filters.js";
import { drawAlone, drawFloating, reachOf } from "./floating.js";
import { extent, freeze, HEADER, mergeMap } from "./sheetgrid.js";
import { handsOff, refill } from "./hands.js";
import { takePastes } from "./paste.js";
import { sign } from "./signs.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export async function showSheet(place, person, id, wanted) {
  const book = await call(person, `/v4/spreadsheets/${id}?includeGridData=false`);
  const view = new SheetView(place, person, id, book);
  takePastes(view);
  await view.show(wanted === undefined ? undefined : Number(wanted));
  whenChanged(person, id, () => view.untouched, () => view.again());
  return book;
}

class SheetView {
  constructor(place, person, id, book) {
    Object.assign(this, { place, person, id, book, at: [0, 0], guarded: new Set(), turn: 0, typing: false, stale: false });
    this.name = make("output", { class: "cell-name", "aria-label": "Selected cell" });
    this.line = make("input", { class: "formula", "aria-label": "Value or formula of the selected cell", autocomplete: "off", onkeydown: (key) => { if (key.key === "Enter") { this.write(this.line.value); this.select(...this.at); } } });
    this.bar = make("div", { class: "bar" });
    this.formula = make("div", { class: "formula-bar", hidden: true }, this.name, this.line);
    this.through = make("div", { class: "view-bar", hidden: true });
    this.frame = make("div");
    this.strip = make("div", { class: "tabs", role: "group", "aria-label": "Sheet tabs" });
    place.replaceChildren(this.bar, this.formula, this.through, this.frame, this.strip);
  }

  get path() { return `/v4/spreadsheets/${this.id}`; }

  /** Nothing is being typed, so the cells may be drawn anew. */
  get untouched() { return !this.typing && !document.querySelector("dialog[open], .formula:focus"); }

  /** Whether the tab that was asked for is the one that is drawn. */
  get arrived() { return this.sheet !== undefined && this.sheet.properties.sheetId === this.wanted; }

  /** Show a tab as it is now: the one asked for last, if none is given. `ready` is when it is drawn. */
  show(wanted = this.wanted, always = true) {
    this.wanted = wanted;
    this.ready = this.look(always);
    return this.ready;
  }

  /** Of several looks only the last one is drawn, and none under somebody's hands: what is typed draws it when it is done. */
  async look(always) {
    const turn = this.turn += 1;
    const tabs = this.book.sheets.filter((one) => !one.properties.hidden);
    const tab = tabs.find((one) => one.properties.sheetId === this.wanted) || tabs[0];
    this.wanted = tab.properties.sheetId;
    const alone = tab.properties.sheetType === "OBJECT";
    const found = alone ? tab : (await call(this.person, `${this.path}?includeGridData=true&ranges=${encodeURIComponent(quoted(tab.properties.title))}`)).sheets[0];
    await handsOff();
    if (turn !== this.turn) return this.ready;
    if (this.typing || !(always || this.untouched)) { this.stale = true; return undefined; }
    await this.put(found, tabs, alone);
    return undefined;
  }

  async put(found, tabs, alone) {
    if (found.properties.sheetId !== this.sheet?.properties.sheetId) { this.at = undefined; this.seenThrough = undefined; }
    const scrolled = this.at && this.frame && [this.frame.scrollLeft, this.frame.scrollTop];
    this.sheet = found;
    this.stale = false;
    this.draw(tabs, alone);
    if (scrolled) this.frame.scrollTo(...scrolled);
    await (alone ? drawAlone : drawFloating)(this.frame, this);
  }

  async again() {
    this.book = await call(this.person, `${this.path}?includeGridData=false`);
    await this.show(undefined, false);
    return !this.stale;
  }

  cell(row, column) { return this.rows[row]?.values?.[column]; }

  draw(tabs, alone) {
    const focused = Boolean(this.table?.contains(document.activeElement));
    this.rows = this.sheet.data?.[0]?.rowData || [];
    const frame = make("div", { class: "sheet-frame" }, alone ? "" : this.grid());
    this.frame.replaceWith(frame);
    this.frame = frame;
    this.formula.hidden = alone;
    refill(this.bar, this.heading(alone));
    this.drawThrough();
    this.drawTabs(tabs);
    if (alone) return;
    freeze(this.table, this.sheet.properties.gridProperties, this.lines, this.columns);
    this.select(...this.at, focused);
  }

  heading(alone) {
    const title = make("h1", {}, this.book.properties.title);
    return alone ? [title] : [title, this.views(), make("button", { type: "button", class: "button", "aria-pressed": String(Boolean(this.sheet.basicFilter)), onclick: () => toggleFilter(this) }, "Filter")];
  }

  /** Filter views: each person looks through one without changing what others see. */
  views() {
    const views = this.sheet.filterViews || [];
    if (!views.length) return "";
    const select = make("select", { class: "button", "aria-label": "Filter view", onchange: () => this.lookThrough(Number(select.value) || undefined) },
      make("option", { value: "" }, "All rows"), views.map((one) => make("option", { value: one.filterViewId, selected: one.filterViewId === this.seenThrough }, one.title)));
    return select;
  }

  drawThrough() {
    const chosen = this.seenThrough && filterOf(this);
    this.through.hidden = !chosen;
    refill(this.through, chosen ? [make("span", {}, "Filter view: ", make("b", {}, chosen.title)), make("button", { type: "button", class: "icon-button", "aria-label": "Leave the filter view", onclick: () => this.lookThrough() }, sign("close"))] : []);
  }

  lookThrough(id) {
    this.seenThrough = id;
    return this.show();
  }

  drawTabs(tabs) {
    refill(this.strip, tabs.map(({ properties: { sheetId, title, tabColor } }) => make("button", {
      type: "button", "data-sheet": sheetId, "aria-current": sheetId === this.wanted ? "page" : undefined, onclick: () => this.show(sheetId),
    }, title, tabColor ? make("i", { style: `background:${colour(tabColor)}` }) : "")));
    requestAnimationFrame(() => this.strip.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
  }

  grid() {
    const { properties, data = [{}], merges = [] } = this.sheet;
    const { rowMetadata = [], columnMetadata = [] } = data[0];
    const { lines, columns } = extent(this.sheet, reachOf(this.sheet));
    this.columns = columns;
    this.lines = inOrder(this, lines.filter((index) => isSeen(this, index)));
    this.at ||= [this.lines[0] ?? 0, columns[0] ?? 0];
    const widths = columns.map((index) => columnMetadata[index]?.pixelSize || 100);
    const covered = mergeMap(merges);
    const filtered = this.lines.length < lines.length ? "filtered" : undefined;
    const table = make("table", { class: `sheet ${properties.gridProperties.hideGridlines ? "unlined" : ""}`, role: "grid", "aria-label": properties.title, style: `width:${HEADER + widths.reduce((sum, one) => sum + one, 0)}px` },
      make("colgroup", {}, make("col", { style: `width:${HEADER}px` }), widths.map((one) => make("col", { style: `width:${one}px` }))),
      make("thead", {}, make("tr", { role: "row" }, make("th", { "aria-label": "Rows" }), columns.map((index) => make("th", { scope: "col" }, letters(index))))),
      make("tbody", {}, this.lines.map((row) => make("tr", { role: "row", style: `height:${rowMetadata[row]?.pixelSize || 21}px` }, make("th", { scope: "row", class: filtered }, String(row + 1)), columns.map((column) => this.node(row, column, covered))))));
    table.addEventListener("keydown", (key) => this.key(key));
    table.addEventListener("click", (click) => this.click(click));
    table.addEventListener("dblclick", (click) => { if (click.target.closest("td") && !click.target.closest("input")) this.edit(); });
    this.table = table;
    return table;
  }

  node(row, column, covered) {
    const merge = covered.get(`${row} ${column}`);
    if (merge === "under") return "";
    const td = cellNode(this.cell(row, column), { after: this.cell(row, column + 1), band: bandColour(this.sheet, row, column) });
    td.dataset.at = `${row} ${column}`;
    if (merge) { td.colSpan = merge.columns; td.rowSpan = merge.rows; }
    const filter = filterButton(this, row, column);
    if (filter) td.append(filter);
    return td;
  }

  td(row, column) { return this.table.querySelector(`td[data-at="${row} ${column}"]`); }

  select(row, column, focus = true) {
    const node = this.td(row, column);
    if (!node) return;
    const before = this.table.querySelector("td.selected");
    before?.classList.remove("selected");
    before?.setAttribute("tabindex", "-1");
    before?.removeAttribute("aria-selected");
    this.at = [row, column];
    node.classList.add("selected");
    node.setAttribute("tabindex", "0");
    node.setAttribute("aria-selected", "true");
    if (focus) node.focus();
    this.name.textContent = cellName(row, column);
    if (document.activeElement !== this.line) this.line.value = entered(this.cell(row, column));
  }

  step(rows, columns) {
    const row = this.lines[clamp(this.lines.indexOf(this.at[0]) + rows, this.lines.length)];
    const column = this.columns[clamp(this.columns.indexOf(this.at[1]) + columns, this.columns.length)];
    this.select(row, column);
  }

  click({ target }) {
    const td = target.closest("td");
    if (!td || target.closest("a, button, input")) return;
    this.select(...position(td));
    if (target.closest(".tickbox")) this.tick();
    else if (target.closest(".choice")) this.edit();
  }

  key(key) {
    if (key.target.tagName !== "TD") return;
    if (ARROWS[key.key]) { key.preventDefault(); this.step(...ARROWS[key.key]); }
    else if (key.key === "Enter" || key.key === "F2") { key.preventDefault(); this.edit(); }
    else if (key.key === "Delete" || key.key === "Backspace") { key.preventDefault(); this.write(""); }
    else if (key.key === " " && key.target.querySelector(".tickbox")) { key.preventDefault(); this.tick(); }
    else if (key.key.length === 1 && !key.ctrlKey && !key.metaKey && !key.altKey) { key.preventDefault(); this.edit(key.key); }
  }

  tick() { return this.write(this.cell(...this.at)?.effectiveValue?.boolValue ? "FALSE" : "TRUE"); }

  edit(begun) {
    return editCell(this, this.td(...this.at), this.cell(...this.at), begun, (value, rows, columns) => {
      if (value !== undefined) this.write(value, rows, columns);
      else if (rows || columns) this.step(rows, columns);
      if (this.stale) this.show();
    });
  }

  /** Type a value into the selected cell, as by hand, and go on so many rows and columns: at once, since the next key may follow. */
  async write(value, rows = 0, columns = 0) {
    const { sheet, at } = this;
    const where = `${quoted(sheet.properties.title)}!${cellName(...at)}`;
    if (rows || columns) this.step(rows, columns);
    try {
      if (await this.mayWrite(sheet, at)) await send(this.person, `${this.path}/values/${encodeURIComponent(where)}?valueInputOption=USER_ENTERED`, "PUT", { values: [[value]] });
    } catch (error) { toast(error.message); }
    await this.show();
  }

  /** Parts that are protected with a warning are asked about once; parts that are closed, the Workspace refuses itself. */
  async mayWrite(sheet, [row, column]) {
    const part = (sheet.protectedRanges || []).find(({ range = {}, warningOnly }) => warningOnly && row >= (range.startRowIndex || 0) && row < (range.endRowIndex ?? Infinity) && column >= (range.startColumnIndex || 0) && column < (range.endColumnIndex ?? Infinity));
    if (!part || this.guarded.has(part.protectedRangeId)) return true;
    const yes = await confirmed("Heads up!", `You are about to change a part of this sheet that should not be changed by accident. ${part.description || ""}`, "Change it");
    if (yes) this.guarded.add(part.protectedRangeId);
    return yes;
  }

  async change(...requests) {
    try {
      await send(this.person, `${this.path}:batchUpdate`, "POST", { requests });
    } catch (error) { toast(error.message); }
    await this.show();
  }
}

const clamp = (index, length) => Math.max(0, Math.min(length - 1, index));
const position = (td) => td.dataset.at.split(" ").map(Number);
