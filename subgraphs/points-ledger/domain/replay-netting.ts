import { compareText } from './lot.ts';

/** What a merchant is owed by all others together in one currency, below zero what it owes them. */
export type Net = Readonly<{ merchantId: string; amount: number }>;

export type DuePayment = Readonly<{ payerId: string; payeeId: string; amount: number }>;

/**
 * Who pays whom, made again apart from the code that decides it: in each turn the one who owes most pays the
 * one who is owed most what both allow; of equals the one with the lower id. The nets add up to zero.
 */
export function duePayments(nets: readonly Net[]): DuePayment[] {
  const owing = nets.filter(({ amount }) => amount < 0);
  const payers = owing.map((net) => ({ ...net, amount: -net.amount })).toSorted(byAmount);
  const payees = nets.filter(({ amount }) => amount > 0).toSorted(byAmount);
  const payments: DuePayment[] = [];
  for (;;) {
    const [payer, payee] = [payers.shift(), payees.shift()];
    if (payer === undefined || payee === undefined) return payments;
    const amount = Math.min(payer.amount, payee.amount);
    payments.push({ payerId: payer.merchantId, payeeId: payee.merchantId, amount });
    putBack(payers, { ...payer, amount: payer.amount - amount });
    putBack(payees, { ...payee, amount: payee.amount - amount });
  }
}

const byAmount = (a: Net, b: Net): number =>
  b.amount - a.amount || compareText(a.merchantId, b.merchantId);

/** At its place among the others, which are in order. */
function putBack(all: Net[], net: Net): void {
  if (net.amount === 0) return;
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = all[middle];
    if (other !== undefined && byAmount(other, net) < 0) low = middle + 1;
    else high = middle;
  }
  all.splice(low, 0, net);
}

/**
 * How much of each amount is covered when `covered` is there for all of them: in proportion, rounded down, and
 * what is left by one each to the largest remainders, of equals to the earlier.
 */
export function coveredParts(covered: number, amounts: readonly number[]): number[] {
  const whole = amounts.reduce((all, amount) => all + BigInt(amount), 0n);
  if (whole === 0n) return amounts.map(() => 0);
  const parts = amounts.map((amount) => Number((BigInt(covered) * BigInt(amount)) / whole));
  const rests = amounts.map((amount, index) => ({
    index,
    rest: (BigInt(covered) * BigInt(amount)) % whole,
  }));
  const left = covered - parts.reduce((all, part) => all + part, 0);
  const largest = rests.toSorted((a, b) => (a.rest === b.rest ? 0 : a.rest > b.rest ? -1 : 1));
  for (const { index } of largest.slice(0, Math.max(0, left))) {
    parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts;
}
