// Typing into one paragraph: what its keys do, and when what was typed is kept.
import { caretIn, CHIP, FOOTHOLD, putCaret, shownText } from "./doctext.js";

const STYLES = { b: "bold", i: "italic", u: "underline" };

export function editable(node, paragraph, saver, tools) {
  const attributes = { contenteditable: "plaintext-only", role: "textbox", "aria-multiline": "true", "aria-label": paragraph.named === "NORMAL_TEXT" ? "Paragraph" : "Heading", spellcheck: "false" };
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (node.lastChild && paragraph.text.endsWith(CHIP)) node.append(FOOTHOLD);
  node.addEventListener("blur", () => saver.keep(paragraph));
  node.addEventListener("keydown", (key) => {
    const caret = caretIn(node);
    const held = key.ctrlKey || key.metaKey;
    const act = pressed(key, { caret, held, paragraph, saver, tools, text: shownText(node) });
    if (act) { key.preventDefault(); act(); }
  });
}

/** What a key does here, if it is not simply typed. */
function pressed({ key, shiftKey }, { caret, held, paragraph, saver, tools, text }) {
  const { node, bullet, joinable } = paragraph;
  const collapsed = getSelection().isCollapsed;
  if (held && STYLES[key]) return () => tools.toggle(STYLES[key]);
  if (key === "Enter" && !shiftKey) return bullet && text === "" ? () => tools.bullets() : () => saver.split(paragraph, caret ?? text.length);
  if (key === "Backspace" && caret === 0 && collapsed) {
    if (bullet) return () => tools.bullets();
    return joinable ? () => saver.join(paragraph) : undefined;
  }
  if (["ArrowDown", "ArrowRight"].includes(key) && caret === text.length) return neighbour(saver, paragraph, 1);
  if (["ArrowUp", "ArrowLeft"].includes(key) && caret === 0) return neighbour(saver, paragraph, -1);
  return key === "Escape" ? () => node.blur() : undefined;
}

function neighbour(saver, paragraph, step) {
  const next = saver.paragraphs[saver.paragraphs.indexOf(paragraph) + step];
  return next && (() => putCaret(next.node, step > 0 ? 0 : shownText(next.node).length));
}
