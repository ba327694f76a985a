import { type EntityManager, In } from 'typeorm';
import { dayOf } from '../../../../shared/calendar.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import type { Context } from '../../context.ts';
import { Redemption, type RedemptionRow } from '../../entities/redemption.ts';
import { Reward, type RewardRow } from '../../entities/reward.ts';
import { Voucher, type VoucherRow } from '../../entities/voucher.ts';
import { refuseOffer } from '../../offers/domain/conditions.ts';
import { NO_FACTS } from '../../offers/queries/offer-facts.ts';
import { notUsable } from '../../vouchers/commands/use-voucher.ts';
import { fitOrder, useTermsOf, type VoucherOrder } from '../../vouchers/domain/fit.ts';
import { mostSteps, offsetTermsOf } from '../domain/offset.ts';
import { availableOf } from './ask-peers.ts';

/** What merchants tells of a quote. Money is in the smallest unit. */
export type QuotedOrder = Readonly<{
  id: string;
  merchantId?: string;
  member?: Readonly<{ id: string }> | null;
  storeId?: string | null;
  toPay?: Readonly<{ amountMinor: number; currency: string }>;
  lines?: readonly Readonly<{
    sku?: string | null;
    category?: string | null;
    toPayMinor: number;
  }>[];
}>;

export type FittingVoucher = Readonly<{
  voucher: VoucherRow;
  redemption: RedemptionRow;
  reward: RewardRow;
  discountMinor: number | null;
}>;

export type PointsOffer = Readonly<{ reward: RewardRow; steps: number }>;

type Known = Readonly<{ merchantId: string; memberId: string; bill: number; order: VoucherOrder }>;

/** Null for whoever is no staff of the merchant, and while nobody has shown a code. */
export function knownOf({ caller }: Context, quote: QuotedOrder): Known | null {
  const { merchantId, member, toPay, lines, storeId } = quote;
  if (!merchantId || !member || !toPay || !lines) return null;
  if (!actsForMerchant(caller, merchantId)) return null;
  const order = {
    ...{ orderNumber: 'quote', storeId: storeId ?? null, total: toPay },
    lines: lines.map(({ sku, category, toPayMinor }) => ({
      ...{ sku: sku ?? '', category: category ?? null, amountMinor: toPayMinor },
    })),
  };
  return { merchantId, memberId: member.id, bill: toPay.amountMinor, order };
}

/** The vouchers of the member that this order could be paid with. How many one order takes is decided when they are used. */
export async function fittingVouchers(
  context: Context,
  quote: QuotedOrder,
): Promise<FittingVoucher[] | null> {
  const known = knownOf(context, quote);
  if (known === null) return null;
  const at = context.clock.now();
  const held = await heldVouchers(context.database.reader, known, at);
  return held.flatMap((one): FittingVoucher[] => {
    if (notUsable({ ...one, former: null }, at) !== null) return [];
    const { reward, redemption } = one;
    const terms = useTermsOf(reward, redemption.quantity - redemption.returned);
    const fits = fitOrder(terms, known.order);
    return fits.kind === 'Fits' ? [{ ...one, discountMinor: fits.discountMinor }] : [];
  });
}

/** A member has no more at one merchant than a till can show. */
const SHOWN_MAX = 100;

async function heldVouchers(
  reader: EntityManager,
  { merchantId, memberId }: Known,
  at: Date,
): Promise<Omit<FittingVoucher, 'discountMinor'>[]> {
  const rows = await reader.query<{ id: string }[]>(
    `SELECT voucher.id AS id FROM rewards_redemption redemption
     JOIN rewards_voucher voucher ON voucher.redemption_id = redemption.id
     WHERE redemption.member_id = ? AND redemption.merchant_id = ? AND redemption.state = 'CAPTURED'
       AND voucher.used_ms IS NULL AND voucher.voided_ms IS NULL AND voucher.valid_until > ?
       AND (voucher.valid_from IS NULL OR voucher.valid_from <= ?)
     ORDER BY voucher.valid_until, voucher.id LIMIT ${SHOWN_MAX}`,
    [memberId, merchantId, dayOf(at), dayOf(at)],
  );
  if (rows.length === 0) return [];
  const vouchers = await reader.findBy(Voucher, { id: In(rows.map(({ id }) => id)) });
  const redemptions = await reader.findBy(Redemption, {
    id: In(vouchers.map(({ redemptionId }) => redemptionId)),
  });
  const rewardIds = [...vouchers, ...redemptions].flatMap(({ rewardId }) => rewardId ?? []);
  const rewards = await reader.findBy(Reward, { id: In(rewardIds) });
  return rows.flatMap(({ id }) => {
    const voucher = vouchers.find((one) => one.id === id);
    const redemption = redemptions.find((one) => one.id === voucher?.redemptionId);
    const reward = rewards.find((one) => one.id === (voucher?.rewardId ?? redemption?.rewardId));
    return voucher && redemption && reward ? [{ voucher, redemption, reward }] : [];
  });
}

/**
 * How her points could pay a part of the bill: by the published terms of the merchant that take most off it for the
 * fewest points. Null: there are none for a bill like this one. Throws PeerFailure when the ledger does not answer.
 */
export async function pointsOffer(
  context: Context,
  quote: QuotedOrder,
): Promise<PointsOffer | null> {
  const known = knownOf(context, quote);
  if (known === null) return null;
  const { merchantId, memberId, bill, order } = known;
  const at = context.clock.now();
  const kept = { merchantId, kind: 'BILL_OFFSET' as const, status: 'PUBLISHED' as const };
  const rewards = await context.database.reader.findBy(Reward, kept);
  const asked = { memberId, quantity: 1, slotId: null, region: null, purchaseId: null };
  const offered = rewards
    .filter((reward) => reward.cashCurrency === order.total?.currency)
    .filter((reward) => refuseOffer(reward, asked, NO_FACTS, at) === null)
    .flatMap((reward) => {
      const terms = offsetTermsOf(reward);
      const most = terms === null ? 0 : mostSteps(terms, bill);
      return most === 0 ? [] : [{ reward, steps: most }];
    });
  const [best] = offered.toSorted((one, other) => worth(other.reward) - worth(one.reward));
  if (best === undefined) return null;
  const { peers } = context;
  const available = await availableOf({ peers, call: context }, memberId, best.reward.unit);
  const affordable = Math.floor(available / best.reward.points);
  const left = best.reward.stock ?? best.steps;
  return { reward: best.reward, steps: Math.max(0, Math.min(best.steps, affordable, left)) };
}

/** Orders terms by what a point takes off; equal to the last digit is near enough to choose what is shown. */
const worth = ({ cashMinor, points }: RewardRow): number => cashMinor / points;
