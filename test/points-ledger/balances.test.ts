import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import { compareText } from '../../subgraphs/points-ledger/domain/lot.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import {
  type BalancesByUnit,
  readBalances,
  readVersionsAt,
} from '../../subgraphs/points-ledger/statement/read-balances.ts';
import { readStatements } from '../../subgraphs/points-ledger/statement/read-statement.ts';
import { engines } from '../support/engines.ts';
import { accrue, type OpenBooks } from './books-world.ts';
import { openFullBooks } from './full-books.ts';
import { interposed } from './interposed.ts';
import { type Step, steps } from './random-commands.ts';
import { mergeSteps } from './random-merges.ts';

type Row = Record<string, string | number | null>;

/** A wallet after one of its versions, with a line for each unit of which it has or owes anything. */
type Moment = Readonly<{ walletId: string; version: number; seq: number; due: readonly string[] }>;

/** In one call, as many as there are. */
async function postAll(books: OpenBooks, sequence: readonly Step[]): Promise<void> {
  const outcomes = await createLedger(books.frame).post(
    sequence.map(({ command }, index) => ({
      ...{ scope: 'service:test', key: `step-${index}`, command },
      requestHash: sha256(canonicalJson(command)),
    })),
  );
  expect(outcomes.map(({ status }) => status)).not.toContain('FAILED');
}

/** Adds up the lines of the whole journal, one by one, and looks after each entry. */
async function reckon({ database: { reader } }: OpenBooks): Promise<Moment[]> {
  const entries = await reader.query<Row[]>(
    `SELECT seq, wallet_id, wallet_ver, counter_wallet_id, counter_ver
     FROM points_journal_entry ORDER BY seq`,
  );
  const postings = await reader.query<Row[]>(
    'SELECT seq, owner_id, account, unit, amount FROM points_posting ORDER BY seq, line',
  );
  const bySeq = Map.groupBy(postings, ({ seq }) => Number(seq));
  const units = [...new Set(postings.map(({ unit }) => String(unit)))].toSorted(compareText);
  const sums = new Map<string, number>();
  return entries.flatMap((entry): Moment[] => {
    for (const { owner_id, account, unit, amount } of bySeq.get(Number(entry.seq)) ?? []) {
      const text = `${owner_id} ${account} ${unit}`;
      sums.set(text, (sums.get(text) ?? 0) + Number(amount));
    }
    const has = (walletId: string) =>
      units.map((unit) => {
        const of = (account: string) => sums.get(`${walletId} ${account} ${unit}`) ?? 0;
        return lineOf(unit, [of('AVAILABLE'), of('HELD'), of('PENDING'), 0 - of('DEBT')]);
      });
    return [
      [entry.wallet_id, entry.wallet_ver],
      [entry.counter_wallet_id, entry.counter_ver],
    ]
      .filter(([walletId]) => walletId !== null)
      .map(([walletId, version]) => ({
        ...{ walletId: String(walletId), version: Number(version), seq: Number(entry.seq) },
        due: has(String(walletId)).flat(),
      }));
  });
}

const lineOf = (unit: string, balances: readonly number[]): string[] =>
  balances.every((points) => points === 0) ? [] : [`${unit} ${balances.join(' ')}`];

const told = (balances: BalancesByUnit | undefined): string[] =>
  [...(balances?.values() ?? [])]
    .flatMap(({ unit, available, held, pending, debt }) =>
      lineOf(unit, [available, held, pending, debt]),
    )
    .toSorted(compareText);

describe.each(engines)('on $name', (engine) => {
  test('S69 what a wallet had after any version is what all lines of the journal up to there add up to', async () => {
    await using books = await openFullBooks(engine);
    const [drawn = []] = fc.sample(fc.tuple(steps, mergeSteps, steps), 1);
    await postAll(books, drawn.flat());
    await books.post(Array.from({ length: 110 }, () => accrue({ walletId: 'kim', points: 1 })));
    const { reader } = books.database;
    const moments = await reckon(books);
    const kinds = await reader.query<Row[]>('SELECT DISTINCT kind FROM points_journal_entry');
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['TRANSFER', 'CONTRIBUTE', 'WITHDRAW', 'MERGE', 'CONVERT', 'HOLD']),
    );

    const check = async (some: readonly Moment[]) => {
      const found = await readBalances(reader, some);
      expect(found.map(told)).toEqual(some.map(({ due }) => due));
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...moments), { maxLength: 12 }), check),
      { numRuns: 10 },
    );
    // Kim's are more than one statement takes.
    await check(moments);
    const walletIds = [...new Set(moments.map(({ walletId }) => walletId))];
    const before = await readBalances(
      reader,
      walletIds.map((walletId) => ({ walletId, version: 0 })),
    );
    expect(before.flatMap(told)).toEqual([]);

    const last = Math.max(...moments.map(({ seq }) => seq));
    const asked = fc.sample(
      fc.record({
        walletId: fc.constantFrom(...walletIds),
        throughSeq: fc.integer({ min: 0, max: last }),
      }),
      510,
    );
    const due = asked.map(({ walletId, throughSeq }) =>
      moments.findLast((one) => one.walletId === walletId && one.seq <= throughSeq),
    );
    expect(await readVersionsAt(reader, asked)).toEqual(due.map((one) => one?.version ?? 0));

    // Something comes in between the statements that make a page.
    let isIn = false;
    const [lines = []] = await interposed(
      async ({ sql, send }) => {
        if (!isIn && sql.includes('points_wallet_unit')) {
          isIn = true;
          await books.postOne(accrue({ walletId: 'hal', points: 7 }));
        }
        return send();
      },
      () => readStatements(reader, [{ walletId: 'hal', size: 1, from: null, isBackward: true }]),
    );
    expect(isIn).toBe(true);
    const own = moments.filter(({ walletId }) => walletId === 'hal');
    for (const { version, changes } of lines) {
      const moment = own.find((one) => one.version === version);
      for (const { after } of changes) {
        expect(moment?.due).toEqual(expect.arrayContaining(told(new Map([[after.unit, after]]))));
      }
    }
    expect(lines).toHaveLength(2);
  });
});
