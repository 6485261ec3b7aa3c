// A Doc: its tabs, what stands in the one shown, and a toolbar for whoever may write in it.
import { call, make, whenChanged } from "./api.js";
import { Pages } from "./docrender.js";
import { Saver } from "./docsave.js";
import { tabList } from "./doctabs.js";
import { putCaret } from "./doctext.js";
import { Toolbar } from "./doctools.js";
import { namesByEmail } from "./people.js";

export async function showDoc(place, person, id, wanted) {
  const [names, file] = await Promise.all([namesByEmail(), call(person, `/drive/v3/files/${id}?fields=capabilities/canEdit`)]);
  const view = new DocView(place, person, id, names, Boolean(file.capabilities?.canEdit));
  const doc = await view.show(wanted);
  whenChanged(person, id, () => view.untouched, () => view.again());
  return doc;
}

class DocView {
  constructor(place, person, id, names, writable) {
    Object.assign(this, { place, person, id, names, writable });
  }

  /** Nobody stands in the text, so it may be drawn anew. */
  get untouched() { return !this.place.querySelector("article")?.contains(document.activeElement) && !document.querySelector("dialog[open]"); }

  read() { return call(this.person, `/v1/documents/${this.id}?includeTabsContent=true`); }

  async show(wanted = this.tabId, focus) {
    return this.draw(await this.read(), wanted, focus);
  }

  async again() {
    await this.saver.waiting;
    const doc = await this.read();
    // Somebody may have begun to type while it was read.
    if (this.untouched) this.draw(doc, this.tabId);
  }

  draw(doc, wanted, focus) {
    const tabs = flat(doc.tabs || []);
    const tab = tabs.find((one) => one.tabProperties.tabId === wanted) || tabs[0];
    this.tabId = tab.tabProperties.tabId;
    this.saver = new Saver(this.person, doc, this.tabId, { reload: (to) => this.show(this.tabId, to), lost: (text, reason) => this.lost(text, reason) });
    const tools = this.writable && new Toolbar(this.saver, { names: this.names, tab: tab.documentTab });
    const paper = make("article", { class: "doc", "aria-label": tab.tabProperties.title }, new Pages(tab.documentTab, { names: this.names, saver: this.saver, tools }).all());
    const top = this.place.scrollTop;
    this.place.replaceChildren(make("div", { class: "bar" }, make("h1", {}, doc.title), tools ? "" : make("span", { class: "hint" }, "To read only")), tools ? tools.node : "",
      make("div", { class: "losses", role: "alert" }), make("div", { class: "doc-frame" }, tabList(tabs, tab, this), paper));
    this.place.scrollTop = top;
    if (focus) this.focus(focus);
    return doc;
  }

  focus({ index, to = index, segmentId }) {
    const found = this.saver.paragraphs.find((one) => one.segmentId === segmentId && one.start <= index && index <= one.start + one.text.length);
    if (found) putCaret(found.node, index - found.start, Math.min(to - found.start, found.text.length));
  }

  lost(text, reason) {
    this.place.querySelector(".losses")?.append(make("div", { class: "problems" }, make("b", {}, "This could not be kept. "), reason, text ? make("p", {}, "What you typed, to copy: ", make("q", {}, text.replaceAll("\uFFFC", "…"))) : ""));
  }
}

const flat = (tabs) => tabs.flatMap((tab) => [tab, ...flat(tab.childTabs || [])]);
