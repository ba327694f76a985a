import fc from 'fast-check';
import { addDays, NEVER } from '../../shared/calendar.ts';
import { canonicalJson } from '../../shared/identifiers.ts';
import { answer, type Memory } from '../../subgraphs/points-ledger/domain/answer.ts';
import { type Books, emptyBooks, emptyWallet } from '../../subgraphs/points-ledger/domain/books.ts';
import type { Outcome, PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import type { Entry } from '../../subgraphs/points-ledger/domain/entry.ts';

export const FIRST_DAY = 20261122;
const DAY_MS = 24 * 60 * 60 * 1000;

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const points = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 300 }));
const walletId = pick('ann', 'bob');
const merchant = pick('merchant-a', 'merchant-b', 'merchant-c', 'merchant-d');
const unit = fc.oneof(
  { weight: 5, arbitrary: pick('ALLIANCE') },
  { weight: 1, arbitrary: pick('MILES') },
);
const purchase = pick('p1', 'p2', 'p3', 'p4', 'p5');
const holdId = pick('h1', 'h2', 'h3', 'h4');
const common = { walletId, causeId: purchase, ruleVersion: pick(null, 'v1') };

const accrue = fc.record({
  ...common,
  kind: pick('ACCRUE' as const),
  causeKind: pick('PURCHASE'),
  unit,
  points,
  issuerId: merchant,
  expiresOn: fc.oneof(
    fc.integer({ min: 1, max: 6 }).map((days) => addDays(FIRST_DAY, days)),
    pick(NEVER),
  ),
  priceClass: pick('80/100 CNY', '1/3 CNY'),
});
const spend = { ...common, causeKind: pick('REDEMPTION'), unit, points, acceptorId: merchant };
const resolve = { ...common, causeKind: pick('REDEMPTION'), holdId };

/** Few wallets, merchants, purchases and holds, so that commands meet each other. */
export const command: fc.Arbitrary<PointsCommand> = fc.oneof(
  { weight: 5, arbitrary: accrue },
  { weight: 3, arbitrary: fc.record({ ...spend, kind: pick('BURN' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...spend,
      kind: pick('HOLD' as const),
      holdId,
      holdMinutes: pick(10, 4 * 24 * 60),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...resolve, kind: pick('CAPTURE' as const) }) },
  { weight: 2, arbitrary: fc.record({ ...resolve, kind: pick('RELEASE' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...common,
      kind: pick('REVERSE' as const),
      causeKind: pick('RETURN'),
      unit,
      points,
      issuerId: merchant,
      reversesId: purchase,
    }),
  },
);

/** A command, and how many days pass before it. */
export type Step = Readonly<{ command: PointsCommand; days: number }>;

export const steps = fc.array(
  fc.record({
    command,
    days: fc.oneof({ weight: 8, arbitrary: pick(0) }, { weight: 1, arbitrary: pick(1, 2) }),
  }),
  { minLength: 1, maxLength: 60 },
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
    for (const id of ['ann', 'bob']) this.books.wallets.set(id, emptyWallet(id));
  }

  pass(days: number): void {
    this.atMs += days * DAY_MS;
    this.today = addDays(this.today, days);
  }

  /** Posts a command, under a key of its own unless one is given. */
  post(asked: PointsCommand, key = `key-${this.#count}`): Done {
    this.#count += 1;
    const request = {
      scope: 'service:test',
      key,
      requestHash: canonicalJson(asked),
      command: asked,
    };
    const entryId = `entry-${this.#count}`;
    const moment = { atMs: this.atMs, today: this.today, entryId };
    const { outcome, entry } = answer(this.books, this.memory, request, moment);
    return { command: asked, outcome, entry, today: this.today };
  }

  /** Everything there is, as text: equal books have equal text. */
  snapshot(): string {
    const { wallets, holds, accruals } = this.books;
    return canonicalJson([
      [...wallets].map(([id, { version, units, lots, debts }]) => [
        id,
        version,
        [...units].toSorted(),
        [...lots].toSorted(),
        [...debts].toSorted(),
      ]),
      [...holds],
      [...accruals],
    ]);
  }
}
