import type { EntityManager } from 'typeorm';
import { placeholders } from '../../../../shared/database/rows.ts';
import { sum, toSafeInteger } from '../../../../shared/quantities.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import { type Cause, causeOf } from '../domain/donation.ts';

/** A redemption that is a donation and was not handed over yet. */
export type OpenDonation = Readonly<{
  redemptionId: string;
  rewardId: string;
  quantity: number;
  at: Date;
}>;

/** What a merchant has not handed over yet to one charity in one currency, in its smallest unit. */
export type OpenDonations = Readonly<{
  cause: Cause;
  currency: string;
  minor: number;
  donations: readonly OpenDonation[];
}>;

type Asked = Readonly<{
  merchantId: string;
  /** Before this instant, in milliseconds. */
  beforeMs: number;
  /** Ends the statement; see `Dialect.forUpdate`. */
  forUpdate?: string;
}>;

type Row = Readonly<Record<'id' | 'reward_id' | 'quantity' | 'completed_ms', unknown>>;

/** By charity and currency; a donation that is cancelled, or about to be, is none. Two statements. */
export async function openDonations(
  manager: EntityManager,
  { merchantId, beforeMs, forUpdate = '' }: Asked,
): Promise<OpenDonations[]> {
  const rewards = await manager.findBy(Reward, { merchantId, kind: 'DONATION' });
  if (rewards.length === 0) return [];
  const rows = await manager.query<Row[]>(
    `SELECT redemption.id, redemption.reward_id, redemption.quantity - redemption.returned AS quantity, redemption.completed_ms
     FROM rewards_redemption redemption
       LEFT JOIN rewards_voucher voucher ON voucher.redemption_id = redemption.id
     WHERE redemption.reward_id IN (${placeholders(rewards.length)})
       AND redemption.status = 'COMPLETED' AND redemption.quantity > redemption.returned
       AND redemption.completed_ms < ?
       AND voucher.voided_ms IS NULL
       AND NOT EXISTS (SELECT 1 FROM rewards_delivered delivered
         WHERE delivered.redemption_id = redemption.id)
     ORDER BY redemption.completed_ms, redemption.id ${forUpdate}`,
    [...rewards.map(({ id }) => id), beforeMs],
  );
  const donations = Map.groupBy(rows.map(readDonation), ({ rewardId }) => rewardId);
  const alike = Map.groupBy(
    rewards.filter(({ id }) => donations.has(id)),
    (reward) => `${reward.cashCurrency} ${causeOf(reward)?.registrationNumber}`,
  );
  return [...alike]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, together]) => openOf(together, donations));
}

const readDonation = (row: Row): OpenDonation => ({
  redemptionId: String(row.id),
  rewardId: String(row.reward_id),
  quantity: toSafeInteger(row.quantity),
  at: new Date(toSafeInteger(row.completed_ms)),
});

/** Of rewards of one charity and currency. */
function openOf(
  rewards: readonly RewardRow[],
  donations: ReadonlyMap<string, readonly OpenDonation[]>,
): OpenDonations[] {
  const [first] = rewards;
  const cause = first && causeOf(first);
  if (first === undefined || cause == null) return [];
  const open = rewards.flatMap((reward) =>
    (donations.get(reward.id) ?? []).map((donation) => ({
      donation,
      minor: toSafeInteger(reward.cashMinor * donation.quantity),
    })),
  );
  return [
    {
      cause,
      currency: first.cashCurrency,
      minor: sum(open.map(({ minor }) => minor)),
      donations: open
        .map(({ donation }) => donation)
        .toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    },
  ];
}
