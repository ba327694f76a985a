import type { EntityManager } from 'typeorm';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { SHOWN_BASIS } from '../../domain/saving.ts';
import { isWithinMonth, type Period } from '../domain/period.ts';

/** A place among those who take part; who saved as much shares it. */
export type Rank = Readonly<{ place: number; of: number }>;

/**
 * The place of a member among all who agreed to be compared and saved something in a time, by grams of CO2e. Null:
 * without her consent, when she saved nothing, for more than a month, and while fewer than `least` take part. Two
 * statements.
 */
export async function readRank(
  reader: Pick<EntityManager, 'query'>,
  { memberId, grams, period }: Readonly<{ memberId: string; grams: number; period: Period }>,
  least: number,
): Promise<Rank | null> {
  if (grams <= 0 || !isWithinMonth(period)) return null;
  const own = await reader.query<object[]>(
    'SELECT member_id FROM green_ranking_consent WHERE member_id = ?',
    [memberId],
  );
  if (own.length === 0) return null;
  const [row] = await reader.query<Record<string, unknown>[]>(
    `SELECT COUNT(*) AS members, SUM(CASE WHEN grams > ? THEN 1 ELSE 0 END) AS ahead FROM (
       SELECT SUM(entry.grams) AS grams
       FROM green_ranking_consent consent JOIN green_carbon_entry entry ON entry.member_id = consent.member_id
       WHERE entry.basis = '${SHOWN_BASIS}' AND entry.occurred_ms >= ? AND entry.occurred_ms < ?
       GROUP BY entry.member_id HAVING SUM(entry.grams) > 0) AS saving`,
    [grams, period.fromMs, period.endMs],
  );
  const of = toSafeInteger(row?.members);
  return of < least ? null : { place: toSafeInteger(row?.ahead) + 1, of };
}
