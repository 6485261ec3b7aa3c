// The numbers of lists: letters, roman numerals, or digits.

/** `number` as a glyph type of the Docs API writes it. */
export function numeral(number, kind) {
  const upper = kind.startsWith("UPPER");
  const text = kind.endsWith("ALPHA") ? String.fromCharCode(96 + (((number - 1) % 26) + 1)) : kind.endsWith("ROMAN") ? roman(number) : kind === "ZERO_DECIMAL" && number < 10 ? `0${number}` : String(number);
  return upper ? text.toUpperCase() : text;
}

function roman(number) {
  const parts = [[1000, "m"], [900, "cm"], [500, "d"], [400, "cd"], [100, "c"], [90, "xc"], [50, "l"], [40, "xl"], [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]];
  let left = number;
  let text = "";
  for (const [value, letters] of parts) while (left >= value) { text += letters; left -= value; }
  return text;
}
