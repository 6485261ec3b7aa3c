// A spreadsheet: a tab's cells with their formats, typed into as by hand; frozen rows, filters, charts.
import { call, make, send, toast, whenChanged } from "./api.js";
import { cellName, letters, quoted } from "./a1.js";
import { cellNode, choices, entered } from "./cells.js";
import { drawCharts } from "./charts.js";
import { filterButton, isSeen, toggleFilter } from "./filters.js";

const HEADER = 46;
const SPARE_ROWS = 15;
const SPARE_COLUMNS = 2;
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export async function showSheet(place, person, id, wanted) {
  const book = await call(person, `/v4/spreadsheets/${id}?includeGridData=false`);
  const view = new SheetView(place, person, id, book);
  await view.show(wanted === undefined ? undefined : Number(wanted));
  whenChanged(person, id, () => view.untouched, () => view.again());
  return book;
}

class SheetView {
  constructor(place, person, id, book) {
    Object.assign(this, { place, person, id, book, at: [0, 0] });
  }

  get path() { return `/v4/spreadsheets/${this.id}`; }

  /** Nothing is being typed, so the cells may be drawn anew. */
  get untouched() { return !document.querySelector("td input, dialog[open], .formula:focus"); }

  async show(wanted = this.sheet?.properties.sheetId, always = true) {
    const tabs = this.book.sheets.filter((one) => !one.properties.hidden && one.properties.sheetType !== "OBJECT");
    const tab = tabs.find((one) => one.properties.sheetId === wanted) || tabs[0];
    const data = await call(this.person, `${this.path}?includeGridData=true&ranges=${encodeURIComponent(quoted(tab.properties.title))}`);
    if (!always && !this.untouched) return;
    if (tab.properties.sheetId !== this.sheet?.properties.sheetId) this.at = undefined;
    this.sheet = data.sheets[0];
    this.draw(tabs);
    await drawCharts(this.place.querySelector(".charts"), this);
  }

  async again() {
    this.book = await call(this.person, `${this.path}?includeGridData=false`);
    await this.show(undefined, false);
  }

  cell(row, column) { return this.rows[row]?.values?.[column]; }

  draw(tabs) {
    const { properties, data = [{}], merges = [] } = this.sheet;
    const { rowData = [], rowMetadata = [], columnMetadata = [] } = data[0];
    const grid = properties.gridProperties;
    const focused = Boolean(this.table?.contains(document.activeElement));
    this.rows = rowData;
    const width = Math.max(1, ...rowData.map((row) => (row.values || []).findLastIndex((one) => one.formattedValue || one.userEnteredFormat || one.userEnteredValue) + 1));
    const hidden = (one) => one?.hiddenByUser || one?.hiddenByFilter;
    const count = (used, spare, all) => Math.min(all, used + spare);
    this.columns = range(count(Math.max(width, 5), SPARE_COLUMNS, grid.columnCount)).filter((index) => !hidden(columnMetadata[index]));
    this.lines = range(count(rowData.length, SPARE_ROWS, grid.rowCount)).filter((index) => !hidden(rowMetadata[index]) && isSeen(this, index));
    if (!this.at) this.at = [this.lines[0] ?? 0, this.columns[0] ?? 0];
    const widths = this.columns.map((index) => columnMetadata[index]?.pixelSize || 100);
    const covered = mergeMap(merges);
    const table = make("table", { class: "sheet", role: "grid", "aria-label": properties.title, style: `width:${HEADER + widths.reduce((sum, one) => sum + one, 0)}px` },
      make("colgroup", {}, make("col", { style: `width:${HEADER}px` }), widths.map((one) => make("col", { style: `width:${one}px` }))),
      make("thead", {}, make("tr", { role: "row" }, make("th", { "aria-label": "Rows" }), this.columns.map((index) => make("th", { scope: "col" }, letters(index))))),
      make("tbody", {}, this.lines.map((row) => make("tr", { role: "row", style: `height:${rowMetadata[row]?.pixelSize || 21}px` }, make("th", { scope: "row" }, String(row + 1)), this.columns.map((column) => this.node(row, column, covered))))));
    table.addEventListener("keydown", (key) => this.key(key));
    table.addEventListener("click", (click) => { const td = click.target.closest("td"); if (td && !click.target.closest("a, button, input")) this.select(...position(td)); });
    table.addEventListener("dblclick", (click) => { const td = click.target.closest("td"); if (td) this.edit(); });
    this.table = table;
    this.name = make("output", { class: "cell-name", "aria-label": "Selected cell" });
    this.line = make("input", { class: "formula", "aria-label": "Value or formula of the selected cell", autocomplete: "off", onkeydown: (key) => { if (key.key === "Enter") this.write(this.line.value); } });
    this.place.replaceChildren(make("div", { class: "bar" }, make("h1", {}, this.book.properties.title), make("button", { type: "button", class: "button", "aria-pressed": String(Boolean(this.sheet.basicFilter)), onclick: () => toggleFilter(this) }, "Filter")),
      make("div", { class: "formula-bar" }, this.name, this.line), make("div", { class: "sheet-frame" }, table, make("div", { class: "charts" })),
      make("div", { class: "tabs", role: "group", "aria-label": "Sheet tabs" }, tabs.map((one) => make("button", {
        type: "button", "aria-current": one.properties.sheetId === properties.sheetId ? "page" : undefined, onclick: () => this.show(one.properties.sheetId),
      }, one.properties.title))));
    freeze(table, grid, this.lines, this.columns);
    this.select(...this.at, focused);
  }

