// Filters: the basic filter of a tab, a filter view that one person looks through, and slicers. All hide rows by the same rules.
import { make } from "./api.js";
import { ask } from "./dialog.js";

/** The filter that is looked through: the filter view chosen, or the tab's own. */
export function filterOf(view) {
  return (view.sheet.filterViews || []).find((one) => one.filterViewId === view.seenThrough) || view.sheet.basicFilter;
}

/** Put a filter over what the tab holds, or take it away. */
export function toggleFilter(view) {
  const sheetId = view.sheet.properties.sheetId;
  if (view.sheet.basicFilter) return view.change({ clearBasicFilter: { sheetId } });
  const headings = Math.max(1, view.sheet.properties.gridProperties.frozenRowCount || 1);
  const width = Math.max(...view.rows.map((row) => (row.values || []).findLastIndex((cell) => cell.formattedValue) + 1), 1);
  return view.change({ setBasicFilter: { filter: { range: { sheetId, startRowIndex: headings - 1, endRowIndex: view.rows.length, startColumnIndex: 0, endColumnIndex: width } } } });
}

export function filterButton(view, row, column) {
  const filter = filterOf(view);
  const area = filter?.range;
  if (!area || row !== (area.startRowIndex || 0) || column < (area.startColumnIndex || 0) || column >= (area.endColumnIndex ?? Infinity)) return undefined;
  const heading = view.cell(row, column)?.formattedValue || "this column";
  const criteria = criteriaOf(filter)[column];
  const act = async () => {
    const asked = await askFilter(view, { range: area, column, heading, hidden: criteria?.hiddenValues || [], sortable: true });
    if (asked) await view.change(changed(view, filter, column, asked));
  };
  return make("button", { type: "button", class: `filter ${criteria ? "active" : ""}`, "aria-label": `Filter by ${heading}`, "aria-haspopup": "dialog", onclick: act }, "▾");
}

/** Whether a row is to be seen under the filter looked through and the slicers of the tab; rows outside of their ranges always are. */
export function isSeen(view, row) {
  const filter = filterOf(view);
  const slicers = (view.sheet.slicers || []).map(({ spec }) => ({ range: spec.dataRange, criteria: { [(spec.dataRange?.startColumnIndex || 0) + (spec.columnIndex || 0)]: spec.filterCriteria || {} } }));
  return passes(view, row, filter?.range, filter ? criteriaOf(filter) : {}) && slicers.every(({ range, criteria }) => passes(view, row, range, criteria));
}

function passes(view, row, { startRowIndex = 0, endRowIndex = Infinity } = {}, criteria) {
  if (row <= startRowIndex || row >= endRowIndex) return true;
  return Object.entries(criteria).every(([column, { hiddenValues = [], condition }]) => {
    const cell = view.cell(row, Number(column));
    return !hiddenValues.includes(cell?.formattedValue || "") && (!condition || holds(condition, cell));
  });
}

/** Rows in the order of a filter view; the basic filter has sorted the cells themselves. */
export function inOrder(view, lines) {
  const filter = filterOf(view);
  if (!view.seenThrough || !filter?.sortSpecs?.length) return lines;
  const { startRowIndex = 0, endRowIndex = Infinity } = filter.range;
  const inside = (row) => row > startRowIndex && row < endRowIndex;
  const value = (row, column) => { const { numberValue, stringValue } = view.cell(row, column)?.effectiveValue || {}; return numberValue ?? stringValue; };
  const compare = (one, other) => filter.sortSpecs.reduce((order, { dimensionIndex = 0, sortOrder }) => order || against(value(one, dimensionIndex), value(other, dimensionIndex)) * (sortOrder === "DESCENDING" ? -1 : 1), 0);
  const sorted = lines.filter(inside).sort(compare);
  return lines.map((row) => (inside(row) ? sorted.shift() : row));
}

function against(one, other) {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
}

