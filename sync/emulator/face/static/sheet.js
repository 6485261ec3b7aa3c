// A Sheet to read: one tab's cells with their formats, as spreadsheets.get returns them with grid data.
import { call, make } from "./api.js";

const letters = (index) => (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

export async function showSheet(place, person, id, wanted) {
  const book = await call(person, `/v4/spreadsheets/${id}?includeGridData=false`);
  const sheets = book.sheets.filter((sheet) => !sheet.properties.hidden);
  const sheet = sheets.find((one) => one.properties.sheetId === wanted) || sheets[0];
  const name = `'${sheet.properties.title.replaceAll("'", "''")}'`;
  const data = await call(person, `/v4/spreadsheets/${id}?includeGridData=true&ranges=${encodeURIComponent(name)}`);
  const grid = data.sheets[0].data?.[0] || {};
  const rows = grid.rowData || [];
  const width = Math.max(1, ...rows.map((row) => (row.values || []).length));
  const hidden = (grid.columnMetadata || []).map((column) => column.hiddenByUser);
  const columns = Array.from({ length: width }, (_, index) => index).filter((index) => !hidden[index]);
  const table = make("table", { class: "sheet" },
    make("thead", {}, make("tr", {}, make("th", {}), columns.map((index) => make("th", { scope: "col" }, letters(index))))),
    make("tbody", {}, rows.map((row, number) => make("tr", {}, make("th", { scope: "row" }, String(number + 1)), columns.map((index) => cell((row.values || [])[index]))))));
  place.replaceChildren(make("h1", {}, book.properties.title), make("div", { class: "sheet-frame", tabindex: "0", role: "region", "aria-label": "Cells" }, table),
    make("div", { class: "tabs", role: "group", "aria-label": "Sheet tabs" }, sheets.map((one) => make("button", {
      type: "button", "aria-current": one === sheet ? "page" : undefined, onclick: () => showSheet(place, person, id, one.properties.sheetId),
    }, one.properties.title))));
  return book;
}

function cell(spec = {}) {
  const made = make("td", {}, spec.formattedValue || "");
  const format = spec.effectiveFormat || spec.userEnteredFormat || {};
  const { textFormat = {}, backgroundColor, horizontalAlignment } = format;
  if (textFormat.bold) made.style.fontWeight = "600";
  if (textFormat.italic) made.style.fontStyle = "italic";
  if (textFormat.foregroundColor) made.style.color = colour(textFormat.foregroundColor);
  if (backgroundColor) made.style.background = colour(backgroundColor);
  if (horizontalAlignment) made.style.textAlign = horizontalAlignment.toLowerCase();
  return made;
}

const colour = ({ red = 0, green = 0, blue = 0 }) => `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(" ")})`;
