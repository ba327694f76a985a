import { sum } from '../../../../shared/quantities.ts';
import {
  type Books,
  type HoldState,
  hasRoom,
  lotsOf,
  ownerOf,
  type Wallet,
  walletOf,
} from '../books.ts';
import type { Burn, Contribute, Hold, RefusalCode, Withdraw } from '../command.ts';
import { comeIn } from '../debt.ts';
import { Lines } from '../entry.ts';
import { compareLots, isSpendable, type LotAmount } from '../lot.ts';
import { capText, isPool, type Month, monthOf, programmeText } from '../registers.ts';
import { planSpending, spendableLots } from '../spending-plan.ts';
import { type Applied, accept, type Moment, refuse, refuseUse } from './accept.ts';

/**
 * A member puts points into her family's pool, those of issuers that allow any transfer alone (S35, S37), in
 * the order of spending. Whose they were stays with them, so that she can have back what is not spent.
 */
export function contribute(books: Books, command: Contribute, moment: Moment): Applied {
  const { unit, points } = command;
  const refused = refuseContribution(books, command);
  if (refused !== null) return refuse(refused);
  const wallet = walletOf(books, command.walletId);
  const pool = walletOf(books, command.counterWalletId);
  const { programmes } = books.registers;
  const lots = spendableLots(lotsOf(wallet, unit), moment.today);
  const allowed = lots.filter(({ key }) => {
    const { transfer = 'NONE' } = programmes.get(programmeText(key)) ?? {};
    return transfer !== 'NONE';
  });
  const plan = planSpending(allowed, points, moment.today);
  if (lots.length > 0 && allowed.length === 0) return refuse('NOT_TRANSFERABLE', plan);
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);
  if (plan.draws.some(({ key }) => !hasRoom(pool, key, points))) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  for (const draw of plan.draws) {
    lines.available(draw.key, -draw.points);
    const lot = { ...draw, key: { ...draw.key, contributor: wallet.id } };
    comeIn(pool, lines.in(pool), lot, moment.today);
  }
  return accept(wallet, command, moment, { unit, points, lines, counterWallet: pool });
}

function refuseContribution(
  { registers: { memberships }, wallets }: Books,
  { walletId, counterWalletId }: Contribute,
): RefusalCode | null {
  if (isPool(walletId) || !isPool(counterWalletId)) return 'POOL_WALLET';
  if (memberships.get(walletId)?.poolId !== counterWalletId) return 'NOT_IN_FAMILY';
  const both = [walletId, counterWalletId].flatMap((id) => wallets.get(id) ?? []);
  for (const wallet of both) {
    const refused = refuseUse(wallet);
    if (refused !== null) return refused;
  }
  return null;
}

/**
 * What a member put into a pool and nobody spent goes back to her, some or all of it. She need not be of the
 * family any more. A case against her alone does not keep it from her wallet, where it is frozen. When her
 * account was merged since, it goes to the other one.
 */
export function withdraw(books: Books, command: Withdraw, moment: Moment): Applied {
  const { unit } = command;
  if (!isPool(command.walletId) || isPool(command.counterWalletId)) return refuse('POOL_WALLET');
  const pool = walletOf(books, command.walletId);
  const member = walletOf(books, ownerOf(books, command.counterWalletId));
  const refused = refuseUse(pool);
  if (refused !== null) return refuse(refused);
  const own = lotsOf(pool, unit).filter(({ key }) => key.contributor === command.counterWalletId);
  const draws = drawsOf(own, command, moment);
  if (typeof draws === 'number') {
    if (command.points === undefined) return refuse('NOTHING_TO_WITHDRAW');
    return refuse('INSUFFICIENT_POINTS', { available: draws, missing: command.points - draws });
  }
  const points = sum(draws.map((draw) => draw.points));
  if (draws.some(({ key }) => !hasRoom(member, key, points))) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(pool);
  let debt = 0;
  for (const draw of draws) {
    lines.available(draw.key, -draw.points);
    const lot = { ...draw, key: { ...draw.key, contributor: '' } };
    debt += comeIn(member, lines.in(member), lot, moment.today);
  }
  return accept(pool, command, moment, { unit, points, lines, counterWallet: member, debt });
}

/** What is taken from a member's lots in a pool, or how many points there are when they do not suffice. */
function drawsOf(
  own: readonly LotAmount[],
  { points }: Withdraw,
  { today }: Moment,
): readonly LotAmount[] | number {
  if (points !== undefined) {
    const plan = planSpending(own, points, today);
    return plan.missing > 0 ? plan.available : plan.draws;
  }
  const good = own.filter(({ key }) => isSpendable(key, today));
  return good.length === 0 ? 0 : good.toSorted((a, b) => compareLots(a.key, b.key));
}

/** Why somebody may not spend from a family's pool, if it is one: only its members do, each up to her cap. */
export function refuseFromPool(
  { registers: { memberships, caps }, wallets }: Books,
  { walletId, actorId, unit, points }: Burn | Hold,
  { today }: Moment,
): RefusalCode | null {
  if (!isPool(walletId)) return null;
  if (actorId === undefined || memberships.get(actorId)?.poolId !== walletId) {
    return 'NOT_IN_FAMILY';
  }
  const actor: Wallet | undefined = wallets.get(actorId);
  const refused = actor === undefined ? null : refuseUse(actor);
  if (refused !== null) return refused;
  const cap = caps.get(capText(walletId, actorId, unit));
  if (cap === undefined) return null;
  const spent = cap.spent.get(monthOf(today)) ?? 0;
  return BigInt(spent) + BigInt(points) > BigInt(cap.points) ? 'SPENDING_CAP_EXCEEDED' : null;
}

type Spent = Pick<HoldState, 'walletId' | 'unit' | 'points'> &
  Readonly<{ actorId: string | null; month: Month | null }>;

/** Counts towards a member's cap; what a hold gives back, with a minus, in the month it was set aside in. */
export function countAsSpent({ registers: { caps } }: Books, spent: Spent): void {
  const { walletId, actorId, unit, month, points } = spent;
  if (actorId === null || month === null) return;
  const cap = caps.get(capText(walletId, actorId, unit));
  cap?.spent.set(month, (cap.spent.get(month) ?? 0) + points);
}
