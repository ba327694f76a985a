import { addDays, type Day } from '../../../../shared/calendar.ts';
import { type Books, hasRoom, lotsOf, walletOf } from '../books.ts';
import type { RefusalCode, Transfer } from '../command.ts';
import { comeIn } from '../debt.ts';
import { type Detail, Lines } from '../entry.ts';
import { compareText, type LotAmount, type LotKey } from '../lot.ts';
import { isPool, programmeText, transfereeText } from '../registers.ts';
import { planSpending, spendableLots } from '../spending-plan.ts';
import { type Applied, accept, type Moment, refuse, refuseUse } from './accept.ts';

/**
 * Points go to somebody else, those of issuers that allow it alone (S36, S37), in the order of spending.
 * They stay what they are: issuer, expiry and price travel with them. Whoever gets them pays debts first.
 */
export function transfer(books: Books, command: Transfer, moment: Moment): Applied {
  const { unit, points } = command;
  const refused = refuseTransfer(books, command);
  if (refused !== null) return refuse(refused);
  const wallet = walletOf(books, command.walletId);
  const other = walletOf(books, command.counterWalletId);
  const lots = spendableLots(lotsOf(wallet, unit), moment.today);
  const verdicts = new Map(
    lots.map(({ key }) => [key.issuerId, verdictOn(books, command, key, moment)]),
  );
  const plan = planSpending(
    lots.filter(({ key }) => verdicts.get(key.issuerId) === null),
    points,
    moment.today,
  );
  const [strongest = 'INSUFFICIENT_POINTS'] = refusals.filter((code) =>
    [...verdicts.values()].includes(code),
  );
  // Who may be given nothing at all is told why; else how many points there are to give.
  if (plan.available === 0) return refuse(strongest, plan);
  if (plan.missing > 0) return refuse('INSUFFICIENT_POINTS', plan);
  if (plan.draws.some(({ key }) => !hasRoom(other, key, points))) return refuse('POINTS_OVERFLOW');

  // From here on the command must succeed.
  const lines = new Lines(wallet);
  let debt = 0;
  for (const { key, points: drawn } of plan.draws) {
    lines.available(key, -drawn);
    debt += comeIn(other, lines.in(other), { key, points: drawn }, moment.today);
  }
  const detail = rulesOf(books, plan.draws);
  return accept(wallet, command, moment, {
    unit,
    points,
    lines,
    counterWallet: other,
    debt,
    detail,
  });
}

/** Which refusal says most, first. */
const refusals = [
  'TRANSFEREE_NOT_YET',
  'NOT_TRANSFEREE',
  'NOT_FAMILY',
  'NOT_TRANSFERABLE',
] as const;

type Verdict = (typeof refusals)[number] | null;

function refuseTransfer(books: Books, { walletId, counterWalletId }: Transfer): RefusalCode | null {
  if (walletId === counterWalletId) return 'TRANSFER_TO_SELF';
  if (isPool(walletId) || isPool(counterWalletId)) return 'POOL_WALLET';
  if (walletOf(books, counterWalletId).mergedInto !== null) return 'WALLET_MERGED';
  return refuseUse(walletOf(books, walletId));
}

/** Whether points of one programme may go from one to the other; null: yes. */
function verdictOn(
  { registers: { programmes, memberships, transferees } }: Books,
  { walletId, counterWalletId }: Transfer,
  key: LotKey,
  { today }: Moment,
): Verdict {
  const programme = programmes.get(programmeText(key));
  if (programme === undefined || programme.transfer === 'NONE') return 'NOT_TRANSFERABLE';
  let since: Day | undefined;
  if (programme.transfer === 'REGISTERED') {
    since = transferees.get(transfereeText(walletId, counterWalletId, key));
    if (since === undefined) return 'NOT_TRANSFEREE';
  } else {
    const [own, others] = [memberships.get(walletId), memberships.get(counterWalletId)];
    if (own === undefined || own.poolId !== others?.poolId) return 'NOT_FAMILY';
    since = Math.max(own.since, others.since);
  }
  return today < addDays(since, programme.effectiveAfterDays) ? 'TRANSFEREE_NOT_YET' : null;
}

/** By which versions of the programmes' rules the points moved. */
function rulesOf({ registers }: Books, draws: readonly LotAmount[]): Detail {
  const terms = new Map(
    draws.flatMap(({ key }) => {
      const programme = registers.programmes.get(programmeText(key));
      return programme ? [[key.issuerId, `${programme.transfer} ${programme.version}`]] : [];
    }),
  );
  const inOrder = [...terms].toSorted(([a], [b]) => compareText(a, b));
  return { rules: inOrder.map(([issuerId, rule]) => `${issuerId}: ${rule}`).join(', ') };
}
