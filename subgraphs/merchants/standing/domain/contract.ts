/** How many points of a unit a merchant may have open: what it paid for, or what its guarantee reaches for. */
export type IssueLimit = Readonly<{ unit: string; points: number }>;

/**
 * The terms between a merchant and the alliance. Money is in the smallest unit of `currency`, and is
 * information: none moves here.
 */
export type ContractTerms = Readonly<{
  /** What it owes for `pricePoints` of its points that are redeemed elsewhere. Frozen on each point at issue. */
  priceMinor: number;
  pricePoints: number;
  currency: string;
  /** PREPAID: it paid for its points outside when it issued them. POSTPAID: it pays after a cycle. */
  mode: 'PREPAID' | 'POSTPAID';
  /** How many days after a cycle; 0 for PREPAID. */
  paymentDays: number;
  /**
   * Its fee on what it accepts of others' points. What it gets for an accepted point is the price at which
   * that one was issued, less this.
   */
  feeNumerator: number;
  feeDenominator: number;
  /** Recorded, and kept outside. */
  guaranteeMinor: number;
  limits: readonly IssueLimit[];
  /** How many days before leaving it has to say so: never under 30 (R11). */
  leaveNoticeDays: number;
  /** Who bears what it owes when it fails: first its guarantee, what is left those who were to be paid. */
  onDefault: 'GUARANTEE_THEN_ACCEPTORS';
}>;

/** Electronic Commerce Law 16 (R11): who ceases business says so 30 days before. */
export const LEAVE_NOTICE_DAYS_MIN = 30;
const LEAVE_NOTICE_DAYS_MAX = 365;
const PAYMENT_DAYS_MAX = 365;
/** Of either side of a rate or a price: with the bound of an order it keeps every product in range. */
export const TERM_MAX = 1_000_000_000;
const LIMITS_MAX = 20;

/** Of a merchant that agreed on nothing else: what the ledger assumes of it too. */
export const PLAIN_CONTRACT = {
  mode: 'POSTPAID',
  paymentDays: 30,
  feeNumerator: 0,
  feeDenominator: 1,
  guaranteeMinor: 0,
  limits: [],
  leaveNoticeDays: LEAVE_NOTICE_DAYS_MIN,
  onDefault: 'GUARANTEE_THEN_ACCEPTORS',
} as const;

/** Whether the ledger assumes these terms without being told. */
export const isPlain = (terms: ContractTerms): boolean =>
  terms.mode === 'POSTPAID' &&
  terms.paymentDays === PLAIN_CONTRACT.paymentDays &&
  terms.feeNumerator === 0 &&
  terms.guaranteeMinor === 0 &&
  terms.limits.length === 0;

/** What is wrong with terms: a code, the field at fault, and what its sentence names. */
export type ContractDefect = Readonly<{
  code: string;
  field: string;
  parameters: Readonly<Record<string, string | number>>;
}>;

const defect = (
  code: string,
  field: string,
  parameters: ContractDefect['parameters'] = {},
): ContractDefect => ({ code, field, parameters });

const outOf = (value: number, min: number, max: number): boolean => value < min || value > max;

/** The first defect of terms, or null. */
export function defectOfContract(terms: ContractTerms): ContractDefect | null {
  const daysMax = terms.mode === 'PREPAID' ? 0 : PAYMENT_DAYS_MAX;
  if (outOf(terms.priceMinor, 1, TERM_MAX)) return term('price.amountMinor', terms.priceMinor);
  if (outOf(terms.pricePoints, 1, TERM_MAX)) return term('pricePoints', terms.pricePoints);
  if (!/^[A-Z]{3}$/.test(terms.currency)) return defect('CURRENCY_NOT_USABLE', 'price.currency');
  if (outOf(terms.paymentDays, 0, daysMax)) {
    return defect('PAYMENT_DAYS_NOT_USABLE', 'paymentDays', { max: daysMax });
  }
  if (outOf(terms.feeDenominator, 1, TERM_MAX)) return term('fee.of', terms.feeDenominator);
  if (outOf(terms.feeNumerator, 0, terms.feeDenominator)) {
    return defect('FEE_NOT_USABLE', 'fee.part');
  }
  if (terms.guaranteeMinor < 0) return defect('GUARANTEE_NOT_USABLE', 'guarantee.amountMinor');
  if (outOf(terms.leaveNoticeDays, LEAVE_NOTICE_DAYS_MIN, LEAVE_NOTICE_DAYS_MAX)) {
    const bounds = { min: LEAVE_NOTICE_DAYS_MIN, max: LEAVE_NOTICE_DAYS_MAX };
    return defect('LEAVE_NOTICE_NOT_USABLE', 'leaveNoticeDays', bounds);
  }
  return defectOfLimits(terms.limits);
}

const term = (field: string, value: number): ContractDefect =>
  value < 1
    ? defect('AMOUNT_NOT_POSITIVE', field)
    : defect('TERM_TOO_LARGE', field, { max: TERM_MAX });

function defectOfLimits(limits: readonly IssueLimit[]): ContractDefect | null {
  const units = limits.map(({ unit }) => unit);
  if (limits.length > LIMITS_MAX) return defect('TOO_MANY_LIMITS', 'limits', { max: LIMITS_MAX });
  for (const [index, { unit, points }] of limits.entries()) {
    if (!/^[A-Z][A-Z0-9_]{1,31}$/.test(unit)) {
      return defect('UNIT_NOT_USABLE', `limits.${index}.unit`);
    }
    if (units.indexOf(unit) < index) {
      return defect('LIMIT_REPEATED', `limits.${index}.unit`, { unit });
    }
    if (points < 0) return defect('LIMIT_NEGATIVE', `limits.${index}.points`);
  }
  return null;
}
