import fc from 'fast-check';
import { addDays, isoDay, NEVER } from '../../shared/calendar.ts';
import { canonicalJson } from '../../shared/identifiers.ts';
import { answer, type Memory } from '../../subgraphs/points-ledger/domain/answer.ts';
import {
  type Books,
  emptyBooks,
  emptyWallet,
  walletOf,
} from '../../subgraphs/points-ledger/domain/books.ts';
import type { Outcome, PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { type Rate, rateText } from '../../subgraphs/points-ledger/domain/conversion.ts';
import { type Cover, coverText } from '../../subgraphs/points-ledger/domain/cover.ts';
import type { Entry } from '../../subgraphs/points-ledger/domain/entry.ts';
import { compareLots } from '../../subgraphs/points-ledger/domain/lot.ts';
import {
  capText,
  programmeText,
  type Registers,
  transfereeText,
} from '../../subgraphs/points-ledger/domain/registers.ts';

export const FIRST_DAY = 20261122;
const WALLETS = ['ann', 'bob', 'cat', 'pool:f1', 'pool:f2'];
const DAY_MS = 24 * 60 * 60 * 1000;

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

/** Whom the points may go to: ann and bob are family since a while, cat is registered by ann. */
export function fillRegisters({ programmes, memberships, transferees, caps }: Registers): void {
  for (const unit of ['ALLIANCE', 'MILES']) {
    for (const [issuerId, transferRule] of [
      ['merchant-a', 'FAMILY'],
      ['merchant-b', 'REGISTERED'],
    ] as const) {
      const programme = { transfer: transferRule, effectiveAfterDays: 1, version: 1 };
      programmes.set(programmeText({ unit, issuerId }), programme);
      const text = transfereeText('ann', 'cat', { unit, issuerId });
      if (transferRule === 'REGISTERED') transferees.set(text, FIRST_DAY - 1);
    }
    caps.set(capText('pool:f1', 'bob', unit), { points: 100, spent: new Map() });
  }
  for (const id of ['ann', 'bob']) memberships.set(id, { poolId: 'pool:f1', since: FIRST_DAY - 1 });
}
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

/** Of two issuers, one with a rate that does not divide and one whose rate falls. */
export const rates: readonly Rate[] = [
  ['merchant-a', 'ALLIANCE', 'MILES', 1, 3, 2, '1/3 CNY', FIRST_DAY],
  ['merchant-a', 'MILES', 'ALLIANCE', 1, 2, 3, '80/100 CNY', FIRST_DAY],
  ['merchant-b', 'ALLIANCE', 'MILES', 1, 1, 1, '80/100 CNY', FIRST_DAY],
  ['merchant-b', 'ALLIANCE', 'MILES', 2, 4, 7, '1/1 USD', addDays(FIRST_DAY, 2)],
].map(([issuerId, unit, toUnit, version, numerator, denominator, priceClass, effectiveOn]) => ({
  issuerId: String(issuerId),
  unit: String(unit),
  toUnit: String(toUnit),
  version: Number(version),
  numerator: Number(numerator),
  denominator: Number(denominator),
  priceClass: String(priceClass),
  effectiveOn: Number(effectiveOn),
}));

/** Two issuers may not issue at will. */
export const covers: readonly Cover[] = [
  { issuerId: 'merchant-a', unit: 'ALLIANCE', version: 1, covered: 500, open: 0 },
  { issuerId: 'merchant-a', unit: 'MILES', version: 1, covered: 200, open: 0 },
];

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

export type Done = Readonly<{
  command: PointsCommand;
  outcome: Outcome;
  entry: Entry | null;
  today: number;
}>;

/** Books in memory, as one process would keep them, with the memory of their commands. */
export class TestBooks {
  readonly books: Books = emptyBooks();
  readonly memory: Memory = new Map();
  atMs = Date.parse('2026-11-22T02:00:00Z');
  today = FIRST_DAY;
  #count = 0;

  constructor() {
    for (const id of WALLETS) this.books.wallets.set(id, emptyWallet(id));
    fillRegisters(this.books.registers);
    this.books.rates = Map.groupBy(rates, rateText);
  }

  pass(days: number): void {
    this.atMs += days * DAY_MS;
    this.today = addDays(this.today, days);
  }

  /** Books in which two issuers may not issue at will. */
  static covered(): TestBooks {
    const books = new TestBooks();
    for (const one of covers) books.books.covers.set(coverText(one), { ...one });
    return books;
  }

  /** Entries are numbered by what is posted: leaves one out. */
  skip(): void {
    this.#count += 1;
  }

  /** Posts a command, under a key of its own unless one is given. */
  post(asked: PointsCommand, key = `key-${this.#count}`): Done {
    this.#count += 1;
    const request = {
      scope: 'service:test',
      key,
      requestHash: canonicalJson(asked),
      command: this.found(asked),
    };
    const entryId = `entry-${this.#count}`;
    const moment = { atMs: this.atMs, today: this.today, entryId };
    const { outcome, entry } = answer(this.books, this.memory, request, moment);
    return { command: asked, outcome, entry, today: this.today };
  }

  /** Most accruals and lots that are drawn at random are not there: others stand for them. */
  found(asked: PointsCommand): PointsCommand {
    if (asked.kind === 'VEST') {
      const [, index] = /^pending-(\d)$/.exec(asked.accrualId) ?? [];
      const pending = [...this.books.accruals.values()]
        .flat()
        .filter((one) => one.pending > 0 && one.walletId === asked.walletId);
      const found = pending[Number(index) % pending.length];
      return found === undefined ? asked : { ...asked, accrualId: found.entryId };
    }
    if (asked.kind === 'EXTEND' && asked.issuerId === 'any') {
      const { lots, expired } = walletOf(this.books, asked.walletId);
      // Whether the run of expiry came or not, these are the same.
      const found = [...new Map([...lots, ...expired]).values()]
        .filter(({ key }) => key.unit === asked.unit && key.expiresOn <= asked.expiresOn)
        .toSorted((a, b) => compareLots(a.key, b.key))
        .at(-1);
      return found === undefined
        ? asked
        : { ...asked, issuerId: found.key.issuerId, expiresOn: found.key.expiresOn };
    }
    return asked;
  }

  /** Everything there is, as text: equal books have equal text. */
  snapshot(): string {
    const { wallets, holds, accruals, burns, freezes, registers, covers: open } = this.books;
    return JSON.stringify([
      [...wallets].map(([id, { version, freezes: frozen, units, lots, debts, expired }]) => [
        id,
        version,
        frozen,
        [...units].toSorted(),
        [...lots].toSorted(),
        [...debts].toSorted(),
        [...expired].toSorted(),
      ]),
      [...holds],
      [...accruals],
      [...burns],
      [...open],
      [...freezes],
      [...registers.caps].map(([text, { spent }]) => [text, [...spent]]),
    ]);
  }
}