  node(row, column, covered) {
    const merge = covered.get(`${row} ${column}`);
    if (merge === "under") return "";
    const td = cellNode(this.cell(row, column), this.cell(row, column + 1));
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
    this.name.textContent = cellName(row, column);
    this.line.value = entered(this.cell(row, column));
    if (focus) node.focus();
  }

  step(rows, columns) {
    const row = this.lines[clamp(this.lines.indexOf(this.at[0]) + rows, this.lines.length)];
    const column = this.columns[clamp(this.columns.indexOf(this.at[1]) + columns, this.columns.length)];
    this.select(row, column);
  }

  key(key) {
    if (key.target.tagName !== "TD") return;
    if (ARROWS[key.key]) { key.preventDefault(); this.step(...ARROWS[key.key]); }
    else if (key.key === "Enter" || key.key === "F2") { key.preventDefault(); this.edit(); }
    else if (key.key === "Delete" || key.key === "Backspace") { key.preventDefault(); this.write(""); }
    else if (key.key === " " && this.ticks()) { key.preventDefault(); this.write(this.cell(...this.at)?.effectiveValue?.boolValue ? "FALSE" : "TRUE"); }
    else if (key.key.length === 1 && !key.ctrlKey && !key.metaKey && !key.altKey) { key.preventDefault(); this.edit(key.key); }
  }

  ticks() { return this.cell(...this.at)?.dataValidation?.condition?.type === "BOOLEAN"; }

  edit(begun) {
    const node = this.td(...this.at);
    const spec = this.cell(...this.at);
    const list = choices(spec);
    const input = make("input", { "aria-label": `Value of ${cellName(...this.at)}`, autocomplete: "off", list: list ? "choices" : undefined });
    input.value = begun ?? entered(spec);
    let over = false;
    const end = (kept, rows = 0, columns = 0) => {
      if (over) return;
      over = true;
      if (kept && input.value !== entered(spec)) this.write(input.value, rows, columns);
      else { this.show(); }
    };
    input.addEventListener("keydown", (key) => {
      key.stopPropagation();
      if (key.key === "Enter") end(true, 1, 0);
      if (key.key === "Tab") { key.preventDefault(); end(true, 0, key.shiftKey ? -1 : 1); }
      if (key.key === "Escape") end(false);
    });
    input.addEventListener("blur", () => end(true));
    node.replaceChildren(input, list ? make("datalist", { id: "choices" }, list.map((one) => make("option", { value: one }))) : "");
    input.focus();
  }

  /** Type a value into the selected cell, as by hand, and go on so many rows and columns. */
  async write(value, rows = 0, columns = 0) {
    const where = `${quoted(this.sheet.properties.title)}!${cellName(...this.at)}`;
    try {
      await send(this.person, `${this.path}/values/${encodeURIComponent(where)}?valueInputOption=USER_ENTERED`, "PUT", { values: [[value]] });
    } catch (error) { toast(error.message); }
    await this.show();
    this.step(rows, columns);
  }

  async change(...requests) {
    try {
      await send(this.person, `${this.path}:batchUpdate`, "POST", { requests });
    } catch (error) { toast(error.message); }
    await this.show();
  }
}

const range = (count) => Array.from({ length: count }, (_, index) => index);
const clamp = (index, length) => Math.max(0, Math.min(length - 1, index));
const position = (td) => td.dataset.at.split(" ").map(Number);

function mergeMap(merges) {
  const found = new Map();
  for (const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } of merges) {
    for (let row = startRowIndex; row < endRowIndex; row += 1) for (let column = startColumnIndex; column < endColumnIndex; column += 1) found.set(`${row} ${column}`, "under");
    found.set(`${startRowIndex} ${startColumnIndex}`, { rows: endRowIndex - startRowIndex, columns: endColumnIndex - startColumnIndex });
  }
  return found;
}

/** Frozen rows and columns stay where they are while the rest is scrolled. */
function freeze(table, { frozenRowCount = 0, frozenColumnCount = 0 }, lines, columns) {
  const rows = [...table.tBodies[0].rows];
  let top = table.tHead.offsetHeight;
  lines.forEach((row, index) => {
    if (row >= frozenRowCount) return;
    for (const cell of rows[index].cells) {
      cell.style.top = `${top}px`;
      // Above the frozen columns, which pass under the headings; the corner, frozen both ways, is above all.
      cell.style.zIndex = cell.tagName === "TH" || columns[cell.cellIndex - 1] < frozenColumnCount ? 4 : 3;
      cell.classList.add("frozen");
    }
    top += rows[index].offsetHeight;
  });
  for (const row of rows) {
    let left = HEADER;
    columns.forEach((column, index) => {
      const cell = row.cells[index + 1];
      if (column >= frozenColumnCount || !cell) return;
      cell.style.left = `${left}px`;
      cell.classList.add("frozen");
      left += cell.offsetWidth;
    });
  }
}
