import { addDays, type Day } from '../../../../shared/calendar.ts';
import { sum } from '../../../../shared/quantities.ts';
import { compareText } from '../../domain/lot.ts';
import type { PriceClass } from '../../domain/price.ts';
import { amountUpToCut, feeOn } from './amounts.ts';
import {
  type Claim,
  type Payment,
  paymentsOf,
  positionsOf,
  type Volume,
  volumesOf,
} from './netting.ts';
import { type ClearingTerms, DEFAULT_TERMS } from './terms.ts';

/** What was redeemed since the last cut of one debtor, creditor and price class. */
export type BurnSum = Readonly<{
  debtorId: string;
  creditorId: string;
  priceClass: PriceClass;
  /** Below zero when more was given back than redeemed. */
  points: number;
  /** How many postings. */
  burns: number;
  /** What was cleared up to the last cut. */
  carried: Readonly<{ points: number; amountMinor: number }>;
}>;

/** A correction of a line of an earlier cycle, decided since the last cut. */
export type Correction = Readonly<{
  id: string;
  lineId: string;
  debtorId: string;
  creditorId: string;
  priceClass: PriceClass;
  currency: string;
  amountMinor: number;
  note: string;
}>;

/** What one merchant owes another for points of one price class, or for a corrected line. */
export type Line = Claim &
  Readonly<{
    /** From 1 in each cycle. */
    number: number;
    kind: 'BURNS' | 'CORRECTION';
    priceClass: PriceClass;
    points: number;
    burns: number;
    correctsId: string | null;
    note: string | null;
  }>;

export type Total = Readonly<{
  debtorId: string;
  creditorId: string;
  priceClass: PriceClass;
  points: number;
  amountMinor: number;
}>;

export type StatementSum = Readonly<{
  merchantId: string;
  currency: string;
  receivableMinor: number;
  payableMinor: number;
  /** To whoever operates the alliance, invoiced outside: in no net and no payment. */
  feeMinor: number;
}>;

export type Cut = Readonly<{
  lines: readonly Line[];
  /** Whose lines are in it. */
  correctionIds: readonly string[];
  /** What has been cleared now: the carried totals of the next cycle. */
  totals: readonly Total[];
  volumes: readonly Volume[];
  payments: readonly (Payment & Readonly<{ dueOn: Day }>)[];
  /** One for each merchant and currency with a line. */
  sums: readonly StatementSum[];
}>;

/** All up to this cut, and in `due` what of it was not cleared by the last one. */
function upToNow({ points, priceClass, carried }: BurnSum) {
  const total = sum([carried.points, points]);
  const { amountMinor, currency } = amountUpToCut(total, priceClass);
  const due = sum([amountMinor, -carried.amountMinor]);
  return { points: total, amountMinor, currency, due };
}

/** What each debtor owes each creditor for what was redeemed since the last cut. */
export const claimsSince = (burns: readonly BurnSum[]): Claim[] =>
  burns.map((burn) => {
    const { debtorId, creditorId } = burn;
    const { currency, due } = upToNow(burn);
    return { debtorId, creditorId, currency, amountMinor: due };
  });

/** Makes a cycle of what happened since the last one. The same input in any order gives the same cycle. */
export function cutCycle(
  {
    burns,
    corrections,
  }: Readonly<{ burns: readonly BurnSum[]; corrections: readonly Correction[] }>,
  terms: ReadonlyMap<string, ClearingTerms>,
  today: Day,
): Cut {
  const lines = [...linesOfBurns(burns), ...linesOfCorrections(corrections)].map((line, index) => ({
    ...line,
    number: index + 1,
  }));
  const positions = positionsOf(lines);
  const payments = paymentsOf(positions);
  const termsOf = (merchantId: string) => terms.get(merchantId) ?? DEFAULT_TERMS;
  return {
    lines,
    correctionIds: corrections.map(({ id }) => id),
    totals: burns.map((burn) => {
      const { points, amountMinor } = upToNow(burn);
      const { debtorId, creditorId, priceClass } = burn;
      return { debtorId, creditorId, priceClass, points, amountMinor };
    }),
    volumes: volumesOf(lines, payments),
    payments: payments.map((payment) => ({
      ...payment,
      dueOn: addDays(today, termsOf(payment.payerId).paymentDays),
    })),
    sums: positions.map(({ merchantId, currency, receivable, payable }) => ({
      merchantId,
      currency,
      receivableMinor: receivable,
      payableMinor: payable,
      feeMinor: feeOn(receivable, termsOf(merchantId).fee),
    })),
  };
}

type Unnumbered = Omit<Line, 'number'>;

const linesOfBurns = (burns: readonly BurnSum[]): Unnumbered[] =>
  burns.toSorted(inOrder).map((burn) => {
    const { debtorId, creditorId, priceClass, points, burns: count } = burn;
    const { currency, due } = upToNow(burn);
    return {
      kind: 'BURNS',
      debtorId,
      creditorId,
      priceClass,
      points,
      burns: count,
      currency,
      amountMinor: due,
      correctsId: null,
      note: null,
    };
  });

const linesOfCorrections = (corrections: readonly Correction[]): Unnumbered[] =>
  corrections
    .toSorted((a, b) => inOrder(a, b) || compareText(a.id, b.id))
    .map(({ id: _, lineId, ...correction }) => ({
      ...correction,
      kind: 'CORRECTION',
      points: 0,
      burns: 0,
      correctsId: lineId,
    }));

type Sorted = Readonly<{ debtorId: string; creditorId: string; priceClass: PriceClass }>;

const inOrder = (a: Sorted, b: Sorted): number =>
  compareText(a.debtorId, b.debtorId) ||
  compareText(a.creditorId, b.creditorId) ||
  compareText(a.priceClass, b.priceClass);
