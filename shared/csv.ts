/** What a cell can hold. Null is an empty cell. */
export type Cell = string | number | null;

/** A program that opens a CSV takes a text that begins with one of these for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table as CSV by RFC 4180: rows end with CR LF, and what holds a comma, a quote or an end of line is
 * quoted. A text that could be taken for a formula gets an apostrophe in front, which such programs take
 * for the mark of a text; numbers stay as they are.
 */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
