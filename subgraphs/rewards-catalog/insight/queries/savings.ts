import type { EntityManager } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { type Period, SHIFT_MS } from '../domain/period.ts';
import type { SavedOnDay } from '../domain/savings.ts';

/** A member and the days that are asked about. */
export type AskedSavings = Readonly<{ memberId: string; period: Period }>;

/** Names what is asked, so that equal questions are one. */
export const savingsKey = ({ memberId, period }: AskedSavings): string =>
  `${period.from}-${period.until} ${memberId}`;

const DAY_MS = 24 * 60 * 60 * 1000;

type Row = Readonly<
  Record<'member_id' | 'local_ms' | 'currency' | 'minor' | 'redemptions', unknown>
>;

/**
 * What members saved, day by day: the cash price of what they redeemed, without what they paid beside the points (S10). A redemption counts on the day on which
 * its points were burnt, for what of it did not come back; a donation is no saving. One statement for each period.
 */
export async function readSavings(
  reader: Pick<EntityManager, 'query'>,
  asked: readonly AskedSavings[],
): Promise<SavedOnDay[][]> {
  const found = new Map<string, SavedOnDay[]>();
  const alike = Map.groupBy(asked, ({ period }) => `${period.from}-${period.until}`);
  for (const together of alike.values()) {
    for (const { memberId, period, day } of await readDays(reader, together)) {
      const key = savingsKey({ memberId, period });
      found.set(key, [...(found.get(key) ?? []), day]);
    }
  }
  return asked.map((one) => found.get(savingsKey(one)) ?? []);
}

/** Of members who are asked about for one period. */
async function readDays(reader: Pick<EntityManager, 'query'>, asked: readonly AskedSavings[]) {
  const [first] = asked;
  if (first === undefined) return [];
  const { period } = first;
  const rows = await reader.query<Row[]>(
    `SELECT redemption.member_id, redemption.completed_ms + ${SHIFT_MS}
         - (redemption.completed_ms + ${SHIFT_MS}) % ${DAY_MS} AS local_ms,
       reward.cash_currency AS currency, SUM((redemption.quantity - redemption.returned) * (reward.cash_minor - COALESCE(reward.cash_part_minor, 0))) AS minor,
       COUNT(*) AS redemptions
     FROM rewards_redemption redemption JOIN rewards_reward reward ON reward.id = redemption.reward_id
     WHERE redemption.member_id IN (${placeholders(asked.length)})
       AND redemption.completed_ms >= ? AND redemption.completed_ms < ?
       AND redemption.status = 'COMPLETED' AND redemption.quantity > redemption.returned
       AND reward.kind <> 'DONATION'
     GROUP BY redemption.member_id, local_ms, currency`,
    [...asked.map(({ memberId }) => memberId), period.fromMs, period.endMs],
  );
  return rows.map((row) => ({
    memberId: String(row.member_id),
    period,
    day: {
      day: dayOf(new Date(toSafeInteger(row.local_ms) - SHIFT_MS)),
      currency: String(row.currency),
      minor: toSafeInteger(row.minor),
      redemptions: toSafeInteger(row.redemptions),
    },
  }));
}
