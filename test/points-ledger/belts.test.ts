import { format } from 'mysql2';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { emptyWallet } from '../../subgraphs/points-ledger/domain/books.ts';
import { Lines } from '../../subgraphs/points-ledger/domain/entry.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { type Engine, engines } from '../support/engines.ts';
import { accrue, burn, hold, openBooks, resolve, reverse } from './books-world.ts';
import { interposed, meddling } from './interposed.ts';
import { requestOf } from './requests.ts';
import { TestBooks } from './test-books.ts';

afterEach(() => vi.restoreAllMocks());

/** What the tables themselves refuse, whoever writes it. */
const refused = [
  'UPDATE points_wallet SET version = -1',
  'UPDATE points_wallet_unit SET available = -1',
  'UPDATE points_wallet_unit SET held = -1',
  'UPDATE points_wallet_unit SET debt = -1',
  'UPDATE points_lot SET points = -1',
  'UPDATE points_debt SET points = -1',
  'UPDATE points_hold SET points = 0',
  "UPDATE points_hold SET state = 'LOST'",
  'UPDATE points_hold_lot SET points = 0',
  'UPDATE points_accrual SET points = 0, reversed = 0',
  'UPDATE points_accrual SET reversed = -1',
  'UPDATE points_accrual SET reversed = points + 1',
  'UPDATE points_reversal SET points = 0',
  'UPDATE points_expired SET points = -1',
  'UPDATE points_wallet SET freezes = -1',
  'UPDATE points_wallet_unit SET pending = -1',
  'UPDATE points_accrual SET pending = points + 1',
  'UPDATE points_burn SET refunded = points + 1',
  "UPDATE points_journal_entry SET counter_wallet_id = 'ann', counter_ver = 1",
  'UPDATE points_journal_entry SET wallet_ver = 1',
  'UPDATE points_journal_entry SET seq = 1',
  "UPDATE points_journal_entry SET id = 'one'",
  'UPDATE points_posting SET line = 0',
  "UPDATE points_command SET scope = 'one', command_key = 'one'",
  'UPDATE points_block SET height = 1',
  "UPDATE points_reversal SET accrual_id = 'one', entry_id = 'one'",
];

/** The members that a statement names, as they are sent. What was sent is what the driver takes. */
const idsIn = (parameters: readonly unknown[]): string[] =>
  parameters.flatMap((one) => format('?', [one] as [string]).match(/\bm\d\b/g) ?? []);

/** Books in which every table has rows. */
async function openFullBooks(engine: Engine) {
  const books = await openBooks(engine);
  await books.post([
    accrue({ causeId: 'p1' }),
    accrue({ causeId: 'p2', points: 10 }),
    burn({ points: 70 }),
    hold({ holdId: 'h1', points: 10 }),
    reverse({ reversesId: 'p2', points: 5 }),
    reverse({ reversesId: 'p1', points: 90 }),
    accrue({ walletId: 'eve' }),
    accrue({ walletId: 'bob', expiresOn: '2026-11-23' }),
  ]);
  await books.postOne(burn({ walletId: 'bob', points: 1 }));
  books.clock.set('2026-11-22T16:00:00Z');
  await books.settle();
  return books;
}

