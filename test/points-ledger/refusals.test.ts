import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PointsCommandInput } from '../../subgraphs/points-ledger/schema.generated.ts';
import { engines } from '../support/engines.ts';
import {
  accrue,
  burn,
  extend,
  hold,
  merchants,
  type OpenBooks,
  openBooks,
  refund,
  resolve,
  reverse,
  vest,
} from './books-world.ts';

const HUGE = Number.MAX_SAFE_INTEGER;

/** The memory of commands and the chain record that something was refused. All else is the books. */
const RECORDS = new Set([
  'points_command',
  'points_block',
  'points_chain_head',
  'points_block_tree',
  'points_checkpoint',
]);

/** A hash over every row of every table of the books, feed included. */
async function hashOf({ tamper, database }: OpenBooks): Promise<string> {
  const tables =
    database.dialect.engine === 'mysql'
      ? await tamper('SHOW TABLES')
      : await tamper("SELECT name FROM sqlite_master WHERE type = 'table'");
  const names = tables
    .map((row: Record<string, unknown>) => String(Object.values(row)[0]))
    .filter((name: string) => /^(points|frame_feed)_/.test(name) && !RECORDS.has(name))
    .toSorted();
  expect(names).toContain('points_burn');
  const hash = createHash('sha256');
  for (const name of names) {
    const rows = await tamper(`SELECT * FROM ${name}`);
    hash.update(
      `${name}\n${rows
        .map((row: unknown) => JSON.stringify(row))
        .toSorted()
        .join('\n')}\n`,
    );
  }
  return hash.digest('hex');
}

/** What the cases below are about, by the name under which they ask for it. */
type Known = Readonly<Record<'pending' | 'good' | 'later', string>>;

/** Ann has 115 points to spend, 50 for a cake, 40 pending until an event and 5 until a day, 30 held, 20 of a lapsed lot; bob owes 10. */
async function openKnown(engine: (typeof engines)[number]) {
  const books = await openBooks(engine);
  await books.post([
    accrue({ causeId: 'p1', points: 200 }),
    burn({ causeId: 'r1', points: 50 }),
    refund({ refundsId: 'r1', causeId: 'x1', points: 20 }),
    reverse({ reversesId: 'p1', causeId: 'x2', points: 10 }),
    accrue({ causeId: 'cake', points: 50, useScope: 'reward:cake' }),
    hold({ holdId: 'open', points: 30 }),
    hold({ holdId: 'captured', points: 15, causeId: 'r2' }),
    resolve('CAPTURE', { holdId: 'captured', causeId: 'r2' }),
    hold({ holdId: 'released', points: 15 }),
    resolve('RELEASE', { holdId: 'released' }),
    accrue({ walletId: 'bob', causeId: 'p3', points: 10 }),
    burn({ walletId: 'bob', causeId: 'r3', points: 10 }),
    reverse({ walletId: 'bob', reversesId: 'p3', points: 10 }),
    accrue({ walletId: 'eve', causeId: 'p4', points: 30 }),
    burn({ walletId: 'eve', causeId: 'r4', points: 10 }),
    accrue({ walletId: 'max', causeId: 'p5', points: HUGE }),
  ]);
  const [pending, good, , later] = await books.post([
    accrue({ causeId: 'p2', points: 40, vestsOnEvent: true }),
    accrue({ walletId: 'eve', causeId: 'p6', points: 1 }),
    accrue({ causeId: 'old', points: 20, expiresOn: '2026-11-23' }),
    accrue({ causeId: 'p7', points: 5, vestsOn: '2026-11-24' }),
  ]);
  // The hold that is open is due, and the lot that lapses has not been met by a run.
  books.clock.set('2026-11-22T16:00:00Z');
  await books.tamper('UPDATE points_wallet SET freezes = 1 WHERE id = ?', ['eve']);
  await books.tamper('UPDATE points_wallet SET merged_into = ? WHERE id = ?', ['ann', 'eva']);
  await books.tamper(
    "INSERT INTO points_wallet (id, version, merged_into) VALUES ('eva', 0, 'ann')",
  );
  const known: Known = {
    pending: String(pending?.entryId),
    good: String(good?.entryId),
    later: String(later?.entryId),
  };
  return Object.assign(books, { known });
}

