import { addDays, type Day } from '../../../shared/calendar.ts';
import { compareText } from './lot.ts';
import { type PriceClass, priceOf } from './price.ts';
import { duePayments } from './replay-netting.ts';
import type { StateRow } from './state-rows.ts';

type Triple = Readonly<{ debtorId: string; creditorId: string; priceClass: PriceClass }>;

/** What the journal says was accepted of one debtor's points by one creditor in a cycle. */
export type Accepted = Triple & Readonly<{ points: number; burns: number }>;

/** A correction that was decided of an earlier line. */
export type Decided = Triple &
  Readonly<{ id: string; lineId: string; currency: string; amountMinor: number; note: string }>;

/** What was agreed with a merchant when a cycle was closed. */
export type Agreed = Readonly<{
  paymentDays: number;
  feeNumerator: number;
  feeDenominator: number;
}>;

export type CycleFacts = Readonly<{
  accepted: readonly Accepted[];
  decided: readonly Decided[];
  /** The day of the close. */
  closedOn: Day;
  /** By merchant. Null: nobody wrote it down, so fees and days to pay are not known. */
  agreed: ReadonlyMap<string, Agreed> | null;
}>;

/** Rows of the tables of clearing, without what was given to them by chance or by people. */
export type DueCycle = Readonly<{
  /** In the order of their numbers. */
  lines: readonly DueLine[];
  volumes: readonly StateRow[];
  /** For each merchant and currency, with `merchant_id`. `fee_minor` is missing when it is not known. */
  sums: readonly StateRow[];
  /** In the order of their numbers. `due_on` is missing when it is not known. */
  payments: readonly StateRow[];
}>;

export type DueLine = Triple & Readonly<{ row: StateRow; currency: string; amount: number }>;

/**
 * Clearing made again from the claims of the journal, one cycle after the other. It shares no code with
 * `clearing` that decides anything, so that a mistake there does not excuse itself here.
 */
export class ReplayClearing {
  /** What was cleared so far. */
  readonly totals = new Map<string, Triple & { points: number; amount: number }>();

  cycle(facts: CycleFacts): DueCycle {
    const lines = [
      ...facts.accepted.toSorted(inOrder).map((accepted) => this.#clear(accepted)),
      ...facts.decided
        .toSorted((a, b) => inOrder(a, b) || compareText(a.id, b.id))
        .map(correctionLine),
    ].map((line, index) => ({ ...line, row: { ...line.row, number: index + 1 } }));
    const currencies = [...new Set(lines.map(({ currency }) => currency))].toSorted(compareText);
    const parts = currencies.map((currency) =>
      dueOf(
        currency,
        lines.filter((line) => line.currency === currency),
        facts,
      ),
    );
    const payments = parts.flatMap((part) => part.payments);
    return {
      lines,
      volumes: parts.map(({ volume }) => volume),
      sums: parts.flatMap(({ sums }) => sums),
      payments: payments.map((payment, index) => ({ number: index + 1, ...payment })),
    };
  }

  /** The table of totals as it has to be. */
  rows(): StateRow[] {
    return [...this.totals.values()].map(
      ({ debtorId, creditorId, priceClass, points, amount }) => ({
        debtor_id: debtorId,
        creditor_id: creditorId,
        price_class: priceClass,
        points,
        amount_minor: amount,
      }),
    );
  }

  /** All up to now is worth so much, rounded once; what was cleared before is taken from it. */
  #clear({ points, burns, ...triple }: Accepted): DueLine {
    const key = Object.values([triple.debtorId, triple.creditorId, triple.priceClass]).join('\n');
    const before = this.totals.get(key) ?? { ...triple, points: 0, amount: 0 };
    const { minor, per, currency } = priceOf(triple.priceClass);
    const after = { ...before, points: before.points + points };
    after.amount = portion(after.points, minor, per);
    this.totals.set(key, after);
    const amount = after.amount - before.amount;
    const row = { ...lineRow('BURNS', triple, currency, amount), points, burns };
    return { ...triple, currency, amount, row: { ...row, corrects_id: null, note: null } };
  }
}

function correctionLine({ lineId, note, currency, amountMinor, ...decided }: Decided): DueLine {
  const { debtorId, creditorId, priceClass } = decided;
  const triple = { debtorId, creditorId, priceClass };
  const row = { ...lineRow('CORRECTION', triple, currency, amountMinor), points: 0, burns: 0 };
  return { ...triple, currency, amount: amountMinor, row: { ...row, corrects_id: lineId, note } };
}

const lineRow = (kind: string, triple: Triple, currency: string, amount: number): StateRow => ({
  kind,
  debtor_id: triple.debtorId,
  creditor_id: triple.creditorId,
  price_class: triple.priceClass,
  currency,
  amount_minor: amount,
});

/** `amount` × `numerator` / `denominator` to the nearest whole number, halves away from zero. */
function portion(amount: number, numerator: number, denominator: number): number {
  const doubled = 2n * BigInt(Math.abs(amount)) * BigInt(numerator) + BigInt(denominator);
  const size = Number(doubled / (2n * BigInt(denominator)));
  return amount < 0 ? 0 - size : size;
}

const inOrder = (a: Triple, b: Triple): number =>
  compareText(a.debtorId, b.debtorId) ||
  compareText(a.creditorId, b.creditorId) ||
  compareText(a.priceClass, b.priceClass);

/** What follows from the lines of one currency. */
function dueOf(currency: string, lines: readonly DueLine[], { agreed, closedOn }: CycleFacts) {
  const receivable = new Map<string, number>();
  const payable = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const { debtorId, creditorId, amount } of lines) {
    addTo(receivable, creditorId, amount);
    addTo(payable, debtorId, amount);
    addTo(pairs, `${debtorId}\n${creditorId}`, amount);
  }
  const merchants = [...new Set([...receivable.keys(), ...payable.keys()])].toSorted(compareText);
  const sums = merchants.map((merchantId) => {
    const [receives, pays] = [receivable.get(merchantId) ?? 0, payable.get(merchantId) ?? 0];
    const terms = agreed?.get(merchantId);
    const fee = terms && portion(receives, terms.feeNumerator, terms.feeDenominator);
    const row = { merchant_id: merchantId, currency, receivable_minor: receives };
    return { ...row, payable_minor: pays, ...(fee === undefined ? {} : { fee_minor: fee }) };
  });
  const payments = duePayments(
    sums.map(({ merchant_id: merchantId, receivable_minor: receives, payable_minor: pays }) => ({
      merchantId,
      amount: receives - pays,
    })),
  );
  const owed = [...pairs.values()].filter((amount) => amount !== 0);
  const volume = {
    currency,
    claims: owed.length,
    gross_minor: owed.reduce((all, amount) => all + Math.abs(amount), 0),
    payments: payments.length,
    net_minor: payments.reduce((all, { amount }) => all + amount, 0),
  };
  return {
    ...{ sums, volume },
    payments: payments.map(({ payerId, payeeId, amount }) => {
      const terms = agreed?.get(payerId);
      const row = { currency, payer_id: payerId, payee_id: payeeId, amount_minor: amount };
      return terms === undefined ? row : { ...row, due_on: addDays(closedOn, terms.paymentDays) };
    }),
  };
}

function addTo(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}
