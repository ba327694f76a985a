import type { Day } from '../../shared/calendar.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import type { Done, TestBooks } from './test-books.ts';

/** Commands as `apply` takes them, and what they did in words: for rules that need no database. */

const NEVER = 99991231;
const common = { walletId: 'ann', unit: 'ALLIANCE', ruleVersion: null };

type Of<Kind extends PointsCommand['kind']> = Extract<PointsCommand, { kind: Kind }>;

/** Ann gets points of merchant I for purchase p1, at 80 fen for 100. */
export const accrue = (points: number, given: Partial<Of<'ACCRUE'>> = {}): Of<'ACCRUE'> => ({
  ...common,
  kind: 'ACCRUE',
  causeKind: 'PURCHASE',
  causeId: 'p1',
  issuerId: 'I',
  points,
  expiresOn: NEVER,
  priceClass: '80/100 CNY',
  ...given,
});

/** Ann pays merchant B for redemption r1. */
export const burn = (points: number, given: Partial<Of<'BURN'>> = {}): Of<'BURN'> => ({
  ...common,
  kind: 'BURN',
  causeKind: 'REDEMPTION',
  causeId: 'r1',
  acceptorId: 'B',
  points,
  ...given,
});

export const hold = (points: number, given: Partial<Of<'HOLD'>> = {}): Of<'HOLD'> => ({
  ...burn(points),
  kind: 'HOLD',
  holdId: 'h1',
  holdMinutes: 10,
  ...given,
});

export const resolve = <Kind extends 'CAPTURE' | 'RELEASE'>(kind: Kind, holdId = 'h1') => ({
  kind,
  walletId: 'ann',
  ruleVersion: null,
  causeKind: 'REDEMPTION',
  causeId: 'r1',
  holdId,
});

/** What purchase p1 brought of merchant I is taken back. */
export const reverse = (points: number, given: Partial<Of<'REVERSE'>> = {}): Of<'REVERSE'> => ({
  ...common,
  kind: 'REVERSE',
  causeKind: 'RETURN',
  causeId: 'x1',
  issuerId: 'I',
  points,
  reversesId: 'p1',
  ...given,
});

/** What was burnt for redemption r1 is given back. */
export const refund = (points: number, given: Partial<Of<'REFUND'>> = {}): Of<'REFUND'> => ({
  ...common,
  kind: 'REFUND',
  causeKind: 'REDEMPTION_RETURN',
  causeId: 'x2',
  points,
  refundsId: 'r1',
  extendDays: 180,
  ...given,
});

export const extend = (expiresOn: Day, toExpiresOn: Day, given: Partial<Of<'EXTEND'>> = {}) => ({
  ...common,
  kind: 'EXTEND' as const,
  causeKind: 'INCIDENT',
  causeId: 'i1',
  issuerId: 'I',
  expiresOn,
  toExpiresOn,
  ...given,
});

export const vest = (accrual: Done | string, walletId = 'ann'): Of<'VEST'> => ({
  kind: 'VEST',
  walletId,
  ruleVersion: null,
  causeKind: 'VESTING',
  causeId: 'v1',
  accrualId: typeof accrual === 'string' ? accrual : String(accrual.entry?.id),
});

/** Two accounts of one person become one. */
export const merge = (walletId: string, counterWalletId: string): Of<'MERGE'> => ({
  ...{ walletId, counterWalletId, kind: 'MERGE', ruleVersion: null },
  ...{ causeKind: 'MERGE', causeId: 'm1' },
});

/** The run of expiry, as of the day of the books. */
export const expire = (day: Day, given: Partial<Of<'EXPIRE'>> = {}): Of<'EXPIRE'> => ({
  ...common,
  kind: 'EXPIRE',
  causeKind: 'EXPIRY',
  causeId: String(day),
  day,
  ...given,
});

/** `AVAILABLE ann/I +100 until 20261123, owed 80`: account, owner, issuer, points, expiry, claim. */
export const linesOf = ({ entry }: Done): string[] =>
  (entry?.postings ?? []).map(({ account, ownerId, key, amount, claim }) => {
    const until = key.expiresOn === NEVER ? '' : ` until ${key.expiresOn}`;
    const owes = claim === null ? '' : `, owed ${claim.amountMinor}`;
    return `${account} ${ownerId}/${key.issuerId} ${amount > 0 ? '+' : ''}${amount}${until}${owes}`;
  });

/** What a member has of a unit. */
export function balanceOf({ books }: TestBooks, walletId = 'ann', unit = 'ALLIANCE') {
  const state = books.wallets.get(walletId)?.units.get(unit);
  return { available: 0, pending: 0, held: 0, debt: 0, ...state };
}

/** `100 of I until 20261123`, by expiry and issuer. */
export const lotsOf = ({ books }: TestBooks, walletId = 'ann'): string[] =>
  [...(books.wallets.get(walletId)?.lots.values() ?? [])]
    .toSorted(
      (a, b) => a.key.expiresOn - b.key.expiresOn || (a.key.issuerId < b.key.issuerId ? -1 : 1),
    )
    .map(({ key, points }) => {
      const scope = key.useScope === '' ? '' : ` for ${key.useScope}`;
      return `${points} of ${key.issuerId} until ${key.expiresOn}${scope}`;
    });
