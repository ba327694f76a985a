import { sum } from '../../../../shared/quantities.ts';
import { type Books, hasRoom, lotsOf, walletOf } from '../books.ts';
import type { Convert } from '../command.ts';
import { planConversion } from '../conversion.ts';
import { mayIssue, owedTo } from '../cover.ts';
import { payDebts } from '../debt.ts';
import { type Detail, Lines } from '../entry.ts';
import { isSpendable } from '../lot.ts';
import { isPool } from '../registers.ts';
import { type Applied, accept, type Moment, refuse, refuseUse } from './accept.ts';

/**
 * Points of one unit become points of another unit of the same issuer, who takes back one promise and gives
 * another for it. What the rate does not divide stays. Debts in the other unit are paid first.
 */
export function convert(books: Books, command: Convert, moment: Moment): Applied {
  const wallet = walletOf(books, command.walletId);
  const { unit, toUnit } = command;
  // What a family has in its pool stays what each of it put there.
  if (isPool(wallet.id)) return refuse('POOL_WALLET');
  const refused = refuseUse(wallet);
  if (refused !== null) return refuse(refused);
  if (unit === toUnit) return refuse('INVALID_COMMAND');
  const lots = lotsOf(wallet, unit);
  const plan = planConversion(lots, command, books.rates, moment.today);
  if (plan.available === 0 && lots.some(({ key }) => isSpendable(key, moment.today))) {
    return refuse('NO_CONVERSION_RATE');
  }
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);
  if (plan.overflows) return refuse('POINTS_OVERFLOW');
  const { conversions, taken, got, left } = plan;
  if (taken === 0) return refuse('NOTHING_TO_CONVERT');
  if (!conversions.every(({ to }) => hasRoom(wallet, to.key, got)))
    return refuse('POINTS_OVERFLOW');
  const byIssuer = Map.groupBy(conversions, ({ to }) => to.key.issuerId);
  for (const [issuerId, own] of byIssuer) {
    const issued = sum(own.map(({ to }) => to.points));
    const owed = Math.min(issued, owedTo(wallet, { issuerId, unit: toUnit }));
    if (!mayIssue(books, { issuerId, unit: toUnit }, issued - owed)) {
      return refuse('ISSUER_CAP_REACHED');
    }
  }

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  const terms = new Map<string, string>();
  let debt = 0;
  for (const { from, to, rate } of conversions) {
    lines.available(from.key, -from.points);
    lines.outstanding(from.key, from.points);
    lines.outstanding(to.key, -to.points);
    const paid = payDebts(wallet, lines, to.key, to.points);
    if (to.points > paid) lines.available(to.key, to.points - paid);
    debt += paid;
    const { issuerId, numerator, denominator, version } = rate;
    terms.set(`rate:${issuerId}`, `${numerator}/${denominator} v${version}`);
  }
  const detail: Detail = { ...Object.fromEntries(terms), toUnit, got, left };
  return accept(wallet, command, moment, { unit, points: taken, lines, debt, detail });
}