/** The same criteria are told twice by the API, as a map and as a list. */
function criteriaOf({ criteria, filterSpecs = [] }) {
  return criteria || Object.fromEntries(filterSpecs.map((one) => [one.columnIndex || 0, one.filterCriteria || {}]));
}

function holds({ type, values = [] }, cell) {
  const text = (cell?.formattedValue || "").toLowerCase();
  const number = cell?.effectiveValue?.numberValue;
  const [wanted = "", second = ""] = values.map((one) => (one.userEnteredValue || "").toLowerCase());
  const least = Number(wanted);
  const compared = {
    NUMBER_GREATER: number > least, NUMBER_GREATER_THAN_EQ: number >= least, NUMBER_LESS: number < least, NUMBER_LESS_THAN_EQ: number <= least, NUMBER_EQ: number === least, NUMBER_NOT_EQ: number !== least,
    NUMBER_BETWEEN: number >= least && number <= Number(second), NUMBER_NOT_BETWEEN: !(number >= least && number <= Number(second)),
  };
  const said = { BLANK: text === "", NOT_BLANK: text !== "", TEXT_EQ: text === wanted, TEXT_NOT_EQ: text !== wanted, TEXT_CONTAINS: text.includes(wanted), TEXT_NOT_CONTAINS: !text.includes(wanted), TEXT_STARTS_WITH: text.startsWith(wanted), TEXT_ENDS_WITH: text.endsWith(wanted) };
  return compared[type] ?? said[type] ?? true;
}

function valuesIn(view, { startRowIndex = 0, endRowIndex }, column) {
  const rows = view.rows.slice(startRowIndex + 1, endRowIndex);
  return [...new Set(rows.map((row) => row.values?.[column]?.formattedValue || ""))].sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
}

/** "all", or how many of the values are shown. */
export function shownOf(view, range, column, hidden) {
  const all = valuesIn(view, range, column);
  const shown = all.filter((one) => !hidden.includes(one)).length;
  return shown === all.length ? "all" : `${shown} of ${all.length}`;
}

/** Asks which values to show; resolves to {hidden, sort} or to undefined. */
export async function askFilter(view, { range, column, heading, hidden, sortable = false }) {
  const boxes = valuesIn(view, range, column).map((value) => make("label", { class: "tick" }, make("input", { type: "checkbox", name: "shown", value, checked: !hidden.includes(value) }), ` ${value || "(empty)"}`));
  const all = (on) => boxes.forEach((label) => { label.firstChild.checked = on; });
  const button = (word, act) => make("button", { type: "button", class: "button small", onclick: act }, word);
  const sort = make("label", { class: "field" }, make("span", {}, "Sort"), make("select", { name: "sort" }, [["", "As it is"], ["ASCENDING", "A to Z"], ["DESCENDING", "Z to A"]].map(([value, words]) => make("option", { value }, words))));
  const data = await ask({ title: `Show rows by ${heading}`, yes: "Show these", body: [sortable ? sort : "", make("div", { class: "buttons" }, button("All", () => all(true)), button("None", () => all(false))), make("div", { class: "ticks" }, boxes)] });
  return data && { hidden: boxes.map((label) => label.firstChild).filter((box) => !box.checked).map((box) => box.value), sort: data.get("sort") };
}

function changed(view, filter, column, { hidden, sort }) {
  const { filterSpecs, criteria, ...rest } = filter;
  const { [column]: before, ...others } = criteriaOf(filter);
  const all = hidden.length || before?.condition ? { ...others, [column]: { ...(before?.condition ? { condition: before.condition } : {}), ...(hidden.length ? { hiddenValues: hidden } : {}) } } : others;
  const next = { ...rest, criteria: all, ...(sort ? { sortSpecs: [{ dimensionIndex: column, sortOrder: sort }] } : {}) };
  return filter.filterViewId ? { updateFilterView: { filter: next, fields: "criteria,sortSpecs" } } : { setBasicFilter: { filter: next } };
}
