// The text of a paragraph, as the Docs API counts it: UTF-16 units, one for each chip. JavaScript's own strings count so too.

export const CHIP = "\uFFFC";
/** Browsers put no caret behind a chip that ends a paragraph; behind this, which has no width, they do. */
export const FOOTHOLD = "\uFEFF";
const isChip = (node) => node.nodeType === Node.ELEMENT_NODE && node.dataset.chip !== undefined;

/** What the model holds: the runs and chips of a paragraph, without the newline that ends it. */
export function modelText(elements) {
  const length = (element) => element.endIndex - (element.startIndex || 0);
  return elements.map((element) => (element.textRun ? element.textRun.content : CHIP.repeat(length(element)))).join("").replace(/\n$/, "");
}

/** What the page holds now, after somebody has typed. */
export function shownText(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replaceAll(FOOTHOLD, "");
  if (isChip(node)) return CHIP.repeat(Number(node.dataset.chip));
  if (node.tagName === "BR") return node.nextSibling ? "\n" : "";
  return [...node.childNodes].map(shownText).join("");
}

/** How many units lie before a point in `root`: before `node`, or before `offset` in it. */
export function offsetOf(root, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(root);
  if (offset === undefined) before.setEndBefore(node); else before.setEnd(node, offset);
  return shownText(before.cloneContents()).length;
}

/** Where the caret stands, in the same units, or undefined when it is elsewhere. */
export function caretIn(root) {
  const { rangeCount, focusNode, focusOffset } = getSelection();
  return rangeCount && root.contains(focusNode) ? offsetOf(root, focusNode, focusOffset) : undefined;
}

/** What is selected in `root`, as {from, to}; the two are one where nothing is. */
export function selectedIn(root) {
  const to = caretIn(root);
  const { anchorNode, anchorOffset } = getSelection();
  const from = root.contains(anchorNode) ? offsetOf(root, anchorNode, anchorOffset) : to;
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

/** Select from `from` to `to`, or put the caret at `from`. */
export function putCaret(root, from, to = from) {
  root.focus();
  const [start, end] = [pointAt(root, from), pointAt(root, to)];
  if (start && end) getSelection().setBaseAndExtent(...start, ...end);
  else { getSelection().selectAllChildren(root); getSelection().collapseToEnd(); }
}

/** [node, offset] after so many units, or undefined where only chips end the paragraph. */
function pointAt(root, offset) {
  let left = offset;
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (left <= node.length) return [node, Math.max(0, left)];
      left -= node.length;
      return undefined;
    }
    if (isChip(node)) { left -= Number(node.dataset.chip); return undefined; }
    for (const child of node.childNodes) { const found = walk(child); if (found) return found; }
    return undefined;
  };
  return walk(root);
}

/** The one change that leads from `before` to `after`: {at, removed, added}. Surrogate pairs are never cut in two. */
export function difference(before, after) {
  let from = 0;
  const most = Math.min(before.length, after.length);
  while (from < most && before[from] === after[from]) from += 1;
  if (from && isHigh(before, from - 1)) from -= 1;
  let tail = 0;
  while (tail < most - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (tail && isLow(before, before.length - tail)) tail -= 1;
  return { at: from, removed: before.length - tail - from, added: after.slice(from, after.length - tail) };
}

const isHigh = (text, index) => { const code = text.charCodeAt(index); return code >= 0xd800 && code < 0xdc00; };
const isLow = (text, index) => { const code = text.charCodeAt(index); return code >= 0xdc00 && code < 0xe000; };
