import { sum } from '../../../shared/quantities.ts';
import type { Money } from '../domain/price.ts';
import { costRoundedOnce } from './cost.ts';
import { goodPoints } from './liability.ts';
import type { AcceptedPoints, OpenPoints } from './read-reports.ts';
import type { Settled } from './read-settled.ts';
import { amountsOf } from './redemption-matrix.ts';

/** What one merchant would owe in one currency if it left. Smallest units. */
export type LeavingPosition = Readonly<{
  merchantId: string;
  currency: string;
  liability: number;
  payable: number;
  receivable: number;
  paid: number;
  received: number;
  owes: number;
}>;

/** What all is known of at an instant. */
export type LeavingFacts = Readonly<{
  at: Date;
  open: readonly OpenPoints[];
  accepted: readonly AcceptedPoints[];
  settled: readonly Settled[];
}>;

/**
 * What each merchant would owe the others if it left at an instant: the price of its open points, which
 * the others would go on accepting, and what it owes for points accepted already, less what it is owed;
 * both as far as they are not on record as paid. Of one merchant, nothing of the others is added up.
 */
export function leavingPositions(facts: LeavingFacts, of: string | null = null): LeavingPosition[] {
  const good = goodPoints(facts.open, facts.at);
  const claims = facts.accepted.filter(({ issuerId, acceptorId }) => issuerId !== acceptorId);
  const { settled } = facts;
  const merchantIds = new Set([
    ...good.map(({ issuerId }) => issuerId),
    ...claims.flatMap(({ issuerId, acceptorId }) => [issuerId, acceptorId]),
    ...settled.flatMap(({ debtorId, creditorId }) => [debtorId, creditorId]),
  ]);
  const asked = of === null ? [...merchantIds].toSorted() : [of];
  return asked.flatMap((merchantId) => {
    const moved = (kind: Settled['kind'], side: 'debtorId' | 'creditorId') =>
      settled.filter((one) => one.kind === kind && one[side] === merchantId);
    const sides = {
      liability: costRoundedOnce(good.filter(({ issuerId }) => issuerId === merchantId)),
      payable: [
        ...amountsOf(claims.filter(({ issuerId }) => issuerId === merchantId)),
        ...moved('CORRECTION', 'debtorId'),
      ],
      receivable: [
        ...amountsOf(claims.filter(({ acceptorId }) => acceptorId === merchantId)),
        ...moved('CORRECTION', 'creditorId'),
      ],
      paid: moved('PAYMENT', 'debtorId'),
      received: moved('PAYMENT', 'creditorId'),
    };
    return inEachCurrency(sides).map((amounts) => ({ merchantId, ...amounts }));
  });
}

type Sides = Readonly<
  Record<'liability' | 'payable' | 'receivable' | 'paid' | 'received', readonly Money[]>
>;

function inEachCurrency(sides: Sides): Omit<LeavingPosition, 'merchantId'>[] {
  const currencies = new Set(
    Object.values(sides).flatMap((amounts) => amounts.map(({ currency }) => currency)),
  );
  return [...currencies].toSorted().map((currency) => {
    const of = (side: keyof Sides) =>
      sum(
        sides[side]
          .filter((amount) => amount.currency === currency)
          .map(({ amountMinor }) => amountMinor),
      );
    const [liability, payable, receivable] = [of('liability'), of('payable'), of('receivable')];
    const [paid, received] = [of('paid'), of('received')];
    const owes = sum([liability, payable, 0 - receivable, 0 - paid, received]);
    return { currency, liability, payable, receivable, paid, received, owes };
  });
}