describe.each(engines)('on $name', (engine) => {
  test('the tables refuse what the rules exclude, whoever writes it', async () => {
    await using books = await openFullBooks(engine);
    const accepted: string[] = [];
    for (const sql of refused) {
      await books.tamper(sql).then(
        () => accepted.push(sql),
        (error) => expect(String(error)).toMatch(/CHECK|UNIQUE|CONSTRAINT|Duplicate/i),
      );
    }

    expect(accepted).toEqual([]);
    expect(await books.problems()).toEqual([]);
  });

  test.each([
    [
      'a wallet that is not as it was read',
      'UPDATE points_wallet SET version',
      'UPDATE points_wallet SET version = version + 1',
    ],
    [
      'a head of the chain that somebody else moved',
      'UPDATE points_chain_head',
      'UPDATE points_chain_head SET height = height + 1',
    ],
    [
      'a hold that is resolved already',
      'UPDATE points_hold SET state',
      "UPDATE points_hold SET state = 'RELEASED'",
    ],
  ])('%s undoes the whole batch, although it is locked', async (_, beginning, sql) => {
    await using books = await openBooks(engine);
    await books.post([accrue(), hold({ points: 10 })]);
    const requests = [requestOf(accrue()), requestOf(resolve('CAPTURE'))];

    const outcomes = await interposed(meddling(beginning, sql), () =>
      createLedger(books.frame).post(requests),
    );

    expect(outcomes.at(-1)).toMatchObject({ status: 'FAILED' });
    expect(await books.wallet()).toMatchObject({ held: 10 });
    expect(await books.problems()).toEqual([]);
  });

  test('wallets are made and locked in the order of their ids', async () => {
    await using books = await openBooks(engine);
    const ids = ['m3', 'm1', 'm4', 'm2'];
    const made: string[] = [];
    const locked: string[] = [];

    await interposed(
      ({ sql: text, parameters, send }) => {
        const sql = text.replaceAll(/\s+/g, ' ');
        if (sql.startsWith('INSERT INTO points_wallet ')) made.push(...idsIn(parameters));
        if (sql.includes('FROM points_wallet WHERE')) locked.push(sql);
        return send();
      },
      () => createLedger(books.frame).post(ids.map((id) => requestOf(accrue({ walletId: id })))),
    );

    expect(made).toEqual(ids.toSorted());
    expect(locked).toHaveLength(2);
    for (const sql of locked) expect(sql).toContain('ORDER BY id');
  });

  test('a key that two processes take for two members at once is booked once', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ walletId: 'ann' }), accrue({ walletId: 'bob' })]);
    const [first, second] = ['ann', 'bob'].map((walletId) =>
      requestOf({ ...accrue({ walletId }), key: 'key' }),
    );
    const other = Promise.withResolvers<void>();
    let isFirst = true;

    // One has looked whether the key was used, and not yet taken the head of the chain.
    const slow = interposed(
      async ({ sql, send }) => {
        if (isFirst && sql.includes('FROM points_chain_head')) {
          isFirst = false;
          if (engine.name === 'MariaDB') await other.promise;
        }
        return send();
      },
      () => createLedger(books.frame).post(first === undefined ? [] : [first]),
    );
    const quick = createLedger(books.frame).post(second === undefined ? [] : [second]);
    await (engine.name === 'MariaDB' ? quick : slow);
    other.resolve();

    const codes = [...(await slow), ...(await quick)].map(({ code }) => code);
    expect(codes.toSorted()).toEqual(['IDEMPOTENCY_KEY_REUSED', null]);
    expect(await books.problems()).toEqual([]);
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test('a transaction sees what others committed since it began', async () => {
    await using books = await openBooks(engine);
    const [begun, booked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const seen = books.database.transaction(async (manager) => {
      const count = async () => {
        const [row] = await manager.query('SELECT COUNT(*) AS n FROM points_wallet');
        return Number(row.n);
      };
      const before = await count();
      begun.resolve();
      await booked.promise;
      return [before, await count()];
    });

    await begun.promise;
    await books.postOne(accrue());
    booked.resolve();

    expect(await seen).toEqual([0, 1]);
  });
});

test('an entry whose lines do not add up to zero is never booked', () => {
  const books = new TestBooks();
  const common = { walletId: 'ann', causeKind: 'PURCHASE', causeId: 'p1', ruleVersion: null };
  const unit = 'ALLIANCE';
  const terms = { issuerId: 'merchant-a', expiresOn: 99991231, priceClass: '80/100 CNY' } as const;
  books.post({ ...common, ...terms, kind: 'ACCRUE', unit, points: 100 });
  vi.spyOn(Lines.prototype, 'redeemed').mockImplementation(() => undefined);

  expect(() =>
    books.post({ ...common, kind: 'BURN', unit, points: 40, acceptorId: 'merchant-b' }),
  ).toThrow('an entry is off by -40');
});

test('no line takes what is not there', () => {
  const lines = new Lines(emptyWallet('ann'));
  const key = {
    ...{ unit: 'ALLIANCE', issuerId: 'I', expiresOn: 99991231, priceClass: '1/1 CNY' as const },
    ...{ contributor: '', useScope: '' },
  };

  expect(() => lines.available(key, -1)).toThrow('a lot is never overdrawn');
  expect(() => lines.held(key, -1)).toThrow('held is never negative');
  expect(() => lines.owed('ALLIANCE', 'I', '1/1 CNY', -1)).toThrow('no more debt is paid');
  expect(() => lines.breakage(key, -1)).toThrow('no more is taken from breakage');
});
