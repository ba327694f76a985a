import { addDays } from '../../shared/calendar.ts';
import { canonicalJson } from '../../shared/identifiers.ts';
import { answer, type Memory } from '../../subgraphs/points-ledger/domain/answer.ts';
import {
  type Books,
  emptyBooks,
  emptyWallet,
  ownerOf,
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
const WALLETS = ['ann', 'bob', 'cat', 'dan', 'pool:f1', 'pool:f2'];
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whom the points may go to: ann and bob are family since a while, cat is registered by ann. */
function fillRegisters({ programmes, memberships, transferees, caps }: Registers): void {
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

  /** Entries are numbered by what is posted: passes one number over. */
  leaveOut(): void {
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
        .filter((one) => one.pending > 0 && this.#isOf(one.walletId, asked.walletId));
      const found = pending[Number(index) % pending.length];
      return found === undefined ? asked : { ...asked, accrualId: found.entryId };
    }
    if (asked.kind === 'EXTEND' && asked.issuerId === 'any') {
      const { lots, expired } = walletOf(this.books, ownerOf(this.books, asked.walletId));
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

  /** Whether two names are of one account by now. */
  #isOf(walletId: string, otherId: string): boolean {
    return ownerOf(this.books, walletId) === ownerOf(this.books, otherId);
  }

  /** Everything there is, as text: equal books have equal text. */
  snapshot(): string {
    const { wallets, holds, accruals, burns, freezes, registers, covers: open } = this.books;
    return JSON.stringify([
      [...wallets].map(([id, { version, freezes: frozen, mergedInto, ...more }]) => [
        id,
        version,
        frozen,
        mergedInto,
        [...more.units].toSorted(),
        [...more.lots].toSorted(),
        [...more.debts].toSorted(),
        [...more.expired].toSorted(),
        [...more.pending].toSorted(),
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
