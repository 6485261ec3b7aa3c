// The simple HTML that add-ons may use, rebuilt from an allow-list: nothing else of it reaches the page.

const ALLOWED = { B: "b", I: "i", U: "u", S: "s", STRONG: "b", EM: "i", FONT: "span", TIME: "time", BR: "br", A: "a" };

export function richText(html) {
  const out = document.createDocumentFragment();
  const parsed = new DOMParser().parseFromString(String(html).replaceAll("\n", "<br>"), "text/html");
  copy(parsed.body, out);
  return out;
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.textContent);
    if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE"].includes(node.tagName)) continue;
    const tag = ALLOWED[node.tagName];
    const made = tag ? document.createElement(tag) : document.createDocumentFragment();
    if (tag === "a" && /^(https?|mailto):/i.test(node.getAttribute("href") || "")) {
      made.href = node.getAttribute("href");
      made.target = "_blank";
      made.rel = "noopener";
    }
    if (node.tagName === "FONT" && /^#[0-9a-f]{3,6}$/i.test(node.getAttribute("color") || "")) made.style.color = node.getAttribute("color");
    copy(node, made);
    to.append(made);
  }
}
