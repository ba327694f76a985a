import { startOfDay } from '../../../../shared/calendar.ts';
import type { CarbonEntry } from '../../domain/carbon-entries.ts';

/** The subject under which the sums of the whole alliance stand. */
export const ALLIANCE = '';

/** So many rows share a sum of the alliance, so that members who act at once seldom wait for each other. */
const SHARDS = 8;

/**
 * Rows of `green_carbon_day` for entries, in the order of their key, so that two transactions never wait for each other
 * in a circle: subject, beginning of the day, factor, version, shard, basis, grams, entries.
 */
export function rolledUp(entries: readonly CarbonEntry[]): (string | number)[][] {
  const sums = new Map<string, { key: (string | number)[]; grams: number; entries: number }>();
  for (const entry of entries) {
    const { merchantId, memberId, factorCode, factorVersion, basis, grams, occurredAt } = entry;
    const places: [string, number][] = [[ALLIANCE, shardOf(memberId)]];
    if (merchantId !== null) places.push([merchantId, 0]);
    for (const [subject, shard] of places) {
      const key = [subject, startOfDay(occurredAt), factorCode, factorVersion, shard, basis];
      const name = JSON.stringify(key);
      const sum = sums.get(name) ?? { key, grams: 0, entries: 0 };
      sums.set(name, { ...sum, grams: sum.grams + grams, entries: sum.entries + 1 });
    }
  }
  return [...sums]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, sum]) => [...sum.key, sum.grams, sum.entries]);
}

const shardOf = (memberId: string): number => {
  let hash = 0;
  for (const sign of memberId) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003;
  return hash % SHARDS;
};
