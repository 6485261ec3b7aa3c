// A block copied out of another spreadsheet, put where the selected cell is, as if each value were typed.
import { send, toast } from "./api.js";
import { cellName, quoted } from "./a1.js";

/** Rows and columns of a copied block: tabs between cells, quotes round cells with line breaks in them. */
export function block(text) {
  const rows = [[""]];
  let quotedCell = false;
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at];
    const row = rows.at(-1);
    if (quotedCell && sign === '"' && plain[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
    else if (sign === '"' && (quotedCell || row.at(-1) === "")) quotedCell = !quotedCell;
    else if (quotedCell || !"\t\n".includes(sign)) row[row.length - 1] += sign;
    else if (sign === "\t") row.push("");
    else rows.push([""]);
  }
  return rows;
}

/** What is pasted while the sheet is looked at goes to its selected cell; one value into a field stays in the field. */
export function takePastes(view) {
  document.addEventListener("paste", (copied) => {
    const text = copied.clipboardData.getData("text/plain");
    const field = copied.target.closest?.("input, textarea, [contenteditable]");
    if (field && !(view.table?.contains(field) && /[\t\n]/.test(text))) return;
    copied.preventDefault();
    field?.blur();
    paste(view, text);
  });
}

/** Writes the block; a tab that is too small for it grows, as it does on Google's page. */
async function paste(view, text) {
  // Into the tab that was asked for, not one that is still seen.
  if (!view.arrived) await view.ready;
  if (!view.table?.isConnected) return;
  const values = block(text);
  const [row, column] = view.at;
  const { sheetId, title, gridProperties } = view.sheet.properties;
  const missing = { ROWS: row + values.length - gridProperties.rowCount, COLUMNS: column + Math.max(...values.map((line) => line.length)) - gridProperties.columnCount };
  const requests = Object.entries(missing).filter(([, length]) => length > 0).map(([dimension, length]) => ({ appendDimension: { sheetId, dimension, length } }));
  const where = `${quoted(title)}!${cellName(row, column)}`;
  try {
    if (requests.length) await send(view.person, `${view.path}:batchUpdate`, "POST", { requests });
    await send(view.person, `${view.path}/values/${encodeURIComponent(where)}?valueInputOption=USER_ENTERED`, "PUT", { values });
  } catch (error) { toast(error.message); }
  await view.show();
}
