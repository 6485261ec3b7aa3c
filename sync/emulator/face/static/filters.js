// The basic filter: a button on each heading of its range; what is unticked hides its rows.
import { make } from "./api.js";

/** Put a filter over what the tab holds, or take it away. */
export function toggleFilter(view) {
  const sheetId = view.sheet.properties.sheetId;
  if (view.sheet.basicFilter) return view.change({ clearBasicFilter: { sheetId } });
  const headings = Math.max(1, view.sheet.properties.gridProperties.frozenRowCount || 1);
  const width = Math.max(...view.rows.map((row) => (row.values || []).findLastIndex((cell) => cell.formattedValue) + 1), 1);
  return view.change({ setBasicFilter: { filter: { range: { sheetId, startRowIndex: headings - 1, endRowIndex: view.rows.length, startColumnIndex: 0, endColumnIndex: width } } } });
}

export function filterButton(view, row, column) {
  const area = view.sheet.basicFilter?.range;
  if (!area || row !== (area.startRowIndex || 0) || column < (area.startColumnIndex || 0) || column >= (area.endColumnIndex ?? Infinity)) return undefined;
  const heading = view.cell(row, column)?.formattedValue || "this column";
  const active = hiddenValues(view, column).length > 0;
  return make("button", { type: "button", class: `filter ${active ? "active" : ""}`, "aria-label": `Filter by ${heading}`, "aria-haspopup": "dialog", onclick: () => ask(view, column, heading) }, "▾");
}

/** Whether a row of the range is to be seen under the filter's criteria; rows outside of it always are. */
export function isSeen(view, row) {
  const filter = view.sheet.basicFilter;
  const { startRowIndex = 0, endRowIndex = Infinity } = filter?.range || {};
  if (!filter || row <= startRowIndex || row >= endRowIndex) return true;
  return Object.entries(filter.criteria || {}).every(([column, criteria]) => {
    const cell = view.cell(row, Number(column));
    if ((criteria.hiddenValues || []).includes(cell?.formattedValue || "")) return false;
    return !criteria.condition || holds(criteria.condition, cell);
  });
}

function holds({ type, values = [] }, cell) {
  const text = (cell?.formattedValue || "").toLowerCase();
  const number = cell?.effectiveValue?.numberValue;
  const wanted = (values[0]?.userEnteredValue || "").toLowerCase();
  const compared = { NUMBER_GREATER: number > Number(wanted), NUMBER_GREATER_THAN_EQ: number >= Number(wanted), NUMBER_LESS: number < Number(wanted), NUMBER_LESS_THAN_EQ: number <= Number(wanted), NUMBER_EQ: number === Number(wanted), NUMBER_NOT_EQ: number !== Number(wanted) };
  const said = { BLANK: text === "", NOT_BLANK: text !== "", TEXT_EQ: text === wanted, TEXT_CONTAINS: text.includes(wanted), TEXT_NOT_CONTAINS: !text.includes(wanted), TEXT_STARTS_WITH: text.startsWith(wanted), TEXT_ENDS_WITH: text.endsWith(wanted) };
  return compared[type] ?? said[type] ?? true;
}

function hiddenValues(view, column) {
  const { criteria = {}, filterSpecs = [] } = view.sheet.basicFilter;
  return criteria[column]?.hiddenValues || filterSpecs.find((one) => (one.columnIndex || 0) === column)?.filterCriteria?.hiddenValues || [];
}

function ask(view, column, heading) {
  const { range } = view.sheet.basicFilter;
  const rows = view.rows.slice((range.startRowIndex || 0) + 1, range.endRowIndex);
  const values = [...new Set(rows.map((row) => row.values?.[column]?.formattedValue || ""))].sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
  const hidden = new Set(hiddenValues(view, column));
  const boxes = values.map((value) => make("label", { class: "tick" }, make("input", { type: "checkbox", value, checked: !hidden.has(value) }), ` ${value || "(empty)"}`));
  const all = (on) => boxes.forEach((label) => { label.firstChild.checked = on; });
  const button = (word, act) => make("button", { type: "button", class: "button", onclick: act }, word);
  const dialog = make("dialog", { "aria-labelledby": "filter-title" }, make("form", { method: "dialog" }, make("h2", { id: "filter-title" }, `Show rows by ${heading}`),
    make("div", { class: "buttons" }, button("All", () => all(true)), button("None", () => all(false))), make("div", { class: "ticks" }, boxes),
    make("div", { class: "buttons" }, make("button", { class: "button filled", value: "save" }, "Show these"), button("Close", () => dialog.close()))));
  dialog.addEventListener("close", () => {
    const unticked = boxes.filter((label) => !label.firstChild.checked).map((label) => label.firstChild.value);
    dialog.remove();
    if (dialog.returnValue === "save") view.change({ setBasicFilter: { filter: { ...withoutSpecs(view.sheet.basicFilter), criteria: { ...view.sheet.basicFilter.criteria, [column]: { hiddenValues: unticked } } } } });
  });
  document.body.append(dialog);
  dialog.showModal();
}

// The same criteria are told twice, as a map and as a list; sending both back is refused.
function withoutSpecs({ filterSpecs, ...rest }) { return rest; }
