import { createHash } from 'node:crypto';
import type { FileRecord } from './read-records.ts';

/** After so many different rows no further ones are remembered: it is a notice, not a check. */
const REMEMBERED_MAX = 2_000_000;

/**
 * Notices rows that are the same as an earlier one. Without order numbers each of them is a purchase
 * of its own, and only the merchant can tell whether that is right.
 */
export class RepeatedRows {
  readonly #seen = new Map<string, number>();
  /** How many rows are the same as an earlier one. */
  rows = 0;
  /** How many different rows those are. */
  patterns = 0;

  /** Whether the row is the same as an earlier one. */
  isRepeated({ values }: FileRecord): boolean {
    if (values === null) return false;
    const text = JSON.stringify([...values.values()]);
    const key = createHash('sha256').update(text).digest('base64url').slice(0, 20);
    const times = this.#seen.get(key) ?? 0;
    if (times > 0 || this.#seen.size < REMEMBERED_MAX) this.#seen.set(key, times + 1);
    if (times === 1) this.patterns += 1;
    if (times > 0) this.rows += 1;
    return times > 0;
  }
}
