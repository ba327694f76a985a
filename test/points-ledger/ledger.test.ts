import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, resolve, rewards } from './books-world.ts';
import { plantPoison, removePoison } from './poison.ts';
import { setTerms } from './random-books.ts';
import { command } from './random-commands.ts';

describe.each(engines)('on $name', (engine) => {
  test('of twenty burns at once of one balance, as many pass as there are points for', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ points: 105 }));

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => books.postOne(burn({ points: 10 }), rewards)),
    );

    expect(outcomes.filter(({ status }) => status === 'ACCEPTED')).toHaveLength(10);
    for (const { code } of outcomes.filter(({ status }) => status === 'REFUSED')) {
      expect(code).toBe('INSUFFICIENT_POINTS');
    }
    expect(await books.wallet()).toMatchObject({ available: 5 });
    expect(await books.problems()).toEqual([]);
  });

  test('of twenty burns at once through two processes, as many pass as there are points for', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ points: 105 }));
    const ledgers = [secondLedger(books), secondLedger(books)];
    books.statements.length = 0;

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ledgers[index % 2]?.post([request(`burn ${index}`)]),
      ),
    );

    const passed = outcomes.flat().filter((outcome) => outcome?.status === 'ACCEPTED');
    expect(passed).toHaveLength(10);
    // One waits for the other; none finds out too late and has to begin again.
    expect(books.statements).not.toContain('ROLLBACK');
    expect(await books.problems()).toEqual([]);
  });

  test('processes that post for different members keep one order of the books', async () => {
    await using books = await openBooks(engine);
    const members = Array.from({ length: 20 }, (_, index) => `member-${index}`);
    await books.post(members.map((walletId) => accrue({ walletId })));
    const ledgers = [secondLedger(books), secondLedger(books)];
    books.statements.length = 0;

    const outcomes = await Promise.all(
      members.map((id, index) => ledgers[index % 2]?.post([request(`burn ${id}`, id)])),
    );

    expect(outcomes.flat().map((outcome) => outcome?.status)).toEqual(
      members.map(() => 'ACCEPTED'),
    );
    expect(books.statements).not.toContain('ROLLBACK');
    expect(await books.problems()).toEqual([]);
  });

  test('a command raced by two processes is booked once and answered alike', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ points: 105 }));

    const outcomes = await Promise.all(
      [secondLedger(books), secondLedger(books), secondLedger(books)].map((ledger) =>
        ledger.post(Array.from({ length: 10 }, (_, index) => request(`burn ${index}`))),
      ),
    );

    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
    expect(await books.wallet()).toMatchObject({ available: 5 });
    expect(await books.problems()).toEqual([]);
  });

  test('P6: a repeated key gets the first answer, also twice in one batch', async () => {
    await using books = await openBooks(engine);
    const command = accrue();

    const [first, second] = await books.post([command, command]);
    const third = await books.postOne(command);

    expect(first?.status).toBe('ACCEPTED');
    expect([second, third]).toEqual([first, first]);
    expect(await books.wallet()).toMatchObject({ available: 100 });
  });

  test('a key with other input is refused, and only that command', async () => {
    await using books = await openBooks(engine);
    const command = accrue();
    await books.postOne(command);

    const [reused, fresh] = await books.post([{ ...command, points: 101 }, accrue()]);

    expect(reused).toMatchObject({ status: 'REFUSED', code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(fresh).toMatchObject({ status: 'ACCEPTED', available: 200 });
    expect((await books.postOne(command)).status).toBe('ACCEPTED');
  });

  test('equal keys of two callers are two commands', async () => {
    await using books = await openBooks(engine);
    const command = accrue();
    await books.postOne(command);
    await books.postOne(command, rewards);

    expect(await books.wallet()).toMatchObject({ available: 200 });
  });

  test('P6: what was refused stays refused under its key after topping up', async () => {
    await using books = await openBooks(engine);
    const command = burn({ points: 50 });
    const refused = await books.postOne(command);
    await books.postOne(accrue());

    expect(refused).toMatchObject({ code: 'INSUFFICIENT_POINTS', available: 0, missing: 50 });
    expect(await books.postOne(command)).toEqual(refused);
    expect(await books.problems()).toEqual([]);
  });

  test('a command that breaks its transaction fails alone', async () => {
    await using books = await openBooks(engine);
    await plantPoison(books.database, engine);

    const commands = Array.from({ length: 20 }, (_, index) =>
      accrue({ walletId: `m${index}`, causeId: index === 13 ? 'poison' : 'good' }),
    );

    const outcomes = await books.post(commands);

    expect(outcomes.map(({ status }) => status)).toEqual(
      commands.map((_, index) => (index === 13 ? 'FAILED' : 'ACCEPTED')),
    );
    expect(outcomes[13]).toMatchObject({ code: 'INTERNAL', entryId: null, points: null });
    expect(await books.wallet('m12')).toMatchObject({ available: 100 });
    expect(await books.wallet('m13')).toMatchObject({ available: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('a command that failed is not remembered, and passes under its key when it can', async () => {
    await using books = await openBooks(engine);
    await plantPoison(books.database, engine);
    const command = accrue({ causeId: 'poison' });
    expect(await books.postOne(command)).toMatchObject({ status: 'FAILED' });

    await removePoison(books.database);

    expect(await books.postOne(command)).toMatchObject({ status: 'ACCEPTED', available: 100 });
    expect(await books.problems()).toEqual([]);
  });

  test('a hold that cannot be released does not keep the others from it', async () => {
    await using books = await openBooks(engine);
    await plantPoison(books.database, engine);
    const held = ['good', 'poison', 'fine'];
    await books.post(held.map((walletId) => accrue({ walletId })));
    await books.post(held.map((id) => hold({ walletId: id, holdId: id, points: 60 })));

    books.clock.set('2026-11-22T02:20:00Z');
    await books.settle();

    expect(await books.wallet('good')).toMatchObject({ available: 100, held: 0 });
    expect(await books.wallet('poison')).toMatchObject({ available: 40, held: 60 });
    expect(await books.wallet('fine')).toMatchObject({ available: 100, held: 0 });
  });

  test('P10: any split into batches gives the same books and the same answers', async () => {
    const sequences = fc.array(command, { minLength: 20, maxLength: 40, size: 'max' });
    await fc.assert(
      fc.asyncProperty(sequences, fc.integer({ min: 2, max: 9 }), async (commands, batchMax) => {
        const requests = commands.map((asked, index) => ({
          scope: 'service:test',
          key: `key-${index}`,
          requestHash: sha256(canonicalJson(asked)),
          command: asked,
        }));
        await using single = await openBooks(engine);
        await using batched = await openBooks(engine);
        for (const books of [single, batched]) await setTerms(books);

        const oneByOne = await secondLedger(single, 1).post(requests);
        const together = await secondLedger(batched, batchMax).post(requests);

        expect(together.map(withoutId)).toEqual(oneByOne.map(withoutId));
        for (const id of ['ann', 'bob'])
          expect(await batched.wallet(id)).toEqual(await single.wallet(id));
        expect([...(await single.problems()), ...(await batched.problems())]).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });

  test('too many waiting commands are turned away before any is taken', async () => {
    await using books = await openBooks(engine);
    const many = Array.from({ length: 10_001 }, () => burn());

    const { errors } = await books.ask(
      'mutation ($commands: [PointsCommandInput!]!) { postPoints(commands: $commands) { key } }',
      { commands: many },
      { as: rewards },
    );

    expect(errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(await books.database.reader.query('SELECT * FROM points_command')).toEqual([]);
  });

  test('a hold that nobody captures in time is released once', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue(), hold({ points: 60, holdMinutes: 15 })]);
    expect(await books.wallet()).toMatchObject({ available: 40, held: 60 });

    books.clock.set('2026-11-22T02:20:00Z');
    await books.settle();
    await books.settle();

    expect(await books.wallet()).toMatchObject({ available: 100, held: 0 });
    expect(await books.postOne(resolve('CAPTURE'))).toMatchObject({ code: 'HOLD_RESOLVED' });
    expect(await books.problems()).toEqual([]);
  });
});

describe.each(engines.filter(({ name }) => name === 'MariaDB'))('on $name', (engine) => {
  test('nothing of a wallet is read before it is locked', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue());
    const locked = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const other = books.database.transaction(async (manager) => {
      await manager.query("SELECT id FROM points_wallet WHERE id = 'ann' FOR UPDATE");
      locked.resolve();
      await done.promise;
    });
    await locked.promise;
    books.statements.length = 0;

    const waiting = books.postOne(burn());
    await new Promise((wake) => setTimeout(wake, 300));
    const before = [...books.statements];
    done.resolve();

    expect(before.filter((sql) => sql.includes('points_'))).toEqual([
      expect.stringMatching(/FROM points_wallet\s.* FOR UPDATE/s),
    ]);
    expect(await waiting).toMatchObject({ status: 'ACCEPTED' });
    await other;
  });
});

const withoutId = ({ entryId: _, ...outcome }: { entryId: string | null }) => outcome;

/** Another process over the same database. */
const secondLedger = ({ frame }: OpenBooks, batchMax = 4) => createLedger(frame, { batchMax });

const request = (key: string, walletId = 'ann') => ({
  scope: 'service:test',
  key,
  requestHash: key,
  command: {
    kind: 'BURN' as const,
    walletId,
    unit: 'ALLIANCE',
    points: 10,
    acceptorId: 'B',
    causeKind: 'REDEMPTION',
    causeId: 'r1',
    ruleVersion: null,
  },
});
