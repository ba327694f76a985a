import { dayOf, isoDay } from '../../../../shared/calendar.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { checkKey, type InvalidInput } from '../../../../shared/graphql/refusals.ts';
import { toSafeInteger } from '../../../../shared/quantities.ts';
import type { Context } from '../../context.ts';
import type { RewardRow } from '../../entities/reward.ts';
import { useTermsOf } from '../domain/fit.ts';
import { LIST_HOURS } from '../domain/offline.ts';
import { listedHash } from '../offline-lists.ts';

/** `list`: a JWS. `next`: where the next page begins; null: this is the last one. */
export type OfflineVouchers = Readonly<{
  kind: 'OfflineVouchers';
  listId: string;
  list: string;
  issuedAt: Date;
  expiresAt: Date;
  count: number;
  next: string | null;
}>;

type Asked = Readonly<{
  merchantId: string;
  storeId?: string | null | undefined;
  after?: string | null | undefined;
}>;

/** So many vouchers make about 50 kB. */
const PAGE = 500;
const HOUR_MS = 60 * 60 * 1000;

/**
 * A signed page of the vouchers that can be used at a merchant from now on, without their codes. Throws FORBIDDEN
 * for another's merchant.
 */
export async function offlineVouchers(
  context: Context,
  { merchantId, storeId = null, after }: Asked,
): Promise<OfflineVouchers | InvalidInput> {
  const { caller, clock, services } = context;
  if (!actsForMerchant(caller, merchantId)) throw fault('FORBIDDEN');
  const wrong = storeId === null ? null : checkKey('storeId', storeId, 64);
  if (wrong !== null) return wrong;
  // What is signed has whole seconds.
  const issuedAt = new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
  const expiresAt = new Date(issuedAt.getTime() + LIST_HOURS * HOUR_MS);
  const head = { merchantId, storeId, issuedAt, expiresAt };
  const listId = services.offlineLists.idOf(head);
  const { open } = services.vouchers;
  const found = await usableVouchers(context, merchantId, after ?? '');
  const page = found.slice(0, PAGE);
  const rewards = await context.loaders.rewardById.loadMany([
    ...new Set(page.map(({ rewardId }) => rewardId)),
  ]);
  const list = await services.offlineLists.sign(listId, head, {
    store: storeId,
    rewards: Object.fromEntries(
      rewards.flatMap((reward) =>
        reward instanceof Error || reward === null ? [] : [[reward.id, termsOf(reward)]],
      ),
    ),
    vouchers: page.map(({ codeSealed, rewardId, validFrom, validUntil, quantity }) => [
      ...[listedHash(listId, open(codeSealed)), rewardId, isoDay(validUntil), quantity],
      validFrom === null ? null : isoDay(validFrom),
    ]),
  });
  const next = found.length > PAGE ? (page.at(-1)?.id ?? null) : null;
  return {
    ...{ kind: 'OfflineVouchers', listId, list, issuedAt, expiresAt, count: page.length, next },
  };
}

/** What a till minds before it accepts a voucher: for one of the reward. */
const termsOf = (reward: RewardRow) => ({
  ...useTermsOf(reward, 1),
  ...{ weekdays: reward.weekdays, perOrder: reward.perOrder },
});

/** One more than a page, in the order of their ids. */
async function usableVouchers(
  { database, clock }: Context,
  merchantId: string,
  after: string,
): Promise<
  {
    id: string;
    codeSealed: string;
    rewardId: string;
    validFrom: number | null;
    validUntil: number;
    quantity: number;
  }[]
> {
  const rows = await database.reader.query<Record<string, unknown>[]>(
    `SELECT voucher.id, voucher.code_sealed, voucher.valid_from, voucher.valid_until, redemption.reward_id,
       redemption.quantity - redemption.returned AS quantity
     FROM rewards_redemption redemption
     JOIN rewards_voucher voucher ON voucher.redemption_id = redemption.id
     JOIN rewards_reward reward ON reward.id = redemption.reward_id AND reward.kind <> 'DONATION'
     WHERE redemption.merchant_id = ? AND redemption.state = 'CAPTURED'
       AND voucher.used_ms IS NULL AND voucher.voided_ms IS NULL
       AND voucher.valid_until > ? AND voucher.id > ?
     ORDER BY voucher.id LIMIT ${PAGE + 1}`,
    [merchantId, dayOf(clock.now()), after],
  );
  return rows.map((row) => ({
    id: String(row.id),
    codeSealed: String(row.code_sealed),
    rewardId: String(row.reward_id),
    validFrom: row.valid_from === null ? null : toSafeInteger(row.valid_from),
    validUntil: toSafeInteger(row.valid_until),
    quantity: toSafeInteger(row.quantity),
  }));
}