type Case = readonly [what: string, command: (known: Known) => PointsCommandInput, code: string];

const malformed: readonly Case[] = [
  ['no points', () => burn({ points: 0 }), 'INVALID_COMMAND'],
  ['fewer than no points', () => burn({ points: -5 }), 'INVALID_COMMAND'],
  ['an accrual of none', () => accrue({ points: 0 }), 'INVALID_COMMAND'],
  ['an accrual below none', () => accrue({ points: -1 }), 'INVALID_COMMAND'],
  ['a refund of none', () => refund({ refundsId: 'r1', points: 0 }), 'INVALID_COMMAND'],
  ['a reversal below none', () => reverse({ reversesId: 'p1', points: -1 }), 'INVALID_COMMAND'],
  ['a hold for no time', () => hold({ holdId: 'new', holdMinutes: 0 }), 'INVALID_COMMAND'],
  ['a hold for years', () => hold({ holdId: 'new', holdMinutes: 1_000_000 }), 'INVALID_COMMAND'],
  ['a hold without a name', () => hold({ holdId: null }), 'INVALID_COMMAND'],
  ['a price below nothing', () => accrue({ priceMinor: -1 }), 'INVALID_COMMAND'],
  ['a price for no points', () => accrue({ pricePoints: 0 }), 'INVALID_COMMAND'],
  ['a price in no currency', () => accrue({ priceCurrency: 'yuan' }), 'INVALID_COMMAND'],
  ['no wallet', () => burn({ walletId: '' }), 'INVALID_COMMAND'],
  ['a wallet with a space behind', () => burn({ walletId: 'ann ' }), 'INVALID_COMMAND'],
  ['an id that no column takes', () => burn({ acceptorId: 'B'.repeat(65) }), 'INVALID_COMMAND'],
  ['a key that no column takes', () => burn({ key: 'k'.repeat(129) }), 'INVALID_COMMAND'],
  ['an empty key', () => burn({ key: '' }), 'INVALID_COMMAND'],
  ['a scope without a name', () => burn({ scopes: [''] }), 'INVALID_COMMAND'],
  [
    'more scopes than a reward has',
    () => burn({ scopes: Array.from({ length: 21 }, (_, n) => `reward:${n}`) }),
    'INVALID_COMMAND',
  ],
  ['points that lapsed already', () => accrue({ expiresOn: '2026-11-23' }), 'INVALID_COMMAND'],
  [
    'points that lapse before they vest',
    () => accrue({ vestsOn: '2027-01-01', expiresOn: '2027-01-01' }),
    'INVALID_COMMAND',
  ],
  [
    'two ways to vest',
    () => accrue({ vestsOn: '2027-01-01', vestsOnEvent: true }),
    'INVALID_COMMAND',
  ],
  ['a refund of nothing', () => refund(), 'INVALID_COMMAND'],
  ['an extension by no day', () => refund({ refundsId: 'r1', extendDays: 0 }), 'INVALID_COMMAND'],
  ['one by decades', () => refund({ refundsId: 'r1', extendDays: 3661 }), 'INVALID_COMMAND'],
  ['good for no month', () => refund({ refundsId: 'r1', goodForMonths: 0 }), 'INVALID_COMMAND'],
  ['good for decades', () => refund({ refundsId: 'r1', goodForMonths: 121 }), 'INVALID_COMMAND'],
  [
    'points that lapse and are good for months',
    () => refund({ refundsId: 'r1', lapsedLots: 'LAPSE', goodForMonths: 6 }),
    'INVALID_COMMAND',
  ],
  ['an extension of no day', () => extend({ toExpiresOn: '2027-01-01' }), 'INVALID_COMMAND'],
  ['an accrual without a name', () => vest(), 'INVALID_COMMAND'],
];

