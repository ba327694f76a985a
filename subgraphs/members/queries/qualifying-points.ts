import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { Day } from '../../../shared/calendar.ts';
import { placeholders } from '../../../shared/database/rows.ts';

/** Whose points, earned on which days (both ends count). */
export type QualifyingKey = Readonly<{ memberId: string; from: Day; to: Day }>;

/** The points that count for the tier of each member, in one statement for one window. */
export const qualifyingPoints = (
  reader: EntityManager,
): DataLoader<QualifyingKey, number, string> =>
  new DataLoader(
    async (keys) => {
      const windows = Map.groupBy(keys, ({ from, to }) => `${from} ${to}`);
      const totals = new Map<string, number>();
      for (const [window, members] of windows) {
        for (const { memberId, points } of await pointsIn(reader, members)) {
          totals.set(`${window} ${memberId}`, points);
        }
      }
      return keys.map((key) => totals.get(nameOf(key)) ?? 0);
    },
    { cacheKeyFn: nameOf, maxBatchSize: 5_000 },
  );

const nameOf = ({ memberId, from, to }: QualifyingKey): string => `${from} ${to} ${memberId}`;

/** Far past the highest tier, more or less changes nothing: what cannot be told exactly is capped. */
const capped = (points: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(points, Number.MAX_SAFE_INTEGER));

async function pointsIn(
  reader: EntityManager,
  keys: readonly QualifyingKey[],
): Promise<{ memberId: string; points: number }[]> {
  // SQLite's sum of integers is an error when it overflows; times 1.0 it is exact as far as it is used.
  const rows = await reader.query<{ member_id: string; points: unknown }[]>(
    `SELECT member_id, SUM(points * 1.0) AS points FROM members_qualifying
     WHERE member_id IN (${placeholders(keys.length)}) AND earned_on BETWEEN ? AND ?
     GROUP BY member_id`,
    [...keys.map(({ memberId }) => memberId), keys[0]?.from, keys[0]?.to],
  );
  return rows.map((row) => ({ memberId: row.member_id, points: capped(Number(row.points)) }));
}
