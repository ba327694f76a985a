import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { freshKey, operator } from '../support/people.ts';
import { accrue, burn, hold, openBooks, resolve, reverse, rewards } from './books-world.ts';

describe.each(engines)('on $name', (engine) => {
  test('only services post, and each entry is an event once', async () => {
    await using books = await openBooks(engine);
    const command = accrue({ causeId: 'p1' });
    const post = 'mutation ($c: [PointsCommandInput!]!) { postPoints(commands: $c) { status } }';
    const { errors } = await books.ask(post, { c: [command] }, { as: operator });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');

    const [{ entryId } = { entryId: null }] = await books.post([
      command,
      command,
      burn({ points: 1000 }),
    ]);
    await books.postOne(command);

    const { pointsLedgerFeed } = await books.data(
      '{ pointsLedgerFeed(after: 0, first: 10) { position kind payload } }',
      {},
      { as: rewards },
    );
    expect(pointsLedgerFeed).toHaveLength(1);
    expect(JSON.parse(pointsLedgerFeed[0].payload)).toEqual({
      entryId,
      kind: 'ACCRUE',
      walletId: 'ann',
      unit: 'ALLIANCE',
      points: 100,
      causeKind: 'PURCHASE',
      causeId: 'p1',
    });
  });

  test.each([
    ['without points', accrue({ points: null })],
    ['of no points', accrue({ points: 0 })],
    ['of less than no points', burn({ points: -5 })],
    ['without an issuer', accrue({ issuerId: null })],
    ['without a price', accrue({ priceMinor: null })],
    ['at a price below zero', accrue({ priceMinor: -1 })],
    ['at a price for no points', accrue({ pricePoints: 0 })],
    ['in no currency', accrue({ priceCurrency: 'yuan' })],
    ['that has lapsed already', accrue({ expiresOn: '2026-11-22' })],
    ['without an acceptor', burn({ acceptorId: null })],
    ['of a unit without a name', burn({ unit: '' })],
    ['of a wallet with an endless name', burn({ walletId: 'x'.repeat(65) })],
    ['that holds without an end', hold({ holdMinutes: null })],
    ['that holds under no id', hold({ holdId: null })],
    ['that resolves nothing', resolve('CAPTURE', { holdId: null })],
    ['that takes nothing back', reverse({})],
    ['under an endless key', accrue({ key: 'k'.repeat(129) })],
    ['under no key', accrue({ key: '' })],
    // MariaDB would take it for the key without the space.
    ['under a key that ends in a space', accrue({ key: 'key ' })],
  ])('a command %s is refused and changes nothing', async (_, command) => {
    await using books = await openBooks(engine);

    expect(await books.postOne(command)).toMatchObject({
      key: command.key,
      status: 'REFUSED',
      code: 'INVALID_COMMAND',
    });
    expect(await books.database.reader.query('SELECT * FROM points_journal_entry')).toEqual([]);
  });

  test('points beyond the safe integers are refused', async () => {
    await using books = await openBooks(engine);
    const price = { priceMinor: 1, pricePoints: 100 };
    await books.postOne(accrue({ ...price, points: Number.MAX_SAFE_INTEGER - 10 }));

    expect(await books.postOne(accrue({ ...price, points: 11 }))).toMatchObject({
      code: 'POINTS_OVERFLOW',
    });
    expect(await books.postOne(accrue({ ...price, points: 10 }))).toMatchObject({
      status: 'ACCEPTED',
      available: Number.MAX_SAFE_INTEGER,
    });
    expect(await books.problems()).toEqual([]);
  });

  test('a hold is captured until its deadline, also when a lot expired meanwhile', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ expiresOn: '2026-11-23' }),
      hold({ holdId: 'in time', points: 60, holdMinutes: 24 * 60 }),
      hold({ holdId: 'too late', points: 40, holdMinutes: 60 }),
    ]);
    books.clock.set('2026-11-23T01:59:00Z');

    expect(await books.postOne(resolve('CAPTURE', { holdId: 'in time' }))).toMatchObject({
      status: 'ACCEPTED',
      points: 60,
    });
    expect(await books.postOne(resolve('CAPTURE', { holdId: 'too late' }))).toMatchObject({
      code: 'HOLD_EXPIRED',
    });
    expect(await books.postOne(resolve('RELEASE', { holdId: 'too late' }))).toMatchObject({
      status: 'ACCEPTED',
      available: 0,
    });
    expect(await books.problems()).toEqual([]);
  });

  test.each([
    ['an unknown hold', resolve('CAPTURE', { holdId: 'unknown' }), 'HOLD_NOT_FOUND'],
    ["another member's hold", resolve('CAPTURE', { walletId: 'bob' }), 'HOLD_NOT_FOUND'],
    ['a hold', resolve('CAPTURE'), null],
    ['a hold under a used id', hold({ points: 1 }), 'INVALID_COMMAND'],
  ])('a hold is resolved once, and only by its member: %s', async (_, command, code) => {
    await using books = await openBooks(engine);
    await books.post([accrue(), hold({ points: 50 })]);

    expect((await books.postOne({ ...command, key: freshKey() })).code).toBe(code);
  });
});