const refused: readonly Case[] = [
  ['more points than there are', () => burn({ points: 116 }), 'INSUFFICIENT_POINTS'],
  ['all points there can be', () => burn({ points: HUGE }), 'INSUFFICIENT_POINTS'],
  ['points of a stranger', () => burn({ walletId: 'nobody', points: 1 }), 'INSUFFICIENT_POINTS'],
  ['points of a unit nobody has', () => burn({ unit: 'MILES', points: 1 }), 'INSUFFICIENT_POINTS'],
  ['points that are owed', () => burn({ walletId: 'bob', points: 1 }), 'INSUFFICIENT_POINTS'],
  [
    'points for another thing',
    () => burn({ points: 116, scopes: ['reward:toy'] }),
    'INSUFFICIENT_POINTS',
  ],
  ['points that lapsed', () => hold({ holdId: 'new', points: 116 }), 'INSUFFICIENT_POINTS'],
  ['frozen points', () => burn({ walletId: 'eve', points: 1 }), 'WALLET_FROZEN'],
  [
    'a hold of frozen points',
    () => hold({ walletId: 'eve', holdId: 'new', points: 1 }),
    'WALLET_FROZEN',
  ],
  ['points of a merged wallet', () => burn({ walletId: 'eva', points: 1 }), 'WALLET_MERGED'],
  ['more than can be counted', () => accrue({ walletId: 'max', points: 1 }), 'POINTS_OVERFLOW'],
  [
    'a price that no claim can hold',
    () => accrue({ points: HUGE, priceMinor: HUGE }),
    'POINTS_OVERFLOW',
  ],
  ['a hold that is there', () => hold({ holdId: 'open', points: 1 }), 'INVALID_COMMAND'],
  ['a hold that is not there', () => resolve('CAPTURE', { holdId: 'none' }), 'HOLD_NOT_FOUND'],
  [
    "another member's hold",
    () => resolve('RELEASE', { holdId: 'open', walletId: 'bob' }),
    'HOLD_NOT_FOUND',
  ],
  ['a capture twice', () => resolve('CAPTURE', { holdId: 'captured' }), 'HOLD_RESOLVED'],
  [
    'a release after the capture',
    () => resolve('RELEASE', { holdId: 'captured' }),
    'HOLD_RESOLVED',
  ],
  [
    'a capture after the release',
    () => resolve('CAPTURE', { holdId: 'released' }),
    'HOLD_RESOLVED',
  ],
  ['a release twice', () => resolve('RELEASE', { holdId: 'released' }), 'HOLD_RESOLVED'],
  ['a capture that comes too late', () => resolve('CAPTURE', { holdId: 'open' }), 'HOLD_EXPIRED'],
  [
    'a return of what was never bought',
    () => reverse({ reversesId: 'none', points: 1 }),
    'NOTHING_TO_REVERSE',
  ],
  [
    'a return by another member',
    () => reverse({ reversesId: 'p1', walletId: 'bob', points: 1 }),
    'NOTHING_TO_REVERSE',
  ],
  [
    'a return to another merchant',
    () => reverse({ reversesId: 'p1', issuerId: 'J', points: 1 }),
    'NOTHING_TO_REVERSE',
  ],
  [
    'a return of another line',
    () => reverse({ reversesId: 'p1', causeLine: '9', points: 1 }),
    'NOTHING_TO_REVERSE',
  ],
  [
    'a reversal of a reversal',
    () => reverse({ reversesId: 'x2', points: 1 }),
    'NOTHING_TO_REVERSE',
  ],
  [
    'a reversal of a redemption',
    () => reverse({ reversesId: 'r1', points: 1 }),
    'NOTHING_TO_REVERSE',
  ],
  [
    'a return of more than was bought',
    () => reverse({ reversesId: 'p1', points: 191 }),
    'REVERSAL_EXCEEDS',
  ],
  [
    'a second return of it all',
    () => reverse({ reversesId: 'p3', walletId: 'bob', points: 1 }),
    'REVERSAL_EXCEEDS',
  ],
  [
    'a refund of what was never redeemed',
    () => refund({ refundsId: 'none', points: 1 }),
    'NOTHING_TO_REFUND',
  ],
  [
    'a refund to another member',
    () => refund({ refundsId: 'r1', walletId: 'bob', points: 1 }),
    'NOTHING_TO_REFUND',
  ],
  [
    'a refund in another unit',
    () => refund({ refundsId: 'r1', unit: 'MILES', points: 1 }),
    'NOTHING_TO_REFUND',
  ],
  ['a refund of a refund', () => refund({ refundsId: 'x1', points: 1 }), 'NOTHING_TO_REFUND'],
  ['a refund of a purchase', () => refund({ refundsId: 'p1', points: 1 }), 'NOTHING_TO_REFUND'],
  [
    'a refund of more than is left',
    () => refund({ refundsId: 'r1', points: 31 }),
    'REFUND_EXCEEDS',
  ],
  [
    'a refund of all there can be',
    () => refund({ refundsId: 'r1', points: HUGE }),
    'REFUND_EXCEEDS',
  ],
  ['what nobody accrued', () => vest({ accrualId: 'none' }), 'NOTHING_TO_VEST'],
  ['what has vested', ({ good }) => vest({ walletId: 'eve', accrualId: good }), 'NOTHING_TO_VEST'],
  ['points of a day to come', ({ later }) => vest({ accrualId: later }), 'VESTS_LATER'],
  [
    "another member's pending points",
    ({ pending }) => vest({ walletId: 'bob', accrualId: pending }),
    'NOTHING_TO_VEST',
  ],
  [
    'an unknown lot',
    () => extend({ expiresOn: '2026-12-01', toExpiresOn: '2027-01-01' }),
    'NOTHING_TO_EXTEND',
  ],
  [
    'a shorter life',
    () => extend({ expiresOn: '9999-12-31', toExpiresOn: '2027-01-01' }),
    'SHORTENS_EXPIRY',
  ],
  [
    'a longer one that is over',
    () => extend({ expiresOn: '2026-11-22', toExpiresOn: '2026-11-23' }),
    'INVALID_COMMAND',
  ],
];

