import fc from 'fast-check';
import { addDays, isoDay, NEVER } from '../../shared/calendar.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { FIRST_DAY } from './test-books.ts';

export const pick = <T>(...values: T[]) => fc.constantFrom(...values);
export const small = fc.integer({ min: 1, max: 60 });
export const large = fc.integer({ min: 1, max: 300 });
export const merchant = pick('merchant-a', 'merchant-b', 'merchant-c', 'merchant-d');
export const ruleVersion = pick(null, 'v1');

/** Few wallets, merchants, purchases and holds, so that commands meet each other. */
export const purchase = fc.oneof(
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
export const wallet = pick('ann', 'ann', 'ann', 'bob');
const hold = pick(
  ...Array.from({ length: 8 }, (_, index) => ({
    holdId: `h${index}`,
    walletId: index === 7 ? 'bob' : 'ann',
  })),
);

export const accrue = fc
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
export const vest = fc
  .record({ walletId: wallet, index: fc.nat(5), ruleVersion })
  .map(({ index, ...more }) => ({
    ...more,
    accrualId: `pending-${index}`,
    kind: 'VEST' as const,
    causeKind: 'VESTING',
    causeId: 'v1',
  }));
export const refund = fc
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
export const extend = fc
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
export const reverse = fc
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
export const spend = {
  causeKind: pick('REDEMPTION'),
  causeId: pick('r1', 'r2'),
  ruleVersion,
  unit: pick('ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'MILES'),
  points: fc.oneof(small, large),
  acceptorId: merchant,
};
export const burn = fc
  .record({ ...spend, walletId: wallet, kind: pick('BURN' as const), isScoped: fc.boolean() })
  .map(({ isScoped, ...more }) => ({ ...more, ...(isScoped && { scopes: ['reward:cake'] }) }));
export const place = fc
  .record({ ...spend, hold, holdMinutes: pick(10, 4 * 24 * 60) })
  .map(({ hold: placed, ...more }) => ({ ...more, ...placed, kind: 'HOLD' as const }));
export const resolve = fc
  .record({ hold, isCapture: fc.boolean(), ruleVersion })
  .map(({ hold: placed, isCapture, ...more }) => ({
    ...more,
    ...placed,
    kind: isCapture ? ('CAPTURE' as const) : ('RELEASE' as const),
    causeKind: 'REDEMPTION',
    causeId: 'r1',
  }));

/** The run of a day: of this one, one before or one that has not come. */
export const expire = fc
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

/** A command, and how many days pass before it. */
export type Step = Readonly<{ command: PointsCommand; days: number }>;

export const stepsOf = (commands: fc.Arbitrary<PointsCommand>) =>
  fc.array(
    fc.record({
      command: commands,
      days: fc.oneof({ weight: 8, arbitrary: pick(0) }, { weight: 1, arbitrary: pick(1, 2) }),
    }),
    { minLength: 1, maxLength: 60, size: 'max' },
  );
