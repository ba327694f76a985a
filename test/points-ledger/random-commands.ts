import fc from 'fast-check';
import { addDays, isoDay, NEVER } from '../../shared/calendar.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { FIRST_DAY } from './test-books.ts';

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const small = fc.integer({ min: 1, max: 60 });
const large = fc.integer({ min: 1, max: 300 });
const merchant = pick('merchant-a', 'merchant-b', 'merchant-c', 'merchant-d');
const ruleVersion = pick(null, 'v1');

/** Few wallets, merchants, purchases and holds, so that commands meet each other. */
const purchase = fc.oneof(
  {
    weight: 15,
    arbitrary: pick(
      { causeId: 'p1', walletId: 'ann', issuerId: 'merchant-a', unit: 'ALLIANCE' },
      { causeId: 'p2', walletId: 'ann', issuerId: 'merchant-b', unit: 'ALLIANCE' },
      { causeId: 'p3', walletId: 'ann', issuerId: 'merchant-c', unit: 'ALLIANCE' },
      { causeId: 'p4', walletId: 'ann', issuerId: 'merchant-a', unit: 'ALLIANCE' },
      { causeId: 'p5', walletId: 'bob', issuerId: 'merchant-a', unit: 'MILES' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      causeId: pick('p1', 'p2', 'p6'),
      walletId: pick('ann', 'bob'),
      issuerId: merchant,
      unit: pick('ALLIANCE', 'MILES'),
    }),
  },
);
const wallet = pick('ann', 'ann', 'ann', 'bob');
const hold = pick(
  ...Array.from({ length: 8 }, (_, index) => ({
    holdId: `h${index}`,
    walletId: index === 7 ? 'bob' : 'ann',
  })),
);

const accrue = fc
  .record({
    purchase,
    points: large,
    expiresOn: fc.oneof(
      fc.integer({ min: 1, max: 6 }).map((days) => addDays(FIRST_DAY, days)),
      pick(NEVER),
    ),
    priceClass: pick('80/100 CNY', '1/3 CNY'),
    ruleVersion,
    terms: fc.oneof(
      { weight: 6, arbitrary: pick({}) },
      {
        weight: 2,
        arbitrary: fc
          .integer({ min: 0, max: 3 })
          .map((days) => ({ vestsOn: addDays(FIRST_DAY, days) })),
      },
      { weight: 1, arbitrary: pick({ vestsOn: 'ON_EVENT' as const }, { useScope: 'reward:cake' }) },
      { weight: 1, arbitrary: pick({ causeLine: '1' }, { causeLine: '2' }) },
    ),
  })
  .map(({ purchase: bought, terms, ...more }) => ({
    ...bought,
    ...more,
    ...terms,
    kind: 'ACCRUE' as const,
    causeKind: 'PURCHASE',
  }));
/** Which accrual that is, books in memory find out; on a database none is found. */
const vest = fc
  .record({ walletId: wallet, index: fc.nat(5), ruleVersion })
  .map(({ index, ...more }) => ({
    ...more,
    accrualId: `pending-${index}`,
    kind: 'VEST' as const,
    causeKind: 'VESTING',
    causeId: 'v1',
  }));
const refund = fc
  .record({
    walletId: wallet,
    refundsId: pick('r1', 'r2'),
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    points: fc.oneof(small, large),
    lapsed: pick({ extendDays: null }, { extendDays: 1 }, { extendDays: 180, goodForMonths: 6 }),
    ruleVersion,
  })
  .map(({ lapsed, ...given }) => ({
    ...given,
    ...lapsed,
    kind: 'REFUND' as const,
    causeKind: 'REDEMPTION_RETURN',
    causeId: 'x2',
  }));
/** Of lots that there are, when there are any: see `TestBooks`. */
const extend = fc
  .record({
    walletId: wallet,
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    issuerId: pick('any', 'any', 'any', 'merchant-a'),
    day: fc.integer({ min: 1, max: 6 }),
    longer: fc.integer({ min: -1, max: 6 }),
    ruleVersion,
  })
  .map(({ day, longer, ...given }) => ({
    ...given,
    expiresOn: addDays(FIRST_DAY, day),
    toExpiresOn: addDays(FIRST_DAY, day + longer),
    kind: 'EXTEND' as const,
    causeKind: 'INCIDENT',
    causeId: 'i1',
  }));
const reverse = fc
  .record({
    purchase,
    points: fc.oneof(small, large),
    ruleVersion,
    line: pick({}, {}, { causeLine: '1' }),
  })
  .map(({ purchase: { causeId, ...bought }, line, ...more }) => ({
    ...bought,
    ...more,
    ...line,
    kind: 'REVERSE' as const,
    causeKind: 'RETURN',
    causeId: 'x1',
    reversesId: causeId,
  }));
const spend = {
  causeKind: pick('REDEMPTION'),
  causeId: pick('r1', 'r2'),
  ruleVersion,
  unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
  points: fc.oneof(small, large),
  acceptorId: merchant,
};
const burn = fc
  .record({ ...spend, walletId: wallet, kind: pick('BURN' as const), isScoped: fc.boolean() })
  .map(({ isScoped, ...more }) => ({ ...more, ...(isScoped && { scopes: ['reward:cake'] }) }));
const place = fc
  .record({ ...spend, hold, holdMinutes: pick(10, 4 * 24 * 60) })
  .map(({ hold: placed, ...more }) => ({ ...more, ...placed, kind: 'HOLD' as const }));
const resolve = fc
  .record({ hold, isCapture: fc.boolean(), ruleVersion })
  .map(({ hold: placed, isCapture, ...more }) => ({
    ...more,
    ...placed,
    kind: isCapture ? ('CAPTURE' as const) : ('RELEASE' as const),
    causeKind: 'REDEMPTION',
    causeId: 'r1',
  }));

/** The run of a day: of this one, one before or one that has not come. */
const expire = fc
  .record({
    walletId: wallet,
    unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
    day: fc.integer({ min: 0, max: 7 }).map((days) => addDays(FIRST_DAY, days)),
    ruleVersion,
  })
  .map((run) => ({
    ...run,
    kind: 'EXPIRE' as const,
    causeKind: 'EXPIRY',
    causeId: isoDay(run.day),
  }));

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
);

/** Of one wallet alone, without what needs a register. */
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

/** A command, and how many days pass before it. */
export type Step = Readonly<{ command: PointsCommand; days: number }>;

const stepsOf = (commands: fc.Arbitrary<PointsCommand>) =>
  fc.array(
    fc.record({
      command: commands,
      days: fc.oneof({ weight: 8, arbitrary: pick(0) }, { weight: 1, arbitrary: pick(1, 2) }),
    }),
    { minLength: 1, maxLength: 60, size: 'max' },
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