describe.each(engines)('on $name', (engine) => {
  let books: Awaited<ReturnType<typeof openKnown>>;
  let before: string;
  beforeAll(async () => {
    books = await openKnown(engine);
    before = await hashOf(books);
  });
  afterAll(() => books[Symbol.asyncDispose]());

  test.each([...malformed, ...refused])(
    '%s: refused, and the books are as before',
    async (_, command, code) => {
      const outcome = await books.postOne(command(books.known));

      expect(outcome).toMatchObject({ status: 'REFUSED', code, entryId: null });
      expect(await hashOf(books)).toBe(before);
    },
  );

  test('all of these at once, between others, are refused as one by one', async () => {
    const cases = [...malformed, ...refused];
    const commands = cases.map(([, command]) => command(books.known));
    const outcomes = await books.post(commands);

    expect(outcomes.map(({ code }) => code)).toEqual(cases.map(([, , code]) => code));
    // What was refused is refused under its key whenever it is asked again.
    expect(await books.post(commands)).toEqual(outcomes);
    expect(await hashOf(books)).toBe(before);
  });

  test('a key reused with other input, and a clock that jumps back, change nothing that is booked', async () => {
    const command = burn({ points: 116 });
    await books.postOne(command);
    expect(await books.postOne({ ...command, points: 1 })).toMatchObject({
      status: 'REFUSED',
      code: 'IDEMPOTENCY_KEY_REUSED',
    });

    // By the books it is the 23rd: neither the hold nor the lot that ended comes back.
    books.clock.set('2026-11-22T02:00:00Z');
    expect(await books.postOne(resolve('CAPTURE', { holdId: 'open' }))).toMatchObject({
      code: 'HOLD_EXPIRED',
    });
    expect(await books.postOne(hold({ holdId: 'new', points: 116 }))).toMatchObject({
      code: 'INSUFFICIENT_POINTS',
      available: 115,
    });
    expect(await hashOf(books)).toBe(before);
  });

  test('points beyond whole numbers are no question at all', async () => {
    for (const points of [0.5, 2 ** 53, '10', Number.MAX_VALUE]) {
      const { errors } = await books.ask(
        'mutation ($commands: [PointsCommandInput!]!) { postPoints(commands: $commands) { status } }',
        { commands: [{ ...burn(), points }] },
        { as: merchants },
      );
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
    expect(await hashOf(books)).toBe(before);
  });
});
