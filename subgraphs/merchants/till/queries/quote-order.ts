import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
} from '../../../../shared/graphql/refusals.ts';
import { sum } from '../../../../shared/quantities.ts';
import type { Context } from '../../context.ts';
import {
  defectOfOrder,
  type Order,
  type OrderedLine,
  orderedLine,
  settingOf,
} from '../../domain/order.ts';
import type { MerchantRow } from '../../entities/merchant.ts';
import type { ProgrammeRow } from '../../entities/programme.ts';
import { type AccrualQuote, accrualOf } from '../../queries/quote-accrual.ts';
import type { QuoteOrderInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { inRegions } from '../../standing/queries/stores.ts';
import { defectOfSale } from '../domain/sells.ts';
import { type TierPrice, tierPriceOf } from '../domain/tier-price.ts';
import { pricesInForce } from '../entities/tier-prices.ts';
import { bearerOf } from './bearer-of.ts';
import { sellsFor } from './sells.ts';

/** What a bill comes to. Amounts are in the smallest unit of `currency`. */
export type OrderQuote = Readonly<{
  kind: 'OrderQuote';
  id: string;
  quotedAt: Date;
  merchantId: string;
  memberId: string | null;
  storeId: string | null;
  goods: readonly Pick<OrderedLine, 'sku' | 'category'>[];
  currency: string;
  amounts: readonly number[];
  toPay: readonly number[];
  benefit: Readonly<{ programme: ProgrammeRow; price: TierPrice }> | null;
  accrual: AccrualQuote;
}>;

type Outcome = OrderQuote | Refused<'MemberCodeNotGood'> | NotFound | InvalidInput;

/**
 * What a bill comes to for whoever shows a code: the lowest of the prices that the merchant's programmes publish
 * for her tier, and the points that recording it at this price would award. Nothing else depends on her (S25).
 * Throws FORBIDDEN for others than the merchant's staff, SUBGRAPH_UNAVAILABLE when members does not answer.
 */
export async function quoteOrder(context: Context, input: QuoteOrderInput): Promise<Outcome> {
  const { database, loaders, clock, caller, newId } = context;
  const { merchantId } = input;
  const asking = { manager: database.reader, caller };
  await requireDeed(asking, merchantId, 'RECORD', input.storeId ?? null);
  const merchant = await loaders.merchantById.load(merchantId);
  if (merchant === null) return notFound('MERCHANT_NOT_FOUND');
  const at = clock.now();
  const asked = billOf(input, at);
  const sells = await sellsFor(database.reader, merchantId, [asked]);
  const defect = defectOfOrder(asked, at) ?? defectOfSale(asked, sells);
  if (defect !== null) return invalidInput(defect.code, defect.field, defect.parameters);
  const bearer = await bearerOf(context, input.memberCode ?? null);
  if ('code' in bearer) return bearer;
  const [order = asked] = await inRegions(database.reader, merchantId, [asked]);
  const { memberId, tier } = bearer;
  const amounts = order.lines.map(({ amountMinor }) => amountMinor);
  const best = await lowestPrice(context, merchant, order.lines, tier, at);
  const accrual = await accrualOf(context, merchant, atPrice(order, best.toPay), {
    memberId,
    tier,
    isTierKnown: true,
  });
  const { currency, storeId, lines: goods } = order;
  const bill = { storeId, currency, amounts, goods };
  const quote = { id: newId(), quotedAt: at, merchantId, memberId, ...bill };
  return { kind: 'OrderQuote', ...quote, ...best, accrual };
}

/** A bill has no number yet: any stands for it. */
const billOf = (input: QuoteOrderInput, at: Date): Order => ({
  orderNumber: 'quote',
  currency: input.currency ?? 'CNY',
  purchasedAt: at,
  lines: input.lines.map(orderedLine),
  ...settingOf(input),
});

const atPrice = (order: Order, toPay: readonly number[]): Order => ({
  ...order,
  lines: order.lines.map((line, index) => ({ ...line, amountMinor: toPay[index] ?? 0 })),
});

type Priced = Pick<OrderQuote, 'toPay' | 'benefit'>;

/** The lowest of the prices of the merchant's programmes for a tier; of equal ones that of the older programme. */
async function lowestPrice(
  { loaders }: Context,
  { id }: MerchantRow,
  lines: readonly OrderedLine[],
  tier: string | null,
  at: Date,
): Promise<Priced> {
  const full: Priced = { toPay: lines.map(({ amountMinor }) => amountMinor), benefit: null };
  if (tier === null) return full;
  const programmes = await loaders.programmesByMerchant.load(id);
  const offers = await Promise.all(
    programmes.map(async (programme): Promise<Priced> => {
      const versions = await loaders.tierPricesByProgramme.load(programme.id);
      const price = pricesInForce(versions, at)?.prices.find((one) => one.tier === tier);
      if (price === undefined) return full;
      return { toPay: tierPriceOf(lines, price), benefit: { programme, price } };
    }),
  );
  return offers.reduce((best, one) => (sum(one.toPay) < sum(best.toPay) ? one : best), full);
}
