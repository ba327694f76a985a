import { CsvError, parse } from 'csv-parse/sync';
import type { ImportedBalanceInput } from '../../schema.generated.ts';
import type { GivenRow } from '../domain/opening-balance.ts';

/** A text with more than this is not looked at. */
const CSV_CHARACTERS_MAX = 1_000_000;
const COLUMNS = ['member', 'points', 'expiresOn', 'price'];

/** Rows as they were given. */
export const givenRows = (rows: readonly ImportedBalanceInput[]): GivenRow[] =>
  rows.map(({ row, member, points, expiresOn, price }) => ({
    line: row,
    member,
    points,
    expiresOn: expiresOn ?? '',
    price,
  }));

/** The rows of a CSV text with a heading, numbered from `firstRow`; or what is wrong with the text. */
export function csvRows(csv: string, firstRow: number): GivenRow[] | Readonly<{ problem: string }> {
  if (csv.length > CSV_CHARACTERS_MAX) return { problem: `over ${CSV_CHARACTERS_MAX} characters` };
  let lines: string[][];
  try {
    lines = parse(csv, { bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof CsvError) return { problem: error.message };
    throw error;
  }
  const [heading = [], ...rest] = lines;
  const missing = COLUMNS.filter((column) => !heading.includes(column));
  if (missing.length > 0) return { problem: missing.join(', ') };
  const at = (values: readonly string[], column: string) => values[heading.indexOf(column)] ?? '';
  return rest.map((values, index) => ({
    line: firstRow + index,
    member: at(values, 'member'),
    points: at(values, 'points'),
    expiresOn: at(values, 'expiresOn'),
    price: at(values, 'price'),
  }));
}
