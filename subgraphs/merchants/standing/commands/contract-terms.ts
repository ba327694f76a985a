import type { ContractTermsInput, MoneyInput } from '../../schema.generated.ts';
import { type ContractTerms, PLAIN_CONTRACT } from '../domain/contract.ts';

type Price = Readonly<{ price: MoneyInput; pricePoints: number }>;

/** The terms of an input, with what was left out as those of a merchant that agreed on nothing else. */
export function contractTerms(
  { price, pricePoints }: Price,
  asked: ContractTermsInput | null,
): ContractTerms {
  const mode = asked?.mode ?? PLAIN_CONTRACT.mode;
  return {
    priceMinor: price.amountMinor,
    pricePoints,
    currency: price.currency,
    mode,
    paymentDays: asked?.paymentDays ?? (mode === 'PREPAID' ? 0 : PLAIN_CONTRACT.paymentDays),
    feeNumerator: asked?.fee?.part ?? 0,
    feeDenominator: asked?.fee?.of ?? 1,
    guaranteeMinor: asked?.guaranteeMinor ?? 0,
    limits: (asked?.limits ?? []).map(({ unit, points }) => ({ unit, points })),
    leaveNoticeDays: asked?.leaveNoticeDays ?? PLAIN_CONTRACT.leaveNoticeDays,
    onDefault: PLAIN_CONTRACT.onDefault,
  };
}
