// The shape of a tab's grid: which rows and columns are drawn, what is merged, what stays while the rest is scrolled.

/** Width of the column with the row numbers, in pixels. */
export const HEADER = 46;
const SPARE_ROWS = 15;
const SPARE_COLUMNS = 2;

/** Indexes of the rows and columns to draw: what is filled, some to spare, and enough to lie under what floats. */
export function extent({ properties, data = [{}] }, reach) {
  const { rowData = [], rowMetadata = [], columnMetadata = [] } = data[0] || {};
  const { rowCount = 0, columnCount = 0 } = properties.gridProperties || {};
  const width = Math.max(5, ...rowData.map((row) => (row.values || []).findLastIndex((one) => one.formattedValue || one.userEnteredFormat || one.userEnteredValue) + 1));
  const hidden = (one) => one?.hiddenByUser || one?.hiddenByFilter;
  return {
    columns: range(Math.min(columnCount, Math.max(width + SPARE_COLUMNS, reach.columns))).filter((index) => !hidden(columnMetadata[index])),
    lines: range(Math.min(rowCount, Math.max(rowData.length + SPARE_ROWS, reach.rows))).filter((index) => !hidden(rowMetadata[index])),
  };
}

const range = (count) => Array.from({ length: count }, (_, index) => index);

/** "row column" -> {rows, columns} of a merge, or "under" for the cells that it covers. */
export function mergeMap(merges) {
  const found = new Map();
  for (const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } of merges) {
    for (let row = startRowIndex; row < endRowIndex; row += 1) for (let column = startColumnIndex; column < endColumnIndex; column += 1) found.set(`${row} ${column}`, "under");
    found.set(`${startRowIndex} ${startColumnIndex}`, { rows: endRowIndex - startRowIndex, columns: endColumnIndex - startColumnIndex });
  }
  return found;
}

/** Frozen rows and columns stay where they are while the rest is scrolled. */
export function freeze(table, { frozenRowCount = 0, frozenColumnCount = 0 }, lines, columns) {
  const rows = [...table.tBodies[0].rows];
  let top = table.tHead.offsetHeight;
  lines.forEach((row, index) => {
    if (row >= frozenRowCount) return;
    for (const cell of rows[index].cells) {
      cell.style.top = `${top}px`;
      // Above the frozen columns, which pass under the headings; the corner, frozen both ways, is above all.
      cell.style.zIndex = cell.tagName === "TH" || columns[cell.cellIndex - 1] < frozenColumnCount ? 8 : 7;
      cell.classList.add("frozen");
    }
    top += rows[index].offsetHeight;
  });
  for (const row of rows) {
    let left = HEADER;
    columns.forEach((column, index) => {
      const cell = row.cells[index + 1];
      if (column >= frozenColumnCount || !cell) return;
      cell.style.left = `${left}px`;
      cell.classList.add("frozen");
      left += cell.offsetWidth;
    });
  }
}
