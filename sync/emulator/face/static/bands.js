// The colours that native tables and banding lay under cells which have none of their own.

/** {red, green, blue} for a cell of `sheet`, or undefined. */
export function bandColour(sheet, row, column) {
  for (const { range, rowsProperties } of sheet.tables || []) {
    const found = within(range, row, column) && ofRow(rowsProperties || {}, range, row);
    if (found) return found;
  }
  for (const { range, rowProperties } of sheet.bandedRanges || []) {
    const found = rowProperties && within(range, row, column) && ofRow(rowProperties, range, row);
    if (found) return found;
  }
  return undefined;
}

function within({ startRowIndex = 0, endRowIndex = Infinity, startColumnIndex = 0, endColumnIndex = Infinity }, row, column) {
  return row >= startRowIndex && row < endRowIndex && column >= startColumnIndex && column < endColumnIndex;
}

function ofRow(properties, { startRowIndex = 0, endRowIndex }, row) {
  const named = (name) => properties[`${name}Style`]?.rgbColor || properties[name];
  const header = named("headerColor");
  const footer = named("footerColor");
  if (header && row === startRowIndex) return header;
  if (footer && row === endRowIndex - 1) return footer;
  return (row - startRowIndex - (header ? 1 : 0)) % 2 ? named("secondBandColor") : named("firstBandColor");
}
