// Charts of a tab, drawn by Plotly, which is installed beside the Workspace and loaded only where there is a chart.
import { call, make } from "./api.js";
import { rangeName } from "./a1.js";

const SCRIPT = "/_face/plotly.min.js";
let loading;

function plotly() {
  loading ||= new Promise((loaded, failed) => {
    document.head.append(make("script", { src: SCRIPT, onload: () => loaded(window.Plotly), onerror: () => failed(new Error("Charts are drawn by Plotly, which is not installed here: pip install plotly.")) }));
  });
  return loading;
}

export async function drawCharts(place, view) {
  const charts = view.sheet.charts || [];
  if (!charts.length) return;
  const titles = new Map(view.book.sheets.map(({ properties }) => [properties.sheetId || 0, properties.title]));
  for (const chart of charts) {
    const box = make("figure", { class: "chart" }, make("figcaption", {}, chart.spec.title || "Chart"));
    place.append(box);
    try {
      const [traces, layout] = await described(chart.spec, view, titles);
      const drawing = make("div", { role: "img", "aria-label": spoken(chart.spec, traces) });
      box.append(drawing);
      const size = chart.position?.overlayPosition || {};
      await (await plotly()).newPlot(drawing, traces, { ...layout, width: size.widthPixels || 600, height: size.heightPixels || 371, margin: { t: 20, l: 60, r: 20, b: 60 }, font: { size: 12 } }, { displaylogo: false, displayModeBar: false, staticPlot: true });
    } catch (error) { box.append(make("p", { class: "hint" }, error.message)); }
  }
}

async function described(spec, view, titles) {
  const read = (data) => column(data, view, titles);
  if (spec.pieChart) {
    const [labels, values] = await Promise.all([read(spec.pieChart.domain), read(spec.pieChart.series)]);
    const first = headingRows(labels, values);
    return [[{ type: "pie", labels: labels.slice(first), values: values.slice(first), hole: spec.pieChart.pieHole || 0 }], {}];
  }
  const basic = spec.basicChart;
  if (!basic) throw new Error("This kind of chart is kept, but not drawn here.");
  const domain = await read(basic.domains?.[0]?.domain);
  const series = await Promise.all((basic.series || []).map((one) => read(one.series)));
  const head = basic.headerCount ?? (series.length ? headingRows(domain, series[0]) : 0);
  const lying = basic.chartType === "BAR";
  const traces = series.map((values, index) => {
    const x = domain.slice(head);
    const y = values.slice(head);
    return { name: head ? String(values[0]) : `Series ${index + 1}`, ...look(basic.series[index].type || basic.chartType), ...(lying ? { x: y, y: x, orientation: "h" } : { x, y }) };
  });
  const titleOf = (position) => ({ title: { text: basic.axis?.find((axis) => axis.position === position)?.title || "" }, automargin: true });
  const stacked = basic.stackedType && basic.stackedType !== "NOT_STACKED";
  return [traces, { barmode: stacked ? "stack" : "group", xaxis: titleOf("BOTTOM_AXIS"), yaxis: { ...titleOf("LEFT_AXIS"), ...(lying ? { autorange: "reversed" } : {}) }, showlegend: traces.length > 1 }];
}

function look(type) {
  if (type === "LINE") return { type: "scatter", mode: "lines+markers" };
  if (type === "AREA" || type === "STEPPED_AREA") return { type: "scatter", mode: "lines", fill: "tozeroy" };
  if (type === "SCATTER") return { type: "scatter", mode: "markers" };
  return { type: "bar" };
}

/** Without a count of headings, a first row whose value is text above numbers is one. */
const headingRows = (labels, values) => (typeof values[0] === "string" && typeof values[1] === "number" ? 1 : 0);

async function column(data, view, titles) {
  const sources = data?.sourceRange?.sources || [];
  const parts = await Promise.all(sources.map(async (source) => {
    const where = encodeURIComponent(rangeName(titles.get(source.sheetId || 0), source));
    const found = await call(view.person, `${view.path}/values/${where}?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING`);
    const rows = found.values || [];
    return (source.endRowIndex ?? 0) - (source.startRowIndex ?? 0) === 1 ? rows[0] || [] : rows.map((row) => row[0] ?? "");
  }));
  return parts.flat();
}

function spoken(spec, traces) {
  const what = traces.map(({ name, x, y, labels, values, orientation }) => {
    const names = labels || (orientation === "h" ? y : x);
    const numbers = values || (orientation === "h" ? x : y);
    return `${name ? `${name}: ` : ""}${names.map((one, index) => `${one} ${numbers[index]}`).join(", ")}`;
  });
  return `${spec.altText || spec.title || "Chart"}. ${what.join("; ")}`;
}
