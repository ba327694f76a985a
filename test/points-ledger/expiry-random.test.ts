import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDay, NEVER } from '../../shared/calendar.ts';
import { settle } from '../../shared/workers.ts';
import { expireLots } from '../../subgraphs/points-ledger/commands/expire-lots.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { freshKey } from '../support/people.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, resolve } from './books-world.ts';
import { type Event, expiryIn, Reference } from './expiry-reference.ts';

const START = '2026-11-22T02:30:00Z';
const WALLETS = ['ann', 'bob', 'eve'];
const HOUR_MS = 60 * 60 * 1000;

const wallet = fc.constantFrom(...WALLETS);
const points = fc.integer({ min: 1, max: 60 });
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('accrue' as const),
      wallet,
      points: fc.integer({ min: 1, max: 150 }),
      days: fc.integer({ min: 0, max: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('burn' as const, 'hold' as const),
      wallet,
      points,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('release' as const, 'release' as const, 'capture' as const),
      nth: fc.nat(7),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      hours: fc.integer({ min: -30, max: 40 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      steps: fc.option(fc.integer({ min: 0, max: 3 })),
    }),
  },
);

/** Lets an event happen to the books and to the reference, which must agree on how it ends. */
async function happen(books: OpenBooks, plain: Reference, one: Event): Promise<void> {
  switch (one.kind) {
    case 'clock':
      plain.clockMs += one.hours * HOUR_MS;
      books.clock.set(new Date(plain.clockMs).toISOString());
      return;
    case 'run': {
      const own = runOf(books);
      if (one.steps !== null) {
        const killed = expireLots(books.frame, createLedger(books.frame), { page: 1 });
        for (let step = 0; step < one.steps; step += 1) await killed.step();
      }
      await settle([one.steps === null ? own : freshRun(books)]);
      plain.run(one.steps === null);
      return;
    }
    case 'release':
    case 'capture': {
      const placed = plain.open[one.nth];
      if (placed === undefined) return;
      const kind = one.kind === 'release' ? 'RELEASE' : 'CAPTURE';
      const { status } = await books.postOne(
        resolve(kind, { walletId: placed.wallet, holdId: placed.id }),
      );
      expect(status).toBe('ACCEPTED');
      plain[one.kind](one.nth);
      return;
    }
    default:
      await move(books, plain, one);
  }
}

async function move(
  books: OpenBooks,
  plain: Reference,
  one: Extract<Event, { wallet: string }>,
): Promise<void> {
  const { wallet: walletId, points: amount } = one;
  const holdId = freshKey();
  const given = { walletId, points: amount };
  if (one.kind === 'accrue') {
    const expiresOn = expiryIn(plain.today, one.days);
    const day = expiresOn === NEVER ? null : isoDay(expiresOn);
    const { status } = await books.postOne(accrue({ ...given, expiresOn: day }));
    expect(status === 'ACCEPTED').toBe(plain.accrue(walletId, amount, expiresOn));
    return;
  }
  const isBurn = one.kind === 'burn';
  const { status, available } = await books.postOne(
    isBurn ? burn(given) : hold({ ...given, holdId, holdMinutes: 300 * 24 * 60 }),
  );
  const passes = isBurn ? plain.burn(walletId, amount) : plain.hold(walletId, amount, holdId);
  expect(status === 'ACCEPTED').toBe(passes);
  expect(available).toBe(plain.available(walletId));
}

const runs = new WeakMap<OpenBooks, ReturnType<typeof expireLots>>();

/** The run of the process of these books: it remembers which day it has done. */
function runOf(books: OpenBooks) {
  const run = runs.get(books) ?? freshRun(books);
  runs.set(books, run);
  return run;
}

const freshRun = ({ frame }: OpenBooks) => expireLots(frame, createLedger(frame), { page: 2 });

async function compare(books: OpenBooks, plain: Reference): Promise<void> {
  const { conservation } = await books.data(
    '{ conservation { issued available held redeemed expired debt balance } }',
  );
  const [sums = { issued: 0, held: 0, redeemed: 0, expired: 0, debt: 0, balance: 0 }] =
    conservation;
  const expired = plain.expired.values().reduce((all, one) => all + one, 0);
  expect(sums).toMatchObject({
    issued: plain.issued,
    redeemed: plain.redeemed,
    expired,
    debt: 0,
    balance: 0,
  });
  for (const id of WALLETS) {
    const [row] = await books.database.reader.query(
      'SELECT COALESCE(SUM(points), 0) AS points FROM points_expired WHERE wallet_id = ?',
      [id],
    );
    expect([id, Number(row.points)]).toEqual([id, plain.expired.get(id) ?? 0]);
    const [unit = { held: 0 }] = (await books.wallet(id)).byUnit;
    expect([id, unit.held]).toEqual([id, plain.held(id)]);
  }
  expect(await books.problems()).toEqual([]);
}

describe.each(engines)('on $name', (engine) => {
  test('S6 S17 S59 whatever happens in whatever order, the books say what a plain list of points says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 10, maxLength: 60, size: 'max' }),
        async (events) => {
          await using books = await openBooks(engine, { at: START });
          const plain = new Reference(Date.parse(START));
          for (const one of events) await happen(books, plain, one);
          await compare(books, plain);
        },
      ),
      { numRuns: engine.name === 'SQLite' ? 25 : 12 },
    );
  });
});
