import { parse } from 'csv-parse/sync';
import { columnsOf, type Mapping, mappingFor } from './mapping.ts';
import { type Line, type Reading, readLines } from './read-lines.ts';
import { Unusable } from './unusable.ts';

/** The values of one row by column, and where it stood. `values` is null for a row that is damaged. */
export type FileRecord = Readonly<{
  /** The line of the file on which it begins, from 1. */
  row: number;
  /** Its place among the rows, from 1: the heading and empty lines do not count. */
  ordinal: number;
  values: ReadonlyMap<string, string> | null;
}>;

/** How many lines a quoted value may span. Past that the quote is taken for a slip of one line. */
const QUOTED_LINES_MAX = 20;

/**
 * Finds the mapping for a file when none is given: that of our own whose columns its first line has.
 * Throws Unusable, which shows the columns found.
 */
export async function guessMapping(file: string): Promise<Mapping> {
  for await (const { text } of readLines(file, 'utf-8')) {
    const object = jsonValues(text);
    const header = object === null ? headerOf(text, ',') : [...object.keys()];
    const mapping = mappingFor(header);
    if (mapping === null) throw new Unusable('MAPPING_NEEDED', { file, columns: shown(header) });
    return object === null ? mapping : { ...mapping, format: 'jsonl' };
  }
  throw new Unusable('FILE_EMPTY', { file });
}

/** Reads the rows of a file as a stream. Throws Unusable when its columns are not those mapped. */
export async function* readRecords(
  file: string,
  mapping: Mapping,
  reading?: Reading,
): AsyncGenerator<FileRecord> {
  const lines = readLines(file, mapping.encoding, reading);
  const { format, delimiter } = mapping;
  let header = mapping.header ?? null;
  if (header !== null) checkHeader(file, mapping, header);
  let ordinal = 0;
  const rows = format === 'csv' ? csvRows(lines, delimiter) : plainRows(lines, format);
  for await (const { row, values } of rows) {
    if (format === 'jsonl') {
      ordinal += 1;
      yield { row, ordinal, values: values === null ? null : jsonValues(values[0] ?? '') };
    } else if (header === null) {
      header = (values ?? []).map((name) => name.trim());
      checkHeader(file, mapping, header);
    } else {
      ordinal += 1;
      yield { row, ordinal, values: zipped(header, values) };
    }
  }
  if (ordinal === 0 && header === null) throw new Unusable('FILE_EMPTY', { file });
}

function checkHeader(file: string, mapping: Mapping, header: readonly string[]): void {
  const missing = columnsOf(mapping).filter((name) => !header.includes(name));
  if (missing.length === 0) return;
  throw new Unusable('COLUMNS_MISSING', {
    file,
    missing: missing.join(', '),
    columns: shown(header),
  });
}

/** A heading as it is shown in a message: it may be anything. */
const shown = (header: readonly string[]): string =>
  header
    .map((name) => name.replaceAll(/[^\P{C}\n]/gu, '?').slice(0, 40))
    .slice(0, 20)
    .join(', ');

const headerOf = (text: string, delimiter: string): string[] =>
  (splitCsv(text, delimiter) ?? [text]).map((name) => name.trim());

function zipped(
  header: readonly string[],
  values: readonly string[] | null,
): ReadonlyMap<string, string> | null {
  if (values === null || values.length !== header.length) return null;
  return new Map(header.map((name, index) => [name, values[index] ?? '']));
}

type Row = Readonly<{ row: number; values: readonly string[] | null }>;

async function* plainRows(
  lines: AsyncIterable<Line>,
  format: Mapping['format'],
): AsyncGenerator<Row> {
  for await (const { number, text } of lines) {
    const trimmed = text.trim();
    if (trimmed !== '') {
      yield { row: number, values: format === 'jsonl' ? [trimmed] : trimmed.split(/\s+/) };
    }
  }
}

/**
 * Rows of CSV. A quote that is opened and not closed would swallow the rest of the file, so it may
 * span a few lines only: then the line with the slip is damaged, and reading goes on after it.
 */
async function* csvRows(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<Row> {
  let open: Line[] = [];

  function* attempt(isLast: boolean): Generator<Row> {
    while (open.length > 0) {
      const [first] = open as [Line];
      if (first.text.trim() === '') {
        open = open.slice(1);
        continue;
      }
      // Only the newest line can have closed the quote, unless a damaged line was just dropped.
      const row = closedRow(open, delimiter);
      if (row !== null) {
        yield { row: first.number, values: row.values };
        open = open.slice(row.lines);
      } else if (isLast || open.length > QUOTED_LINES_MAX) {
        yield { row: first.number, values: null };
        open = open.slice(1);
      } else return;
    }
  }

  for await (const line of lines) {
    open.push(line);
    yield* attempt(false);
  }
  yield* attempt(true);
}

/**
 * The row that the first lines make, by the fewest of them that close every quote; else null. A stray
 * quote within one line is taken as it stands; several lines are one row only by the letter of CSV,
 * or a slip would pass the lines after it off as one value.
 */
function closedRow(
  lines: readonly Line[],
  delimiter: string,
): { values: readonly string[]; lines: number } | null {
  for (let count = 1; count <= lines.length; count += 1) {
    const text = lines
      .slice(0, count)
      .map((line) => line.text)
      .join('\n');
    const values = splitCsv(text, delimiter, count === 1);
    if (values !== null) return { values, lines: count };
  }
  return null;
}

/** The values of one row; null while a quote is open. */
function splitCsv(text: string, delimiter: string, isLenient = true): readonly string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const [values] = parse(text, { delimiter, relax_quotes: isLenient, relax_column_count: true });
    return values ?? [];
  } catch {
    return null;
  }
}

function jsonValues(text: string): ReadonlyMap<string, string> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    return new Map(
      Object.entries(value)
        .filter(([, part]) => ['string', 'number', 'boolean'].includes(typeof part))
        .map(([name, part]) => [name, String(part)]),
    );
  } catch {
    return null;
  }
}
