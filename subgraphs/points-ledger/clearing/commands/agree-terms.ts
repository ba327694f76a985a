import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  checkKey,
  checkPositive,
  type InvalidInput,
  invalidInput,
} from '../../../../shared/graphql/refusals.ts';
import type { AgreeClearingTermsInput } from '../../schema.generated.ts';

export type ClearingTermsAgreed = Readonly<{ kind: 'ClearingTermsAgreed'; merchantId: string }>;

const ID_MAX = 64;
const PAYMENT_DAYS_MAX = 365;

/**
 * Records what the contract of a merchant says of clearing. It holds from the next close on; what is
 * cleared keeps its fee and its days. The guarantee is recorded only: it is kept outside, and counts in
 * a default that is declared from now on.
 */
export async function agreeClearingTerms(
  { manager, dialect, at }: Work,
  input: AgreeClearingTermsInput,
): Promise<ClearingTermsAgreed | InvalidInput> {
  const unusable = checkTerms(input);
  if (unusable !== null) return unusable;
  const { merchantId, mode, feeNumerator, feeDenominator, guarantee } = input;

  // From here on the command must succeed.
  const columns = [
    ...['mode', 'payment_days', 'fee_numerator', 'fee_denominator'],
    ...['guarantee_minor', 'guarantee_currency', 'agreed_ms'],
  ];
  await insertRows(
    manager,
    'points_clearing_terms',
    ['merchant_id', ...columns],
    [
      [
        ...[merchantId, mode, input.paymentDays ?? 0, feeNumerator, feeDenominator],
        ...[guarantee.amountMinor, guarantee.currency, at.getTime()],
      ],
    ],
    { ending: dialect.onDuplicateUpdate(['merchant_id'], columns) },
  );
  await appendEvents(manager, at, [{ kind: 'clearing.agreed', payload: { merchantId, mode } }]);
  return { kind: 'ClearingTermsAgreed', merchantId };
}

function checkTerms(input: AgreeClearingTermsInput): InvalidInput | null {
  const { merchantId, mode, feeNumerator, feeDenominator, guarantee } = input;
  const days = input.paymentDays ?? 0;
  const daysMax = mode === 'PREPAID' ? 0 : PAYMENT_DAYS_MAX;
  const unusable =
    checkKey('merchantId', merchantId, ID_MAX) ?? checkPositive('feeDenominator', feeDenominator);
  if (unusable !== null) return unusable;
  if (days < 0 || days > daysMax) {
    return invalidInput('PAYMENT_DAYS_NOT_USABLE', 'paymentDays', { max: daysMax });
  }
  if (feeNumerator < 0 || feeNumerator > feeDenominator) {
    return invalidInput('FEE_NOT_USABLE', 'feeNumerator');
  }
  if (guarantee.amountMinor < 0)
    return invalidInput('GUARANTEE_NOT_USABLE', 'guarantee.amountMinor');
  return /^[A-Z]{3}$/.test(guarantee.currency)
    ? null
    : invalidInput('CURRENCY_NOT_USABLE', 'guarantee.currency');
}
