import { fault } from '../graphql/faults.ts';
import { RANGE_DAYS_MAX } from './group.ts';
import type { Range } from './group-keys.ts';
import type { Filter } from './list.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Between which instants a filter lets rows be, if it says so at its top or in an `and` there. */
export function rangeOf(filter: Filter, time: string): Range {
  let fromMs = Number.NEGATIVE_INFINITY;
  let toMs = Number.POSITIVE_INFINITY;
  const narrow = (part: Filter): void => {
    for (const [test, value] of Object.entries((part[time] ?? {}) as Filter)) {
      if (!(value instanceof Date)) continue;
      if (test === 'gt' || test === 'gte') fromMs = Math.max(fromMs, value.getTime());
      if (test === 'lt' || test === 'lte') toMs = Math.min(toMs, value.getTime());
    }
    for (const inner of (part.and ?? []) as Filter[]) narrow(inner);
  };
  narrow(filter);
  // A filter that lets nothing through has a range of one instant.
  return { fromMs, toMs: Math.max(fromMs, toMs) };
}

export const isShort = ({ fromMs, toMs }: Range): boolean =>
  toMs - fromMs <= RANGE_DAYS_MAX * DAY_MS;

/** Throws BAD_USER_INPUT when the range is open or too long. */
export function assertShort(range: Range, time: string): void {
  if (isShort(range)) return;
  throw fault('BAD_USER_INPUT', 'TIME_RANGE_NEEDED', { field: time, days: RANGE_DAYS_MAX });
}
