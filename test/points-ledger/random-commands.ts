import fc from 'fast-check';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import {
  accrue,
  burn,
  expire,
  extend,
  large,
  pick,
  place,
  refund,
  resolve,
  reverse,
  ruleVersion,
  type Step,
  small,
  spend,
  stepsOf,
  vest,
  wallet,
} from './random-deeds.ts';
import { mergeAny, mergeDan, ofDan } from './random-merges.ts';

export type { Step } from './random-deeds.ts';

/** Two at most, so that most of a run is not frozen. */
const frozenCase = pick(
  { caseId: 'c1', causeId: 'c1', walletId: 'ann' },
  { caseId: 'c2', causeId: 'c2', walletId: 'ann' },
);
const freeze = fc.record({ frozenCase, ruleVersion }).map(({ frozenCase: given, ...more }) => ({
  ...given,
  ...more,
  kind: 'FREEZE' as const,
  causeKind: 'CASE',
  evidenceHash: 'e'.repeat(64),
}));
const lift = fc
  .record({ frozenCase, ruleVersion, outcome: pick('UNFOUNDED' as const, 'PROVEN' as const) })
  .map(({ frozenCase: given, ...more }) => ({
    ...given,
    ...more,
    kind: 'LIFT' as const,
    causeKind: 'CASE',
  }));
