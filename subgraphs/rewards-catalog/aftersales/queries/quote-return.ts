import { dayOf, isoDay } from '../../../../shared/calendar.ts';
import { type InvalidInput, type NotFound, notFound } from '../../../../shared/graphql/refusals.ts';
import type { Context } from '../../context.ts';
import { cashPartOf } from '../../offers/domain/price.ts';
import { hasBegun } from '../../offers/domain/slot-days.ts';
import type { QuoteReturnInput } from '../../schema.generated.ts';
import { decideReturn, type NotReturnable, type ReturnTerms } from '../domain/returning.ts';
import { usualTerms } from '../domain/terms.ts';
import { returnBy } from './return-by.ts';

export type ReturnQuote = Omit<ReturnTerms, 'lastDay'> &
  Readonly<{
    kind: 'ReturnQuote';
    redemptionId: string;
    quantity: number;
    lastDay: string | null;
    cashRefund: ReturnType<typeof cashPartOf>;
  }>;

/** What a return would come to now, refused for the same reasons. Nothing is written. */
export async function quoteReturn(
  { loaders, caller, clock }: Context,
  { redemptionId, grounds, quantity: asked }: QuoteReturnInput,
): Promise<ReturnQuote | NotReturnable | NotFound | InvalidInput> {
  const redemption = await loaders.redemptionById.load(redemptionId);
  const by = redemption && returnBy(caller, redemption);
  if (redemption === null || by === null) return notFound('REDEMPTION_NOT_FOUND');
  const [reward, terms, voucher, booking] = await Promise.all([
    loaders.rewardById.load(redemption.rewardId),
    loaders.termsByReward.load(redemption.rewardId),
    loaders.voucherByRedemption.load(redemptionId),
    loaders.bookingByRedemption.load(redemptionId),
  ]);
  const slotId = booking?.slotId ?? null;
  const slot = slotId === null ? null : await loaders.slotById.load(slotId);
  const substituteId = voucher?.rewardId ?? null;
  const had = substituteId === null ? reward : await loaders.rewardById.load(substituteId);
  if (reward === null || had === null) return notFound('REWARD_NOT_FOUND');
  const quantity = asked ?? 1;
  const decided = decideReturn(
    {
      ...{ redemption, kind: had.kind, terms: terms ?? usualTerms, voucher, by },
      ...{ isBegun: hasBegun(slot, clock.now()), today: dayOf(clock.now()) },
    },
    { quantity, grounds },
  );
  if ('kind' in decided) return decided;
  const lastDay = decided.lastDay === null ? null : isoDay(decided.lastDay);
  const cashRefund = cashPartOf(reward, quantity);
  return { ...decided, kind: 'ReturnQuote', redemptionId, quantity, lastDay, cashRefund };
}
