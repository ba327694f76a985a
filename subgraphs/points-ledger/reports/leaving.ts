import { sum } from '../../../shared/quantities.ts';
import { costRoundedOnce } from './cost.ts';
import { goodPoints } from './liability.ts';
import type { AcceptedPoints, OpenPoints } from './read-reports.ts';
import { amountsOf } from './redemption-matrix.ts';

/** What one merchant would owe in one currency if it left. Smallest units. */
export type LeavingPosition = Readonly<{
  merchantId: string;
  currency: string;
  liability: number;
  payable: number;
  receivable: number;
  owes: number;
}>;

/**
 * What each merchant would owe the others if it left at an instant: the price of its open points, which
 * the others would go on accepting, and what it owes for points accepted already, less what it is owed.
 */
export function leavingPositions(
  open: readonly OpenPoints[],
  accepted: readonly AcceptedPoints[],
  at: Date,
): LeavingPosition[] {
  const claims = accepted.filter(({ issuerId, acceptorId }) => issuerId !== acceptorId);
  const good = goodPoints(open, at);
  const merchantIds = new Set([
    ...good.map(({ issuerId }) => issuerId),
    ...claims.flatMap(({ issuerId, acceptorId }) => [issuerId, acceptorId]),
  ]);
  return [...merchantIds].toSorted().flatMap((merchantId) => {
    const sides = {
      liability: costRoundedOnce(good.filter(({ issuerId }) => issuerId === merchantId)),
      payable: amountsOf(claims.filter(({ issuerId }) => issuerId === merchantId)),
      receivable: amountsOf(claims.filter(({ acceptorId }) => acceptorId === merchantId)),
    };
    const currencies = new Set(
      Object.values(sides).flatMap((amounts) => amounts.map(({ currency }) => currency)),
    );
    return [...currencies].toSorted().map((currency) => {
      const of = (side: keyof typeof sides) =>
        sides[side].find((amount) => amount.currency === currency)?.amountMinor ?? 0;
      const [liability, payable, receivable] = [of('liability'), of('payable'), of('receivable')];
      const owes = sum([liability, payable, 0 - receivable]);
      return { merchantId, currency, liability, payable, receivable, owes };
    });
  });
}
