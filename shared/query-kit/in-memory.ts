import type { Filter } from './list.ts';

/** A value of a key or an aggregate. Numbers and bigints of one column may meet. */
export type Value = string | number | bigint;

/** As both engines compare them: texts by the bytes of UTF-8, which is by code points. */
export function compareValue(a: Value, b: Value): number {
  if (typeof a !== 'string' || typeof b !== 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (a === b) return 0;
  // Only halves of a pair are out of order in UTF-16.
  if (HALF.test(a) || HALF.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

const HALF = /[\ud800-\udfff]/;

/** By the first value that differs. */
export function compareValues(a: readonly Value[], b: readonly Value[]): number {
  for (const [index, value] of a.entries()) {
    const by = compareValue(value, b[index] ?? value);
    if (by !== 0) return by;
  }
  return 0;
}

/**
 * Whether a row of integers is let through, as by the condition that `compileFilter` makes of the
 * same filter; it has to be asked first whether the filter can be used.
 */
export function isLetThrough(filter: Filter, read: (field: string) => Value): boolean {
  return Object.entries(filter).every(([name, part]) => {
    if (name === 'not') return !isLetThrough(part as Filter, read);
    if (name === 'and') return (part as Filter[]).every((one) => isLetThrough(one, read));
    if (name === 'or') return (part as Filter[]).some((one) => isLetThrough(one, read));
    const value = read(name);
    return Object.entries(part as Filter).every(([test, given]) => passes(test, value, given));
  });
}

function passes(test: string, value: Value, given: unknown): boolean {
  if (test === 'in' || test === 'notIn') {
    const isIn = (given as Value[]).some((one) => compareValue(value, one) === 0);
    return isIn === (test === 'in');
  }
  const by = compareValue(value, given as Value);
  const holds = comparisons[test];
  if (holds === undefined) throw new Error(`Broken invariant: integers have no test ${test}`);
  return holds(by);
}

const comparisons: Readonly<Record<string, (by: number) => boolean>> = {
  eq: (by) => by === 0,
  ne: (by) => by !== 0,
  gt: (by) => by > 0,
  gte: (by) => by >= 0,
  lt: (by) => by < 0,
  lte: (by) => by <= 0,
};
