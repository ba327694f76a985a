import type { EntityManager } from 'typeorm';
import { addMonths, dayOf } from '../../../../shared/calendar.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import { monthOf } from '../domain/period.ts';
import type { Candidate } from '../domain/recommend.ts';

type Reader = Pick<EntityManager, 'query'>;

/** So many are looked at of each: the most redeemed of a month, the newest, those of merchants she buys at. */
const LOOKED_AT = 100;

/** What can be redeemed, as far as this subgraph knows: it is offered, and there is some of it. */
const REDEEMABLE = "reward.status = 'PUBLISHED' AND (reward.stock IS NULL OR reward.stock > 0)";

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
  const [wanted, newest, theirs] = await Promise.all([
    Promise.all(months.map((one) => mostRedeemed(reader, one))),
    idsOf(reader, `WHERE ${REDEEMABLE} ORDER BY reward.published_ms DESC, reward.id DESC`, []),
    merchantIds.length === 0
      ? []
      : idsOf(
          reader,
          `WHERE reward.merchant_id IN (${placeholders(merchantIds.length)}) AND ${REDEEMABLE}
           ORDER BY reward.published_ms DESC, reward.id DESC`,
          merchantIds,
        ),
  ]);
  const ids = [...new Set([...wanted.flat(), ...newest, ...theirs])];
  return ids.length === 0 ? [] : readCandidates(reader, ids, months);
}

async function mostRedeemed(reader: Reader, month: number): Promise<string[]> {
  const rows = await reader.query<{ id: string }[]>(
    `SELECT reward.id FROM rewards_demand demand JOIN rewards_reward reward ON reward.id = demand.reward_id
     WHERE demand.month = ? AND ${REDEEMABLE}
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
  ids: readonly string[],
  months: readonly number[],
): Promise<Candidate[]> {
  const rows = await reader.query<Row[]>(
    `SELECT reward.id, reward.merchant_id, reward.category, reward.published_ms,
       (SELECT COALESCE(SUM(demand.redemptions), 0) FROM rewards_demand demand
        WHERE demand.reward_id = reward.id AND demand.month IN (${placeholders(months.length)})) AS redemptions
     FROM rewards_reward reward WHERE reward.id IN (${placeholders(ids.length)}) AND ${REDEEMABLE}`,
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
