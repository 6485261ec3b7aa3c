// One cell as Sheets shows it: the formatted value in its effective format.
import { make } from "./api.js";

const SIDES = ["top", "right", "bottom", "left"];
const LINES = { DOTTED: "1px dotted", DASHED: "1px dashed", SOLID_MEDIUM: "2px solid", SOLID_THICK: "3px solid", DOUBLE: "3px double" };

/** `after` is the cell to the right, which a long text may run over; `band` a colour that lies under a cell without one of its own. */
export function cellNode(spec = {}, { after = {}, band } = {}) {
  const made = make("td", { role: "gridcell", tabindex: "-1" }, inside(spec));
  // Looks as the person asked for; what conditional rules add comes with the effective format.
  const { textFormat = {}, backgroundColor, horizontalAlignment, verticalAlignment, wrapStrategy, borders } = spec.effectiveFormat || {};
  const style = made.style;
  if (textFormat.bold) style.fontWeight = "600";
  if (textFormat.italic) style.fontStyle = "italic";
  const lines = [textFormat.underline && "underline", textFormat.strikethrough && "line-through"].filter(Boolean).join(" ");
  if (lines) style.textDecoration = lines;
  if (textFormat.fontSize && textFormat.fontSize !== 10) style.fontSize = `${textFormat.fontSize * 1.3}px`;
  if (textFormat.foregroundColor && Object.keys(textFormat.foregroundColor).length) style.color = colour(textFormat.foregroundColor);
  const paint = backgroundColor && !isWhite(backgroundColor) ? backgroundColor : band || backgroundColor;
  if (paint) style.backgroundColor = colour(paint);
  if (horizontalAlignment) style.textAlign = horizontalAlignment.toLowerCase();
  if (verticalAlignment) style.verticalAlign = verticalAlignment.toLowerCase();
  if (wrapStrategy === "WRAP") made.classList.add("wrap");
  else if (wrapStrategy !== "CLIP" && horizontalAlignment !== "RIGHT" && spec.formattedValue && !after.formattedValue) made.classList.add("spill");
  for (const side of SIDES) if (borders?.[side]?.style) style[`border-${side}`] = `${LINES[borders[side].style] || "1px solid"} ${colour(borders[side].color || {})}`;
  if (spec.note) { made.title = spec.note; made.classList.add("noted"); }
  return made;
}

function inside(spec) {
  if (spec.hyperlink) return make("a", { href: spec.hyperlink, tabindex: "-1" }, spec.formattedValue || spec.hyperlink);
  if (spec.dataValidation?.condition?.type === "BOOLEAN") return make("span", { class: "tickbox" }, spec.effectiveValue?.boolValue ? "☑" : "☐");
  if (offersChoices(spec) && spec.dataValidation.showCustomUi !== false) return make("span", { class: `choice ${spec.formattedValue ? "" : "empty"}` }, spec.formattedValue || "");
  return spec.formattedValue || "";
}

const isWhite = ({ red = 0, green = 0, blue = 0 }) => red === 1 && green === 1 && blue === 1;
export const colour = ({ red = 0, green = 0, blue = 0 }) => `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(" ")})`;

/** What somebody typed into a cell, as they would type it again. */
export function entered(spec = {}) {
  const { formulaValue, stringValue, numberValue, boolValue } = spec.userEnteredValue || {};
  if (formulaValue !== undefined) return formulaValue;
  if (stringValue !== undefined) return stringValue;
  if (boolValue !== undefined) return String(boolValue).toUpperCase();
  return numberValue === undefined ? "" : spec.formattedValue || String(numberValue);
}

/** Whether a cell has a list of choices. */
export const offersChoices = (spec = {}) => ["ONE_OF_LIST", "ONE_OF_RANGE"].includes(spec.dataValidation?.condition?.type);