const deduct = fc
  .record({
    frozenCase,
    ruleVersion,
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    parts: fc.array(
      fc.record({
        accrualId: fc.integer({ min: 1, max: 6 }).map((entry) => `entry-${entry}`),
        points: small,
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ frozenCase: given, ...more }) => ({
    ...given,
    ...more,
    kind: 'DEDUCT' as const,
    causeKind: 'CASE',
  }));

const someone = pick('ann', 'ann', 'bob', 'bob', 'cat', 'pool:f1');
const transfer = fc
  .record({
    walletId: someone,
    counterWalletId: pick('ann', 'bob', 'bob', 'cat', 'pool:f1'),
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    points: fc.oneof(small, large),
    ruleVersion,
  })
  .map((given) => ({ ...given, kind: 'TRANSFER' as const, causeKind: 'GIFT', causeId: 'g1' }));
const contribute = fc
  .record({
    walletId: someone,
    counterWalletId: pick('pool:f1', 'pool:f1', 'pool:f1', 'pool:f2', 'bob'),
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    points: fc.oneof(small, large),
    ruleVersion,
  })
  .map((given) => ({ ...given, kind: 'CONTRIBUTE' as const, causeKind: 'GIFT', causeId: 'g2' }));
const withdraw = fc
  .record({
    walletId: pick('pool:f1', 'pool:f1', 'pool:f1', 'ann'),
    counterWalletId: pick('ann', 'ann', 'bob', 'bob', 'cat', 'pool:f1'),
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    part: fc.oneof(
      small.map((points) => ({ points })),
      pick({}),
    ),
    ruleVersion,
  })
  .map(({ part, ...given }) => ({
    ...given,
    ...part,
    kind: 'WITHDRAW' as const,
    causeKind: 'GIFT',
    causeId: 'g3',
  }));
const spendTogether = fc
  .record({
    ...spend,
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    causeId: pick('r3', 'r4'),
    points: small,
    walletId: pick('pool:f1'),
    by: pick(
      { actorId: 'ann' },
      { actorId: 'ann' },
      { actorId: 'bob' },
      { actorId: 'bob' },
      { actorId: 'cat' },
      {},
    ),
  })
  .map(({ by, ...given }) => ({ ...given, ...by, kind: 'BURN' as const }));
const holdTogether = fc
  .record({ together: spendTogether, holdId: pick('h8', 'h9'), holdMinutes: pick(10, 4 * 24 * 60) })
  .map(({ together, ...given }) => ({ ...together, ...given, kind: 'HOLD' as const }));
const resolveTogether = fc
  .record({ resolve, holdId: pick('h8', 'h9') })
  .map(({ resolve: given, holdId }) => ({ ...given, holdId, walletId: 'pool:f1', causeId: 'r3' }));
const refundTogether = refund.map((given) => ({
  ...given,
  walletId: 'pool:f1',
  refundsId: given.refundsId === 'r1' ? 'r3' : 'r4',
  points: Math.ceil(given.points / 4),
}));
const expireTogether = expire.map((run) => ({ ...run, walletId: 'pool:f1' }));
const together = fc.oneof(
  { weight: 5, arbitrary: contribute },
  { weight: 3, arbitrary: withdraw },
  { weight: 2, arbitrary: spendTogether },
  { weight: 2, arbitrary: holdTogether },
  { weight: 2, arbitrary: resolveTogether },
  { weight: 2, arbitrary: refundTogether },
  { weight: 1, arbitrary: expireTogether },
);

const convert = fc
  .record({
    walletId: wallet,
    units: pick(['ALLIANCE', 'MILES'], ['ALLIANCE', 'MILES'], ['MILES', 'ALLIANCE']),
    points: fc.oneof(small, large),
    ruleVersion,
  })
  .map(({ units: [unit = '', toUnit = ''], ...more }) => ({
    ...more,
    unit,
    toUnit,
    kind: 'CONVERT' as const,
    causeKind: 'CONVERSION',
    causeId: 'c1',
  }));

export const command: fc.Arbitrary<PointsCommand> = fc.oneof(
  { weight: 6, arbitrary: accrue },
  { weight: 3, arbitrary: burn },
  { weight: 3, arbitrary: place },
  { weight: 4, arbitrary: resolve },
  { weight: 4, arbitrary: reverse },
  { weight: 3, arbitrary: expire },
  { weight: 2, arbitrary: vest },
  { weight: 3, arbitrary: refund },
  { weight: 2, arbitrary: extend },
  { weight: 1, arbitrary: freeze },
  { weight: 6, arbitrary: lift },
  { weight: 2, arbitrary: deduct },
  { weight: 3, arbitrary: convert },
  { weight: 3, arbitrary: transfer },
  { weight: 8, arbitrary: together },
  { weight: 8, arbitrary: ofDan },
  { weight: 2, arbitrary: mergeAny },
);

/** Without what needs a register: of one wallet alone, but that one account may be merged into another. */
export const plainCommand: fc.Arbitrary<PointsCommand> = fc.oneof(
  { weight: 6, arbitrary: accrue },
  { weight: 4, arbitrary: burn },
  { weight: 2, arbitrary: place },
  { weight: 3, arbitrary: resolve },
  { weight: 3, arbitrary: reverse },
  { weight: 2, arbitrary: expire },
  { weight: 3, arbitrary: vest },
  { weight: 5, arbitrary: refund },
  { weight: 3, arbitrary: extend },
  { weight: 8, arbitrary: ofDan },
  { weight: 2, arbitrary: mergeDan },
);

/** What a family does: enough comes in for most of the rest to go through. */
const familyCommand: fc.Arbitrary<PointsCommand> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(accrue, pick('ann', 'bob'), pick('merchant-a', 'merchant-b'))
      .map(([given, walletId, issuerId]) => ({
        ...given,
        walletId,
        issuerId,
        unit: 'ALLIANCE',
        causeId: walletId === 'ann' ? 'p7' : 'p8',
      })),
  },
  { weight: 1, arbitrary: transfer },
  { weight: 1, arbitrary: reverse },
  {
    weight: 4,
    arbitrary: fc.tuple(contribute, pick('ann', 'bob')).map(([given, walletId]) => ({
      ...given,
      walletId,
      counterWalletId: 'pool:f1',
      unit: 'ALLIANCE',
    })),
  },
  { weight: 14, arbitrary: together },
);

export const steps = stepsOf(command);

/** Steps in which points are given, burnt, given back, extended and taken back more often. */
export const plainSteps = stepsOf(plainCommand);

/** Steps in which the same holds are placed and resolved again and again. */
export const holdSteps = stepsOf(
  fc.oneof(
    { weight: 3, arbitrary: accrue },
    { weight: 3, arbitrary: place },
    { weight: 6, arbitrary: resolve },
  ),
);

export const familySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    command: familyCommand,
    days: fc.oneof({ weight: 12, arbitrary: pick(0) }, { weight: 1, arbitrary: pick(1) }),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);
