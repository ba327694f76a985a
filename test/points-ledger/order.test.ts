import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../shared/database/database.ts';
import { isConnectionLost } from '../../shared/database/errors.ts';
import type { Request } from '../../subgraphs/points-ledger/domain/answer.ts';
import { createLedger, type Ledger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, resolve } from './books-world.ts';
import { requestOf } from './requests.ts';

const recordedTimes = async ({ database }: OpenBooks): Promise<number[]> =>
  (
    await database.reader.query<{ recorded_ms: unknown }[]>(
      'SELECT recorded_ms FROM points_block ORDER BY height',
    )
  ).map((row) => Number(row.recorded_ms));

const versionsOf = async ({ database }: OpenBooks): Promise<Map<string, number>> => {
  const rows = await database.reader.query<Record<string, unknown>[]>(
    'SELECT id, wallet_ver FROM points_journal_entry',
  );
  return new Map(rows.map((row) => [String(row.id), Number(row.wallet_ver)]));
};

describe.each(engines)('on $name', (engine) => {
  test('D2: of two commands on a wallet, the one answered before the other was asked is the older', async () => {
    const deed = fc.record({ wallet: fc.nat(1), process: fc.nat(2), restMs: fc.nat(4) });
    const callers = fc.array(fc.array(deed, { minLength: 4, maxLength: 8 }), {
      minLength: 3,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(callers, async (all) => {
        await using books = await openBooks(engine);
        const ledgers = Array.from({ length: 3 }, () => createLedger(books.frame));
        const done: { walletId: string; asked: number; told: number; entryId: string }[] = [];
        let time = 0;
        const tick = () => {
          time += 1;
          return time;
        };
        async function call({ wallet, process, restMs }: (typeof all)[0][0]): Promise<void> {
          const walletId = `wallet-${wallet}`;
          await sleep(restMs);
          const asked = tick();
          const [outcome] = (await ledgers[process]?.post([requestOf(accrue({ walletId }))])) ?? [];
          done.push({ walletId, asked, told: tick(), entryId: outcome?.entryId ?? '' });
        }
        await Promise.all(
          all.map(async (deeds) => {
            for (const each of deeds) await call(each);
          }),
        );

        const versions = await versionsOf(books);
        const version = (entryId: string) => versions.get(entryId) ?? Number.NaN;
        for (const a of done) {
          for (const b of done) {
            if (a.walletId !== b.walletId || a.told > b.asked) continue;
            expect(version(a.entryId)).toBeLessThan(version(b.entryId));
          }
        }
        expect(versions.size).toBe(all.flat().length);
      }),
      { numRuns: 4 },
    );
  });

  test('D8: the time of the books never goes back with the clock', async () => {
    await using books = await openBooks(engine);
    const times = ['2026-11-22T02:00', '2026-11-22T01:00', '2026-11-23T02:00', '2026-11-22T02:00'];
    for (const time of times) {
      books.clock.set(`${time}:00Z`);
      await books.postOne(accrue());
      await books.postOne(burn({ points: 9_000 }));
    }

    const recorded = await recordedTimes(books);
    expect(recorded).toEqual([...new Set(recorded)].toSorted((a, b) => a - b));
    const [first = 0, , , fourth = 0, fifth = 0, , , last] = recorded;
    expect(fourth).toBe(first + 3);
    expect(fifth).toBe(Date.parse('2026-11-23T02:00:00Z'));
    expect(last).toBe(fifth + 3);
    expect(await books.problems()).toEqual([]);
  });

  test('D8: holds and lots that ran out do not come back with the clock', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 100 }),
      accrue({ points: 50, expiresOn: '2026-11-23' }),
      hold({ points: 60, holdId: 'a' }),
      hold({ points: 20, holdId: 'b' }),
    ]);

    books.clock.set('2026-11-23T02:00:00Z');
    const late = await books.postOne(resolve('CAPTURE', { holdId: 'a' }));
    books.clock.set('2026-11-22T01:00:00Z');
    const back = await books.postOne(resolve('CAPTURE', { holdId: 'b' }));
    await books.settle();
    const resolved = await books.postOne(resolve('CAPTURE', { holdId: 'a' }));
    const spent = await books.postOne(burn({ points: 101 }));

    expect([late.code, back.code, resolved.code]).toEqual([
      ...['HOLD_EXPIRED', 'HOLD_EXPIRED', 'HOLD_RESOLVED'],
    ]);
    expect(spent).toMatchObject({ code: 'INSUFFICIENT_POINTS', available: 100 });
    expect(await books.wallet()).toMatchObject({ available: 100, held: 0 });
    expect(await books.problems()).toEqual([]);
  });

  test('D9: however callers and transactions are scheduled, each is told what is committed', async () => {
    const call = fc.record({ process: fc.nat(1), commands: fc.integer({ min: 0, max: 5 }) });
    const calls = fc.array(call, { minLength: 2, maxLength: 7 });
    const losses = fc.array(fc.constantFrom('none', 'none', 'none', 'before', 'after'), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), calls, losses, async (scheduler, asked, lost) => {
        await using books = await openBooks(engine);
        const database = scheduled(books.database, scheduler, [...lost]);
        const ledgers = [0, 1].map(() =>
          createLedger({ ...books.frame, database }, { batchMax: 4 }),
        ) as [Ledger, Ledger];
        let points = 0;
        const callers = asked.map(({ process, commands }) => ({
          ledger: ledgers[process] ?? ledgers[0],
          requests: Array.from({ length: commands }, () => {
            points += 1;
            return requestOf(accrue({ points }));
          }),
        }));

        const told = callers.map(({ ledger, requests }) =>
          scheduler.schedule(Promise.resolve(), 'a call').then(async () => {
            const outcomes = await insist(ledger, requests);
            // Whoever is answered finds it in the books at once.
            return { requests, outcomes, versions: await versionsOf(books) };
          }),
        );
        await scheduler.waitFor(Promise.all(told));

        for (const { requests, outcomes, versions } of await Promise.all(told)) {
          expect(outcomes.map((outcome) => outcome.points)).toEqual(
            requests.map(({ command }) => ('points' in command ? command.points : null)),
          );
          for (const { entryId } of outcomes) expect(versions.has(entryId ?? '')).toBe(true);
        }
        expect(await books.wallet()).toMatchObject({ available: (points * (points + 1)) / 2 });
        expect(await books.problems()).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

/** Posts until the database was not away. */
async function insist(ledger: Ledger, requests: readonly Request[]) {
  for (;;) {
    try {
      return await ledger.post(requests);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
    }
  }
}

type Loss = 'none' | 'before' | 'after';

/** A database whose transactions begin and are told to be committed when the scheduler says so. */
function scheduled(database: Database, scheduler: fc.Scheduler, losses: Loss[]): Database {
  const gone = () => Object.assign(new Error('gone'), { code: 'ECONNRESET' });
  const transaction: Database['transaction'] = async (work) => {
    const loss = losses.shift() ?? 'none';
    await scheduler.schedule(Promise.resolve(), 'a transaction begins');
    if (loss === 'before') throw gone();
    const result = await database.transaction(work);
    await scheduler.schedule(Promise.resolve(), 'it is told to be committed');
    if (loss === 'after') throw gone();
    return result;
  };
  return Object.create(database, {
    dialect: { value: database.dialect },
    transaction: { value: transaction },
  });
}
