// What lies over the cells of a tab: charts, drawn by Plotly where there are any, and slicers.
import { make } from "./api.js";
import { figure } from "./charts.js";
import { askFilter, shownOf } from "./filters.js";

const SCRIPT = "/_face/plotly.min.js";
const USUAL = { widthPixels: 600, heightPixels: 371 };
const TITLE = 44;
let loading;

function plotly() {
  loading ||= new Promise((loaded, failed) => {
    document.head.append(make("script", { src: SCRIPT, onload: () => loaded(window.Plotly), onerror: () => failed(new Error("Charts are drawn by Plotly, which is not installed here: pip install plotly.")) }));
  });
  return loading;
}

/** How many rows and columns of the usual size the grid needs, to lie under everything that floats. */
export function reachOf(sheet) {
  const places = [...(sheet.charts || []), ...(sheet.slicers || [])].map((one) => one.position?.overlayPosition).filter(Boolean);
  const reach = (cell, offset, size, each) => (cell || 0) + Math.ceil(((offset || 0) + size) / each) + 2;
  return {
    rows: Math.max(0, ...places.map((at) => reach(at.anchorCell?.rowIndex, at.offsetYPixels, at.heightPixels || USUAL.heightPixels, 21))),
    columns: Math.max(0, ...places.map((at) => reach(at.anchorCell?.columnIndex, at.offsetXPixels, at.widthPixels || USUAL.widthPixels, 100))),
  };
}

/** Put everything that floats over `frame`, the scrolled place of the grid. */
export async function drawFloating(frame, view) {
  for (const slicer of view.sheet.slicers || []) frame.append(slicerNode(slicer, view));
  for (const chart of view.sheet.charts || []) {
    const at = { ...USUAL, ...chart.position?.overlayPosition };
    const box = make("figure", { class: "chart over" }, make("figcaption", {}, chart.spec.title || "Chart"), chart.spec.subtitle ? make("small", {}, chart.spec.subtitle) : "");
    frame.append(placed(box, at, view));
    await drawn(box, chart.spec, view, at);
  }
}

/** A tab that is nothing but a chart. */
export async function drawAlone(place, view) {
  for (const { spec } of view.sheet.charts || []) {
    const box = make("figure", { class: "chart alone" }, make("figcaption", {}, spec.title || "Chart"));
    place.append(box);
    await drawn(box, spec, view, { widthPixels: 800, heightPixels: 480 });
  }
}

async function drawn(box, spec, view, { widthPixels, heightPixels }) {
  try {
    const { traces, layout, words } = await figure(spec, view);
    const drawing = make("div", { role: "img", "aria-label": words });
    box.append(drawing);
    if (!traces.length) drawing.append(make("p", { class: "nothing" }, "Nothing to draw yet."));
    else await (await plotly()).newPlot(drawing, traces, { ...layout, width: widthPixels - 26, height: heightPixels - TITLE }, { displaylogo: false, displayModeBar: false, staticPlot: true });
  } catch (error) { box.append(make("p", { class: "hint" }, error.message)); }
}

function placed(node, at, view) {
  const { rowIndex = 0, columnIndex = 0 } = at.anchorCell || {};
  const row = view.lines.find((one) => one >= rowIndex) ?? view.lines.at(-1) ?? 0;
  const column = view.columns.find((one) => one >= columnIndex) ?? view.columns.at(-1) ?? 0;
  const cell = view.td(row, column);
  const { frozenColumnCount = 0, frozenRowCount = 0 } = view.sheet.properties.gridProperties;
  // What is anchored in frozen cells lies over them; everything else passes under them.
  if (columnIndex < frozenColumnCount) node.style.zIndex = 6;
  if (rowIndex < frozenRowCount) node.style.zIndex = 8;
  node.style.left = `${(cell?.offsetLeft || 0) + (at.offsetXPixels || 0)}px`;
  node.style.top = `${(cell?.offsetTop || 0) + (at.offsetYPixels || 0)}px`;
  node.style.width = `${at.widthPixels}px`;
  if (node.tagName === "FIGURE") node.style.height = `${at.heightPixels}px`;
  return node;
}

/** A slicer hides rows as a filter does, for everybody; `applyToPivotTables` has no meaning here. */
function slicerNode(slicer, view) {
  const { title, dataRange = {}, columnIndex = 0, filterCriteria = {} } = slicer.spec;
  const column = (dataRange.startColumnIndex || 0) + columnIndex;
  const heading = title || view.cell(dataRange.startRowIndex || 0, column)?.formattedValue || "Slicer";
  const act = async () => {
    const asked = await askFilter(view, { range: dataRange, column, heading, hidden: filterCriteria.hiddenValues || [] });
    if (asked) await view.change({ updateSlicerSpec: { slicerId: slicer.slicerId, spec: { filterCriteria: { hiddenValues: asked.hidden } }, fields: "filterCriteria" } });
  };
  const node = make("button", { type: "button", class: "slicer over", "aria-haspopup": "dialog", onclick: act }, make("b", {}, heading), ` · ${shownOf(view, dataRange, column, filterCriteria.hiddenValues || [])}`);
  return placed(node, { ...slicer.position?.overlayPosition, widthPixels: slicer.position?.overlayPosition?.widthPixels || 200 }, view);
}
