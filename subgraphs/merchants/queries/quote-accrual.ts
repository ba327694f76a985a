import { fault } from '../../../shared/graphql/faults.ts';
import type { Locale } from '../../../shared/graphql/wording.ts';
import type { Context } from '../context.ts';
import { amountText } from '../domain/money-text.ts';
import { defectOfLines, orderedLine, totalOf } from '../domain/order.ts';
import { awardsFor, ORDER_POINTS_MAX } from '../domain/recorded-purchase.ts';
import type { MerchantRow } from '../entities/merchant.ts';
import type { ProgrammeRow } from '../entities/programme.ts';
import type { QuoteAccrualInput } from '../schema.generated.ts';
import { sentence } from '../wording.ts';

/** What one programme would award for an order. */
export type QuotedAward = Readonly<{
  programme: ProgrammeRow;
  points: number;
  explanation: string;
}>;

export type AccrualQuote = Readonly<{ awards: readonly QuotedAward[] }>;

/**
 * What an order would earn, and why not more. Nothing is recorded. Throws BAD_USER_INPUT for an
 * unknown merchant and for lines that could not be recorded either.
 */
export async function quoteAccrual(
  { loaders, locale }: Context,
  input: QuoteAccrualInput,
): Promise<AccrualQuote> {
  const merchant = await loaders.merchantById.load(input.merchantId);
  if (merchant === null) throw fault('BAD_USER_INPUT', 'MERCHANT_NOT_FOUND');
  const lines = input.lines.map(orderedLine);
  const defect = defectOfLines(lines);
  if (defect !== null) {
    const { code, field, parameters } = defect;
    throw fault('BAD_USER_INPUT', code, { ...parameters, field });
  }
  const currency = input.currency ?? 'CNY';
  const programmes = await loaders.programmesByMerchant.load(merchant.id);
  const total = totalOf(lines);
  const awards = total === null ? null : awardsFor(total, currency, programmes);
  if (total === null || awards === null) {
    throw fault('BAD_USER_INPUT', 'POINTS_TOO_MANY', { field: 'lines', max: ORDER_POINTS_MAX });
  }
  const points = new Map(awards.map((award) => [award.programme.id, award.points]));
  return {
    awards: programmes.map((programme) => ({
      programme,
      points: merchant.status === 'ACTIVE' ? (points.get(programme.id) ?? 0) : 0,
      explanation: explain({ merchant, programme, total, currency, locale }),
    })),
  };
}

type Explained = Readonly<{
  merchant: MerchantRow;
  programme: ProgrammeRow;
  total: number;
  currency: string;
  locale: Locale;
}>;

function explain({ merchant, programme, total, currency, locale }: Explained): string {
  if (merchant.status !== 'ACTIVE') return sentence('QUOTE_SUSPENDED', locale, {});
  const rate = {
    earnPoints: programme.earnPoints,
    per: amountText(programme.earnMinor),
    rateCurrency: programme.currency,
  };
  if (programme.currency !== currency) {
    return sentence('QUOTE_OTHER_CURRENCY', locale, { ...rate, currency });
  }
  const [award] = awardsFor(total, currency, [programme]) ?? [];
  const isRounded = (BigInt(total) * BigInt(programme.earnPoints)) % BigInt(programme.earnMinor);
  return sentence(isRounded === 0n ? 'QUOTE_EXACT' : 'QUOTE_ROUNDED', locale, {
    ...rate,
    total: amountText(total),
    currency,
    points: award?.points ?? 0,
  });
}
