import { assert } from '../../../../shared/assert.ts';
import { sum } from '../../../../shared/quantities.ts';
import { compareText } from '../../domain/lot.ts';

/** What one merchant owes another. Below zero when more was given back than redeemed. */
export type Claim = Readonly<{
  debtorId: string;
  creditorId: string;
  currency: string;
  amountMinor: number;
}>;

/** Where a merchant stands towards all others in one currency. */
export type Position = Readonly<{
  merchantId: string;
  currency: string;
  receivable: number;
  payable: number;
}>;

/** What one merchant is to pay another, outside of the platform. `amountMinor` is above zero. */
export type Payment = Readonly<{
  payerId: string;
  payeeId: string;
  currency: string;
  amountMinor: number;
}>;

export type Volume = Readonly<{
  currency: string;
  /** Pairs of debtor and creditor between whom something is owed, and how much in all. */
  claims: number;
  grossMinor: number;
  /** The payments that settle all of it, and how much in all. */
  payments: number;
  netMinor: number;
}>;

/** By merchant and currency, in the order of their ids. */
export function positionsOf(claims: readonly Claim[]): Position[] {
  const sides = claims.flatMap(({ debtorId, creditorId, currency, amountMinor }) => [
    { merchantId: creditorId, currency, receivable: amountMinor, payable: 0 },
    { merchantId: debtorId, currency, receivable: 0, payable: amountMinor },
  ]);
  return grouped(sides, ({ merchantId, currency }) => `${merchantId}\n${currency}`).map(
    ({ first: { merchantId, currency }, all }) => ({
      merchantId,
      currency,
      receivable: sum(all.map(({ receivable }) => receivable)),
      payable: sum(all.map(({ payable }) => payable)),
    }),
  );
}

/**
 * Multilateral netting: who pays whom so that everybody ends where all claims together would bring
 * them. In each currency the one who owes most pays the one who is owed most, as much as both allow,
 * until nobody owes anything; of equals the one with the lower id comes first. Each payment settles at
 * least one merchant, so there are fewer payments than merchants.
 */
export const paymentsOf = (positions: readonly Position[]): Payment[] =>
  grouped(positions, ({ currency }) => currency).flatMap(({ first, all }) =>
    settle(all, first.currency),
  );

type Open = { readonly merchantId: string; amount: number };

function settle(positions: readonly Position[], currency: string): Payment[] {
  const nets = positions.map(({ merchantId, receivable, payable }) => ({
    merchantId,
    amount: sum([receivable, -payable]),
  }));
  assert(sum(nets.map(({ amount }) => amount)) === 0, 'both sides of a claim are one number');
  const payers = nets.filter(({ amount }) => amount < 0).map((net) => open(net, -1));
  const payees = nets.filter(({ amount }) => amount > 0).map((net) => open(net, 1));
  const payments: Payment[] = [];
  for (;;) {
    const payer = largest(payers);
    const payee = largest(payees);
    if (payer === null || payee === null) return payments;
    const amountMinor = Math.min(payer.amount, payee.amount);
    payments.push({
      payerId: payer.merchantId,
      payeeId: payee.merchantId,
      currency,
      amountMinor,
    });
    payer.amount -= amountMinor;
    payee.amount -= amountMinor;
  }
}

const open = ({ merchantId, amount }: Readonly<Open>, sign: 1 | -1): Open => ({
  merchantId,
  amount: sign * amount,
});

function largest(merchants: readonly Open[]): Open | null {
  let found: Open | null = null;
  for (const merchant of merchants) {
    if (merchant.amount === 0) continue;
    const isLarger =
      found === null ||
      merchant.amount > found.amount ||
      (merchant.amount === found.amount && compareText(merchant.merchantId, found.merchantId) < 0);
    if (isLarger) found = merchant;
  }
  return found;
}

/** What netting saves, by currency. A claim below zero counts with its size: somebody would pay it. */
export function volumesOf(claims: readonly Claim[], payments: readonly Payment[]): Volume[] {
  const pairs = grouped(
    claims,
    ({ debtorId, creditorId, currency }) => `${debtorId}\n${creditorId}\n${currency}`,
  )
    .map(({ first: { currency }, all }) => ({
      currency,
      amount: Math.abs(sum(all.map(({ amountMinor }) => amountMinor))),
    }))
    .filter(({ amount }) => amount > 0);
  const currencies = grouped(claims, ({ currency }) => currency);
  return currencies.map(({ first: { currency } }) => {
    const own = pairs.filter((pair) => pair.currency === currency);
    const paid = payments.filter((payment) => payment.currency === currency);
    return {
      currency,
      claims: own.length,
      grossMinor: sum(own.map(({ amount }) => amount)),
      payments: paid.length,
      netMinor: sum(paid.map(({ amountMinor }) => amountMinor)),
    };
  });
}

/** Groups in the order of their keys; each has at least one value. */
function grouped<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): { first: Value; all: Value[] }[] {
  return Map.groupBy(values, keyOf)
    .entries()
    .toArray()
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, all]) => {
      const [first] = all;
      return first === undefined ? [] : [{ first, all }];
    });
}
