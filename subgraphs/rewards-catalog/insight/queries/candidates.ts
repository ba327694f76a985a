import type { EntityManager } from 'typeorm';
import { addMonths, dayOf } from '../../../../shared/calendar.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { monthOf } from '../domain/period.ts';
import type { Candidate } from '../domain/recommend.ts';

type Reader = Pick<EntityManager, 'query'>;

/** So many are looked at of each: the most redeemed of a month, the newest, those of merchants she buys at. */
const LOOKED_AT = 100;

/** What can be redeemed at an instant, as far as this subgraph knows: it is offered, and there is some of it, and a time. */
const redeemableAt = (ms: number): string =>
  `reward.status = 'PUBLISHED' AND (reward.stock IS NULL OR reward.stock > 0)
     AND (reward.offered_from_ms IS NULL OR reward.offered_from_ms <= ${ms})
     AND (reward.offered_until_ms IS NULL OR reward.offered_until_ms > ${ms})
     AND reward.kind <> 'BILL_OFFSET'
     AND (NOT EXISTS (SELECT 1 FROM rewards_slot slot WHERE slot.reward_id = reward.id)
       OR EXISTS (SELECT 1 FROM rewards_slot slot
         WHERE slot.reward_id = reward.id AND slot.from_ms > ${ms} AND slot.taken < slot.capacity))`;

/**
 * The rewards among which to choose, each with its redemptions of this month and last: the most redeemed, the newest,
 * and those of some merchants. Reads at most a few hundred rows, by indexes, in five statements.
 */
export async function candidates(
  reader: Reader,
  { merchantIds, at }: Readonly<{ merchantIds: readonly string[]; at: Date }>,
): Promise<Candidate[]> {
  const month = monthOf(dayOf(at));
  const months = [month, addMonths(month, -1)];
  const redeemable = redeemableAt(at.getTime());
  const [wanted, newest, theirs] = await Promise.all([
    Promise.all(months.map((one) => mostRedeemed(reader, one, redeemable))),
    idsOf(reader, `WHERE ${redeemable} ORDER BY reward.published_ms DESC, reward.id DESC`, []),
    merchantIds.length === 0
      ? []
      : idsOf(
          reader,
          `WHERE reward.merchant_id IN (${placeholders(merchantIds.length)}) AND ${redeemable}
           ORDER BY reward.published_ms DESC, reward.id DESC`,
          merchantIds,
        ),
  ]);
  const ids = [...new Set([...wanted.flat(), ...newest, ...theirs])];
  return ids.length === 0 ? [] : readCandidates(reader, { ids, months, redeemable });
}

async function mostRedeemed(reader: Reader, month: number, redeemable: string): Promise<string[]> {
  const rows = await reader.query<{ id: string }[]>(
    `SELECT reward.id FROM rewards_demand demand JOIN rewards_reward reward ON reward.id = demand.reward_id
     WHERE demand.month = ? AND ${redeemable}
     ORDER BY demand.redemptions DESC, demand.reward_id DESC LIMIT ${LOOKED_AT}`,
    [month],
  );
  return rows.map(({ id }) => id);
}

async function idsOf(
  reader: Reader,
  where: string,
  parameters: readonly unknown[],
): Promise<string[]> {
  const rows = await reader.query<{ id: string }[]>(
    `SELECT reward.id FROM rewards_reward reward ${where} LIMIT ${LOOKED_AT}`,
    [...parameters],
  );
  return rows.map(({ id }) => id);
}

type Row = Readonly<
  Record<'id' | 'merchant_id' | 'category' | 'published_ms' | 'redemptions', unknown>
>;

async function readCandidates(
  reader: Reader,
  {
    ids,
    months,
    redeemable,
  }: Readonly<{ ids: readonly string[]; months: readonly number[]; redeemable: string }>,
): Promise<Candidate[]> {
  const rows = await reader.query<Row[]>(
    `SELECT reward.id, reward.merchant_id, reward.category, reward.published_ms,
       (SELECT COALESCE(SUM(demand.redemptions), 0) FROM rewards_demand demand
        WHERE demand.reward_id = reward.id AND demand.month IN (${placeholders(months.length)})) AS redemptions
     FROM rewards_reward reward WHERE reward.id IN (${placeholders(ids.length)}) AND ${redeemable}`,
    [...months, ...ids],
  );
  return rows.map((row) => ({
    id: String(row.id),
    merchantId: String(row.merchant_id),
    category: row.category == null ? null : String(row.category),
    publishedMs: toSafeInteger(row.published_ms),
    redemptions: toSafeInteger(row.redemptions),
  }));
}
