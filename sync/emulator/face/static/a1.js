// Cells by letters and numbers: (0, 0) is A1.

export const letters = (index) => (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
export const cellName = (row, column) => `${letters(column)}${row + 1}`;
export const quoted = (title) => `'${title.replaceAll("'", "''")}'`;

/** A GridRange of a tab with this title as A1; ends that are open stay open. */
export function rangeName(title, { startRowIndex = 0, endRowIndex, startColumnIndex = 0, endColumnIndex }) {
  const last = `${endColumnIndex === undefined ? "" : letters(endColumnIndex - 1)}${endRowIndex ?? ""}`;
  return `${quoted(title)}!${cellName(startRowIndex, startColumnIndex)}${last ? `:${last}` : ""}`;
}
