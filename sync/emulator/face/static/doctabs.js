// The tabs of a Doc at its side: shown, added, renamed, moved and deleted.
import { make } from "./api.js";
import { ask, confirmed, field, menuButton } from "./dialog.js";
import { sign } from "./signs.js";

/** `view` offers show(tabId), saver and writable. */
export function tabList(tabs, shown, view) {
  const row = (tab) => {
    const { tabId, title = "Tab", nestingLevel = 0, iconEmoji } = tab.tabProperties;
    return make("div", { class: tab === shown ? "current" : "", style: `margin-left:${14 * nestingLevel}px` },
      make("button", { type: "button", class: "tab", title, "aria-current": tab === shown ? "page" : undefined, onclick: () => view.saver.then(() => view.show(tabId)) }, iconEmoji ? `${iconEmoji} ` : "", title),
      view.writable && tab === shown ? options(tab, tabs, view) : "");
  };
  return make("nav", { class: "doc-tabs", "aria-label": "Document tabs" }, tabs.map(row), view.writable ? make("button", { type: "button", class: "button small plain", onclick: () => add(view) }, sign("plus"), "Add a tab") : "");
}

function options(tab, tabs, view) {
  const { tabId, title, index = 0, parentTabId } = tab.tabProperties;
  const siblings = tabs.filter((one) => one.tabProperties.parentTabId === parentTabId).length;
  const set = (properties) => view.saver.apply([{ updateDocumentTabProperties: { tabProperties: { tabId, ...properties }, fields: Object.keys(properties).join(",") } }]);
  return menuButton({ label: "Tab options", sign: sign("menu"), items: [
    { label: "Rename", act: async () => { const name = await askName("Rename the tab", title); if (name) set({ title: name }); } },
    { label: "Move up", disabled: index === 0, act: () => set({ index: index - 1 }) },
    { label: "Move down", disabled: index === siblings - 1, act: () => set({ index: index + 1 }) },
    { label: "Add a tab inside", act: () => add(view, tabId) },
    { label: "Delete", disabled: tabs.length === 1, act: async () => { if (await confirmed("Delete this tab?", `“${title}” and what is written in it will be gone.`, "Delete")) view.saver.apply([{ deleteTab: { tabId } }]); } },
  ] });
}

async function add(view, parentTabId) {
  const title = await askName("Add a tab", "");
  if (!title) return;
  const answer = await view.saver.then(() => view.saver.send([{ addDocumentTab: { tabProperties: { title, ...(parentTabId ? { parentTabId } : {}) } } }], ""));
  if (answer) await view.show(answer.replies[0].addDocumentTab.tabProperties.tabId);
}

async function askName(title, before) {
  const data = await ask({ title, body: field("Name", make("input", { name: "name", value: before, required: true, autocomplete: "off" })) });
  return data?.get("name").trim();
}
