import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { type Engine, engines } from '../support/engines.ts';
import { freshKey } from '../support/people.ts';
import { accrue, burn, hold, type OpenBooks, openBooks, resolve, reverse } from './books-world.ts';
import { type Between, interposed, type Statement } from './interposed.ts';
import { requestOf } from './requests.ts';

/** One command of each kind, for a wallet that was given what they need. */
const batchFor = (walletId: string) => {
  const [purchase, captured, released] = [`p ${walletId}`, `c ${walletId}`, `r ${walletId}`];
  return {
    before: [
      accrue({ walletId, causeId: purchase }),
      burn({ walletId, points: 60 }),
      hold({ walletId, holdId: captured, points: 10 }),
      hold({ walletId, holdId: released, points: 10 }),
    ],
    batch: [
      reverse({ walletId, reversesId: purchase, points: 50 }),
      accrue({ walletId, points: 100, issuerId: 'J' }),
      resolve('CAPTURE', { walletId, holdId: captured }),
      resolve('RELEASE', { walletId, holdId: released }),
      burn({ walletId, points: 20 }),
      hold({ walletId, holdId: freshKey(), points: 30 }),
    ],
  };
};

// 20 on hand, of 50 returned: 30 become debt; of 100 accrued 30 pay it; 10 come back; 20 and 30 go.
const AFTER = { available: 30, held: 30, debt: 0 };
const AFTER_FIRST = { available: 0, held: 20, debt: 30 };

type Fault = Readonly<{
  name: string;
  on: readonly Engine['name'][];
  /** A lone command: no half of its batch could pass without it. */
  isAlone?: true;
  strike: Between;
}>;

const failing = (code: string, message: string) => Object.assign(new Error(message), { code });

/** Cuts the connection as a broken network does: neither side is told. */
function cut(runner: QueryRunner): Promise<void> {
  return runner.connect().then((connection) => connection.destroy());
}

/** What may happen to a statement: before it is sent, and after it took effect. */
const faults: readonly Fault[] = [
  {
    name: 'an error before',
    on: ['SQLite', 'MariaDB'],
    strike: ({ sql }) => Promise.reject(new Error(`no: ${sql}`)),
  },
  {
    name: 'an error after',
    on: ['SQLite', 'MariaDB'],
    strike: ({ sql, send }) => send().then(() => Promise.reject(new Error(`no more: ${sql}`))),
  },
  {
    name: 'a busy database before',
    on: ['SQLite'],
    isAlone: true,
    strike: () => Promise.reject(failing('SQLITE_BUSY', 'database is locked')),
  },
  {
    name: 'a deadlock before',
    on: ['MariaDB'],
    isAlone: true,
    strike: () => Promise.reject(failing('ER_LOCK_DEADLOCK', 'deadlock found')),
  },
  {
    name: 'the connection lost before',
    on: ['MariaDB'],
    strike: ({ runner, send }) => cut(runner).then(send),
  },
  {
    name: 'the connection lost after',
    on: ['MariaDB'],
    strike: async ({ runner, send }) => {
      await send();
      await cut(runner);
      throw failing('ECONNRESET', 'gone');
    },
  },
  {
    name: 'the connection lost meanwhile',
    on: ['MariaDB'],
    strike: async ({ runner, send }) => {
      const answer = send();
      answer.catch(() => undefined);
      // Long enough for some statements to have arrived, and too short for others.
      await sleep(1);
      await cut(runner);
      throw failing('ECONNRESET', 'gone');
    },
  },
];

/** Posts the batch of one wallet, and lets the fault strike the statement at one place of it. */
async function strike({ frame, post }: OpenBooks, fault: Fault, at: number) {
  const walletId = `${fault.name} ${at}`;
  const { before, batch } = batchFor(walletId);
  await post(before);
  let place = 0;
  let struck: Statement | null = null;
  const between: Between = (statement) => {
    place += 1;
    if (place !== at) return statement.send();
    struck = statement;
    return fault.strike(statement);
  };
  const requests = batch.slice(0, fault.isAlone ? 1 : batch.length).map(requestOf);
  const outcomes = await interposed(between, () => createLedger(frame).post(requests));
  const again = await createLedger(frame).post(requests);
  return { walletId, outcomes, again, struck: struck as Statement | null };
}

describe.each(engines)('on $name', { timeout: 240_000 }, (engine) => {
  test.each(faults.filter(({ on }) => on.includes(engine.name)))(
    'D7: $name any statement of a batch, COMMIT included, costs nobody anything',
    async (fault) => {
      await using books = await openBooks(engine);
      const struck: string[] = [];
      // Several at a time, each with a ledger of its own: the pauses before another attempt are long.
      for (let from = 1; ; from += 8) {
        const places = Array.from({ length: 8 }, (_, index) => from + index);
        const ended = await Promise.all(places.map((at) => strike(books, fault, at)));
        for (const { walletId, outcomes, again, struck: statement } of ended) {
          expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'ACCEPTED'));
          expect(again).toEqual(outcomes);
          expect([walletId, await books.wallet(walletId)]).toMatchObject([
            walletId,
            fault.isAlone ? AFTER_FIRST : AFTER,
          ]);
          if (statement !== null) struck.push(statement.sql.split(' ')[0] ?? '');
        }
        if (ended.some(({ struck: statement }) => statement === null)) break;
      }

      expect(struck.length).toBeGreaterThan(fault.isAlone ? 15 : 25);
      expect(struck.at(-1)).toBe('COMMIT');
      expect(await books.problems()).toEqual([]);
    },
  );
});
