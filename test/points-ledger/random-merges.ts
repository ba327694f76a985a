import fc from 'fast-check';
import { addDays, NEVER } from '../../shared/calendar.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import {
  accrue,
  burn,
  expire,
  extend,
  pick,
  place,
  refund,
  resolve,
  reverse,
  ruleVersion,
  type Step,
  small,
  stepsOf,
  vest,
} from './random-deeds.ts';
import { FIRST_DAY } from './test-books.ts';

const TOMORROW = addDays(FIRST_DAY, 1);

const mergeOf = (...parties: readonly (readonly [from: string, into: string])[]) =>
  fc
    .record({ parties: pick(...parties), ruleVersion })
    .map(({ parties: [walletId, counterWalletId], ...more }) => ({
      ...{ ...more, walletId, counterWalletId },
      kind: 'MERGE' as const,
      causeKind: 'MERGE',
      causeId: 'm1',
    }));

/** Dan is a second account of ann, or of bob. */
export const mergeDan = mergeOf(['dan', 'ann'], ['dan', 'ann'], ['dan', 'bob']);

/** Some of these cannot be merged, or only in one order. */
export const mergeAny = mergeOf(
  ['dan', 'ann'],
  ['dan', 'ann'],
  ['dan', 'bob'],
  ['cat', 'dan'],
  ['dan', 'cat'],
  ['cat', 'ann'],
  ['ann', 'cat'],
  ['bob', 'bob'],
  ['dan', 'pool:f1'],
);

/** So that each may be left out, whatever was drawn. */
const noTerms = { vestsOn: undefined, useScope: undefined, causeLine: undefined };

/** What happens to one account by itself. Few issuers, so that what is returned was bought and is owed to them. */
function deedsOf(
  walletId: string,
  own: Readonly<{ purchase: string; redemption: string; holdId: string }>,
) {
  const of = { walletId, unit: 'ALLIANCE' };
  const issuer = fc.record({ issuerId: pick('merchant-b', 'merchant-c') });
  const held = { walletId, holdId: own.holdId, causeId: own.redemption };
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(accrue, issuer, small)
        .map(([given, by, points]) => ({ ...given, ...of, ...by, points, causeId: own.purchase })),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(accrue, issuer, small).map(([given, by, points]) => {
        const { vestsOn: _, useScope: __, causeLine: ___, ...plain } = { ...noTerms, ...given };
        return { ...plain, ...of, ...by, points, expiresOn: NEVER, causeId: own.purchase };
      }),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(burn, small)
        .map(([given, points]) => ({ ...given, ...of, points, causeId: own.redemption })),
    },
    {
      weight: 5,
      arbitrary: fc.tuple(reverse, issuer, small).map(([given, by, points]) => {
        const { causeLine: _, ...whole } = { causeLine: undefined, ...given };
        return { ...whole, ...of, ...by, points: Math.ceil(points / 3), reversesId: own.purchase };
      }),
    },
    {
      weight: 2,
      arbitrary: refund.map((given) => ({ ...given, ...of, refundsId: own.redemption })),
    },
    { weight: 1, arbitrary: vest.map((given) => ({ ...given, walletId })) },
    { weight: 1, arbitrary: extend.map((given) => ({ ...given, walletId })) },
    { weight: 1, arbitrary: expire.map((given) => ({ ...given, walletId })) },
    { weight: 1, arbitrary: place.map((given) => ({ ...given, ...held, holdMinutes: 10 })) },
    { weight: 3, arbitrary: resolve.map((given) => ({ ...given, ...held })) },
  );
}

/** What happens to dan's account, and goes on to after it was merged into another one. */
export const ofDan: fc.Arbitrary<PointsCommand> = deedsOf('dan', {
  ...{ purchase: 'p19', redemption: 'r9', holdId: 'h10' },
});

const ofAnn: fc.Arbitrary<PointsCommand> = deedsOf('ann', {
  ...{ purchase: 'p18', redemption: 'r8', holdId: 'h11' },
});

type Account = Readonly<{ walletId: string; purchase: string }>;

const DAN: Account = { walletId: 'dan', purchase: 'p17' };
const ANN: Account = { walletId: 'ann', purchase: 'p16' };

type Bought = Readonly<{ got: number; spent: number; back: number; issuerId: string }>;

/** What an account got, and how much of it was spent and brought back. */
const bought = fc
  .record({
    got: small,
    parts: fc.tuple(small, small),
    issuerId: pick('merchant-b', 'merchant-c'),
  })
  .map(({ got, parts: [spent, back], issuerId }) => ({
    ...{ got, issuerId },
    ...{ spent: Math.min(spent, got), back: Math.min(back, got) },
  }));

/** It gets points, spends some and brings some back, so that it has points in the end or owes some. */
function purchaseOf(
  { walletId, purchase }: Account,
  { got, spent, back, issuerId }: Bought,
): Step[] {
  const of = { walletId, unit: 'ALLIANCE', ruleVersion: null };
  const cause = { causeKind: 'PURCHASE', causeId: purchase };
  const lasting = { expiresOn: NEVER, priceClass: '80/100 CNY' };
  // Good for one thing only, so that it pays no debt.
  const brief = { ...lasting, expiresOn: TOMORROW, useScope: 'reward:cake' };
  const own: PointsCommand[] = [
    { ...of, ...cause, ...lasting, kind: 'ACCRUE', issuerId, points: got },
    { ...of, ...cause, kind: 'BURN', points: spent, acceptorId: 'merchant-d' },
    { ...of, ...cause, kind: 'REVERSE', issuerId, points: back, reversesId: cause.causeId },
    { ...of, ...cause, ...brief, kind: 'ACCRUE', issuerId, points: spent },
    { ...of, ...cause, ...lasting, kind: 'ACCRUE', issuerId, points: got, vestsOn: 'ON_EVENT' },
  ];
  return own.map((command) => ({ command, days: 0 }));
}

const past = (deeds: typeof ofDan, account: Account) =>
  fc
    .tuple(bought, stepsOf(deeds))
    .map(([given, before]): Step[] => [...purchaseOf(account, given), ...before.slice(0, 8)]);

/** Steps in which two accounts come to have or to owe this and that, become one, and go on. */
export const mergeSteps = fc
  .tuple(
    past(ofDan, DAN),
    past(ofAnn, ANN),
    fc.record({ run: expire, days: pick(0, 1) }),
    mergeDan,
    stepsOf(fc.oneof(ofDan, ofAnn)),
  )
  .map(([dans, anns, { run, days }, command, after]): Step[] => [
    ...[...dans, ...anns],
    { command: { ...run, walletId: 'dan', unit: 'ALLIANCE', day: TOMORROW }, days },
    { command, days: 0 },
    ...after.slice(0, 30),
  ]);

/** Steps in which one of two accounts owes and the other has points, become one, and go on. */
export const payingSteps = fc
  .record({
    parties: pick([DAN, ANN] as const, [ANN, DAN] as const),
    owed: bought,
    had: bought,
    merge: fc.record({ command: mergeOf(['dan', 'ann']), days: pick(0, 1) }),
    after: stepsOf(fc.oneof(ofDan, ofAnn)),
  })
  .map(({ parties: [owes, has], owed, had, merge, after }): Step[] => [
    // All of it was spent before some came back.
    ...purchaseOf(owes, { ...owed, spent: owed.got }),
    ...purchaseOf(has, { ...had, got: had.got + had.spent + had.back }),
    ...[merge, ...after.slice(0, 30)],
  ]);
