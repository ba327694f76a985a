import type { StateRow } from '../domain/state-rows.ts';

/** The rows of a table as they have to be, and what tells them apart. */
export type DueRows = Readonly<{
  table: string;
  key: readonly string[];
  rows: Iterable<StateRow>;
}>;

/** Says of each stored row what is wrong with it, and at the end which are missing. */
export class RowComparison {
  readonly #table: string;
  readonly #key: readonly string[];
  readonly #due = new Map<string, StateRow>();

  constructor({ table, key, rows }: DueRows) {
    this.#table = table;
    this.#key = key;
    for (const row of rows) this.#due.set(this.#textOf(row), row);
  }

  /** `isAllowed`: whether the row may be there although nothing asks for it. */
  take(stored: StateRow, isAllowed: (row: StateRow) => boolean = () => false): string[] {
    const text = this.#textOf(stored);
    const row = this.#due.get(text) ?? (isAllowed(stored) ? stored : undefined);
    this.#due.delete(text);
    if (row === undefined) return [`${this.#table} ${text}: is there, and should not be`];
    return Object.keys(stored)
      .filter((column) => !isSame(stored[column], row[column]))
      .map(
        (column) =>
          `${this.#table} ${text}: ${column} is ${stored[column]}, should be ${row[column]}`,
      );
  }

  missing(): string[] {
    return [...this.#due.keys()].map((text) => `${this.#table} ${text}: is missing`);
  }

  #textOf(row: StateRow): string {
    return this.#key.map((column) => row[column]).join(' ');
  }
}

/** All of a table, or of a part of it, that fits into memory. */
export function compareRows(due: DueRows, stored: Iterable<StateRow>): string[] {
  const comparison = new RowComparison(due);
  const problems = [...stored].flatMap((row) => comparison.take(row));
  return [...problems, ...comparison.missing()];
}

type Value = StateRow[string] | undefined;

/** Drivers give large integers as text. */
const isSame = (stored: Value, due: Value): boolean =>
  stored === null || due === null ? stored === due : String(stored) === String(due);
