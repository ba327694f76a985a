import { fault } from '../graphql/faults.ts';

/** From `fromMs` until the next one begins, clocks of the zone are `offsetMs` ahead of UTC. */
export type Offset = Readonly<{ fromMs: number; offsetMs: number }>;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The offsets of an IANA zone between two instants, in order; the first also holds before and the
 * last also after. Throws BAD_USER_INPUT (UNKNOWN_TIME_ZONE). Neither engine is asked: SQLite knows no
 * zones, and MySQL only those that somebody loaded.
 */
export function offsetsBetween(zone: string, fromMs: number, toMs: number): Offset[] {
  const offsetAt = clockOf(zone);
  const offsets = [{ fromMs, offsetMs: offsetAt(fromMs) }];
  let current = offsetAt(fromMs);
  // No zone changed its clock and changed it back within one day.
  for (let before = fromMs; before < toMs; before += DAY_MS) {
    const after = Math.min(before + DAY_MS, toMs);
    if (offsetAt(after) === current) continue;
    const changeMs = firstWhere(before, after, (instant) => offsetAt(instant) !== current);
    current = offsetAt(after);
    offsets.push({ fromMs: changeMs, offsetMs: current });
  }
  return offsets;
}

/**
 * The first instant at which clocks show `localMs` (written as if it were UTC) or later. So the start
 * of a day whose midnight is skipped is the moment of the change.
 */
export function instantOf(localMs: number, offsets: readonly Offset[]): number {
  for (const [index, { fromMs, offsetMs }] of offsets.entries()) {
    const startMs = index === 0 ? Number.NEGATIVE_INFINITY : fromMs;
    const instant = Math.max(startMs, localMs - offsetMs);
    if (instant < (offsets[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY)) return instant;
  }
  throw new Error('Broken invariant: the last offset has no end');
}

/** How far clocks of the zone are ahead of UTC at an instant, in milliseconds. */
function clockOf(zone: string): (instantMs: number) => number {
  const format = formatOf(zone);
  return (instantMs) => {
    const shown: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instantMs)) shown[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    const local = Date.UTC(year, month - 1, day, hour, minute, second);
    return local - Math.floor(instantMs / 1000) * 1000;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw fault('BAD_USER_INPUT', 'UNKNOWN_TIME_ZONE', { zone: zone.slice(0, 64) });
  }
}

/** The first number above `low`, up to `high`, for which the condition holds from then on. */
function firstWhere(low: number, high: number, holds: (value: number) => boolean): number {
  let below = low;
  let above = high;
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
