// A Doc to read: its tabs, paragraphs, tables and chips, as documents.get returns them.
import { call, make } from "./api.js";
import { sign } from "./signs.js";

export async function showDoc(place, person, id, wanted) {
  const doc = await call(person, `/v1/documents/${id}?includeTabsContent=true`);
  const tabs = flat(doc.tabs || []);
  const tab = tabs.find((one) => one.tabProperties.tabId === wanted) || tabs[0];
  const paper = make("article", { class: "doc" }, blocks(tab.documentTab.body.content, tab.documentTab));
  const list = make("nav", { "aria-label": "Document tabs" }, tabs.map((one) => make("button", {
    type: "button", "aria-current": one === tab ? "page" : undefined, style: `padding-left:${10 + 14 * (one.tabProperties.nestingLevel || 0)}px`,
    onclick: () => showDoc(place, person, id, one.tabProperties.tabId),
  }, one.tabProperties.title || "Tab")));
  place.replaceChildren(make("h1", {}, doc.title), make("div", { class: "doc-frame" }, list, paper));
  return doc;
}

const flat = (tabs) => tabs.flatMap((tab) => [tab, ...flat(tab.childTabs || [])]);

function blocks(content, tab) {
  return (content || []).flatMap((element) => {
    if (element.paragraph) return [paragraph(element.paragraph, tab)];
    if (element.table) return [table(element.table, tab)];
    return [];
  });
}

function paragraph(spec, tab) {
  const style = spec.paragraphStyle?.namedStyleType || "NORMAL_TEXT";
  const level = { TITLE: "h1", SUBTITLE: "p", HEADING_1: "h1", HEADING_2: "h2", HEADING_3: "h3", HEADING_4: "h4", HEADING_5: "h5", HEADING_6: "h6" }[style];
  const inside = (spec.elements || []).map((element) => inline(element, tab));
  if (spec.bullet) return make("ul", { style: `margin-left:${18 * (spec.bullet.nestingLevel || 0)}px` }, make("li", {}, inside));
  return make(level || "p", {}, inside);
}

function inline(element, tab) {
  if (element.textRun) return run(element.textRun);
  if (element.person) return chip("person", element.person.personProperties.name || element.person.personProperties.email);
  if (element.dateElement) return chip("calendar", element.dateElement.dateElementProperties.displayText || "date");
  if (element.dropdown) return chip("dot", element.dropdown.dropdownProperties.displayValue || "Choose");
  if (element.richLink) return make("a", { class: "chip", href: element.richLink.richLinkProperties.uri }, element.richLink.richLinkProperties.title || element.richLink.richLinkProperties.uri);
  if (element.horizontalRule) return make("hr");
  return "";
}

function run({ content, textStyle = {} }) {
  const text = content.replace(/\n$/, "");
  let node = make("span", {}, text);
  if (textStyle.bold) node.style.fontWeight = "600";
  if (textStyle.italic) node.style.fontStyle = "italic";
  if (textStyle.underline) node.style.textDecoration = "underline";
  if (textStyle.link?.url) node = make("a", { href: textStyle.link.url }, node);
  return node;
}

const chip = (name, text) => make("span", { class: "chip" }, sign(name), ` ${text}`);

function table(spec, tab) {
  return make("table", {}, make("tbody", {}, spec.tableRows.map((row) => make("tr", {}, row.tableCells.map((cell) => make("td", {
    colspan: cell.tableCellStyle?.columnSpan > 1 ? cell.tableCellStyle.columnSpan : undefined, rowspan: cell.tableCellStyle?.rowSpan > 1 ? cell.tableCellStyle.rowSpan : undefined,
  }, blocks(cell.content, tab)))))));
}
