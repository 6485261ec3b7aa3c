// Typing into one cell: an input in its place, with the choices the cell offers; Enter and Tab go on, Escape leaves it as it was.
import { call, make } from "./api.js";
import { cellName } from "./a1.js";
import { entered, offersChoices } from "./cells.js";

/** `done(value, rows, columns)` is told what to keep and where to go on, or nothing when it stays as it was. */
export async function editCell(view, node, spec, begun, done) {
  const list = offersChoices(spec);
  const input = make("input", { "aria-label": `Value of ${cellName(...view.at)}`, autocomplete: "off", list: list ? "choices" : undefined });
  const before = entered(spec);
  const looks = [...node.childNodes];
  view.typing = true;
  input.value = begun ?? (list ? "" : before);
  let over = false;
  const end = (kept, rows = 0, columns = 0) => {
    if (over) return;
    over = true;
    view.typing = false;
    const changed = kept && input.value !== before && !(list && begun === undefined && input.value === "");
    const held = document.activeElement === input;
    node.replaceChildren(...(changed ? [input.value] : looks));
    if (held) node.focus();
    if (changed) done(input.value, rows, columns);
    else done(undefined, rows, columns);
  };
  input.addEventListener("keydown", (key) => {
    key.stopPropagation();
    if (key.key === "Enter") end(true, 1, 0);
    if (key.key === "Tab") { key.preventDefault(); end(true, 0, key.shiftKey ? -1 : 1); }
    if (key.key === "Escape") end(false);
  });
  input.addEventListener("blur", () => end(true));
  const offered = make("datalist", { id: "choices" });
  node.replaceChildren(input, list ? offered : "");
  input.focus();
  if (!list) return;
  input.placeholder = before;
  input.addEventListener("change", () => end(true));
  offered.replaceChildren(...(await choices(view, spec)).map((one) => make("option", { value: one })));
  // A browser may refuse to open the list by itself; arrow down opens it then.
  try { input.showPicker(); } catch { /* it stays closed */ }
}

async function choices(view, { dataValidation: { condition: { type, values = [] } } }) {
  const told = values.map((one) => one.userEnteredValue);
  if (type === "ONE_OF_LIST") return told;
  const where = (told[0] || "").replace(/^=/, "").replaceAll("$", "");
  const answer = await call(view.person, `${view.path}/values/${encodeURIComponent(where)}`).catch(() => ({}));
  return [...new Set((answer.values || []).flat().filter(Boolean))];
}
