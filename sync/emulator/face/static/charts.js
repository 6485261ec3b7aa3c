// A chart of a spreadsheet as a Plotly figure: traces, layout, and the words that are read out in its place.
import { call } from "./api.js";
import { rangeName } from "./a1.js";
import { colour } from "./cells.js";

const PALETTE = ["#4285f4", "#ea4335", "#fbbc04", "#34a853", "#ff6d01", "#46bdc6", "#7baaf7", "#f07b72"];
const LEGENDS = {
  BOTTOM_LEGEND: { orientation: "h", x: 0.5, xanchor: "center", y: -0.16, yanchor: "top" }, TOP_LEGEND: { orientation: "h", x: 0.5, xanchor: "center", y: 1.02, yanchor: "bottom" },
  LEFT_LEGEND: { x: -0.12, xanchor: "right", y: 0.9 }, RIGHT_LEGEND: { x: 1.02, xanchor: "left", y: 0.9 },
};
const QUIET = { gridcolor: "#e6e8eb", zerolinecolor: "#9aa0a6", linecolor: "#9aa0a6", automargin: true };

/** -> {traces, layout, words}; throws with a sentence for a kind that is kept but not drawn. `view` knows person, path and book. */
export async function figure(spec, view) {
  const { traces, layout } = await (spec.pieChart ? pie(spec.pieChart, view) : basic(spec.basicChart, view));
  const common = { font: { family: "Roboto, Arial, sans-serif", size: 12, color: "#444746" }, margin: { t: 12, l: 48, r: 16, b: 40 }, colorway: PALETTE, paper_bgcolor: "#fff", plot_bgcolor: "#fff" };
  return { traces, layout: { ...common, ...layout }, words: spoken(spec, traces) };
}

async function pie({ domain, series, pieHole = 0, legendPosition }, view) {
  const [labels, values] = await Promise.all([column(domain, view), column(series, view)]);
  const head = headingRows(values);
  const labelled = legendPosition === "LABELED_LEGEND";
  const trace = { type: "pie", labels: labels.slice(head), values: values.slice(head), hole: pieHole, sort: false, direction: "clockwise", marker: { colors: PALETTE, line: { color: "#fff", width: 1 } }, textinfo: labelled ? "label+percent" : "percent" };
  return { traces: filled([trace.values]) ? [trace] : [], layout: legend(legendPosition || "RIGHT_LEGEND") };
}

async function basic(chart, view) {
  if (!chart) throw new Error("This kind of chart is kept, but not drawn here.");
  const { chartType, series = [], domains = [], axis = [], stackedType = "NOT_STACKED", legendPosition = "BOTTOM_LEGEND" } = chart;
  const [names, ...columns] = await Promise.all([domains[0]?.domain, ...series.map((one) => one.series)].map((data) => column(data, view)));
  const head = chart.headerCount ?? headingRows(columns[0] || []);
  const labels = names.slice(head);
  const lying = chartType === "BAR";
  const stacked = stackedType !== "NOT_STACKED";
  const traces = columns.map((values, index) => {
    const numbers = values.slice(head);
    const { type = chartType, targetAxis, colorStyle, color } = series[index];
    const own = colorStyle?.rgbColor || color;
    const paint = own ? { marker: { color: colour(own) }, line: { color: colour(own) } } : {};
    return { name: head ? String(values[0]) : `Series ${index + 1}`, ...look(type, stacked), ...paint, ...(targetAxis === "RIGHT_AXIS" ? { yaxis: "y2" } : {}), ...(lying ? { x: numbers, y: labels, orientation: "h" } : { x: labels, y: numbers }) };
  });
  const titled = (position) => ({ title: { text: axis.find((one) => one.position === position)?.title || "", standoff: 8 }, ...QUIET });
  const kinds = labels.some((one) => typeof one === "string") ? { type: "category" } : {};
  const [across, up] = lying ? [titled("BOTTOM_AXIS"), { ...titled("LEFT_AXIS"), ...kinds, autorange: "reversed" }] : [{ ...titled("BOTTOM_AXIS"), ...kinds, showgrid: false }, titled("LEFT_AXIS")];
  const right = traces.some((trace) => trace.yaxis) ? { yaxis2: { ...titled("RIGHT_AXIS"), overlaying: "y", side: "right", showgrid: false } } : {};
  const shown = { barmode: stacked ? "stack" : "group", barnorm: stackedType === "PERCENT_STACKED" ? "percent" : "", bargap: 0.35, xaxis: across, yaxis: up, ...right, ...legend(traces.length > 1 || chart.legendPosition ? legendPosition : "NO_LEGEND", Boolean(across.title.text)) };
  return { traces: filled(columns.map((values) => values.slice(head))) ? traces : [], layout: shown };
}

/** A legend below goes further down where the axis has a title. */
function legend(position, titled = false) {
  const place = LEGENDS[position];
  return { showlegend: Boolean(place), legend: place && { traceorder: "normal", ...place, ...(titled && position === "BOTTOM_LEGEND" ? { y: -0.3 } : {}) } };
}

const filled = (columns) => columns.some((values) => values.some((one) => typeof one === "number" && one !== 0));

function look(type, stacked) {
  if (type === "LINE") return { type: "scatter", mode: "lines+markers" };
  if (type === "AREA" || type === "STEPPED_AREA") return { type: "scatter", mode: "lines", ...(stacked ? { stackgroup: "one" } : { fill: "tozeroy" }), line: { shape: type === "AREA" ? "linear" : "hv" } };
  if (type === "SCATTER") return { type: "scatter", mode: "markers" };
  return { type: "bar" };
}

/** Without a count of headings, a first value that is text above numbers is one. */
const headingRows = (values) => (typeof values[0] === "string" && values.slice(1).some((one) => typeof one === "number") ? 1 : 0);

async function column(data, view) {
  const titles = new Map(view.book.sheets.map(({ properties }) => [properties.sheetId || 0, properties.title]));
  const parts = await Promise.all((data?.sourceRange?.sources || []).map(async (source) => {
    const where = encodeURIComponent(rangeName(titles.get(source.sheetId || 0), source));
    const { values = [] } = await call(view.person, `${view.path}/values/${where}?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING`);
    return (source.endRowIndex ?? 0) - (source.startRowIndex ?? 0) === 1 ? values[0] || [] : values.map((row) => row[0] ?? "");
  }));
  return parts.flat();
}

function spoken(spec, traces) {
  const what = traces.map(({ name, x, y, labels, values, orientation }) => {
    const names = labels || (orientation === "h" ? y : x);
    const numbers = values || (orientation === "h" ? x : y);
    return `${name ? `${name}: ` : ""}${names.map((one, index) => `${one} ${numbers[index] ?? 0}`).join(", ")}`;
  });
  return `${spec.altText || spec.title || "Chart"}. ${what.join("; ") || "Nothing to draw yet."}`;
}
