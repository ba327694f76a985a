import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Replay } from '../../subgraphs/points-ledger/domain/replay.ts';
import { readEntries } from '../../subgraphs/points-ledger/queries/read-journal.ts';
import { engines } from '../support/engines.ts';
import { accrue, hold, type OpenBooks, openBooks, resolve, reverse } from './books-world.ts';
import { playOut } from './random-books.ts';
import { steps } from './random-commands.ts';
import { contribute, openSharing, transfer, withdraw } from './sharing-world.ts';
import { balanceAt, ofWallet, page } from './statement-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

/** All lines, in pages of a size. */
async function wholeStatement(books: OpenBooks, memberId: string, size = 100): Promise<Data[]> {
  const lines: Data[] = [];
  for (let after = ''; ; ) {
    const { nodes, pageInfo } = await page(books, `first: ${size}${after}`, { memberId });
    lines.push(...nodes);
    if (!pageInfo.hasNextPage) return lines;
    after = `, after: "${pageInfo.endCursor}"`;
  }
}

const byUnit = (balances: Data[]) =>
  Object.fromEntries(
    balances
      .map(({ unit, available, pending, held, debt }): [string, Record<string, number>] => [
        unit,
        { available, pending, held, debt },
      ])
      .filter(([, state]) => Object.values(state).some((points) => points !== 0)),
  );

describe.each(engines)('on $name', (engine) => {
  test('S39 a statement tells of each earning and use what it was, by which rule, and what is left', async () => {
    await using books = await openBooks(engine);
    const accrued = accrue({ causeId: 'p1', ruleVersion: 'rule-7', expiresOn: '2027-01-01' });
    await books.post([
      accrued,
      hold({ points: 40, causeId: 'r1' }),
      resolve('CAPTURE', { causeId: 'r1' }),
      reverse({ reversesId: 'p1', points: 100, causeId: 'x1' }),
    ]);

    const { nodes, totalCount } = await page(books, 'first: 10');

    const lot = { issuer: { id: 'I' }, expiresOn: '2027-01-01' };
    const line = (kind: string, causeKind: string, causeId: string, more: object) => ({
      ...{ id: expect.any(String), kind, causeKind, causeId },
      ...{ recordedAt: '2026-11-22T02:00:00.000Z', ruleVersion: null },
      ...{ purchase: null, redemption: null, acceptor: null, ...more },
    });
    const change = (
      [points, balance]: [number, number],
      changed: [number, number, number],
      after: [number, number, number],
      lots: object[],
    ) => {
      const balances = ([available, held, debt]: [number, number, number]) => ({
        ...{ unit: 'ALLIANCE', available, pending: 0, held, debt },
      });
      return [
        {
          ...{ unit: 'ALLIANCE', points, balance },
          ...{ change: balances(changed), after: balances(after), lots },
        },
      ];
    };
    expect(totalCount).toBe(4);
    expect(nodes).toEqual([
      line('ACCRUE', 'PURCHASE', 'p1', {
        ...{ purchase: { id: 'p1' }, ruleVersion: 'rule-7' },
        changes: change(
          [100, 100],
          [100, 0, 0],
          [100, 0, 0],
          [{ ...lot, account: 'AVAILABLE', points: 100 }],
        ),
      }),
      line('HOLD', 'REDEMPTION', 'r1', {
        ...{ redemption: { id: 'r1' }, acceptor: { id: 'B' } },
        changes: change(
          [0, 100],
          [-40, 40, 0],
          [60, 40, 0],
          [
            { ...lot, account: 'AVAILABLE', points: -40 },
            { ...lot, account: 'HELD', points: 40 },
          ],
        ),
      }),
      line('CAPTURE', 'REDEMPTION', 'r1', {
        ...{ redemption: { id: 'r1' }, acceptor: { id: 'B' } },
        changes: change(
          [-40, 60],
          [0, -40, 0],
          [60, 0, 0],
          [{ ...lot, account: 'HELD', points: -40 }],
        ),
      }),
      line('REVERSE', 'RETURN', 'x1', {
        purchase: { id: 'p1' },
        changes: change(
          [-100, -40],
          [-60, 0, 40],
          [0, 0, 40],
          [{ ...lot, account: 'AVAILABLE', points: -60 }],
        ),
      }),
    ]);
  });

  test('S39 the sum of the statement is the balance, for every member and after every line', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 30 }), async (sequence, size) => {
        await using books = await openBooks(engine);
        const history: { at: string; id: string; ann: Data; bob: Data }[] = [];
        await playOut(books, sequence, async (at, id) => {
          const [ann, bob] = [await storedUnits(books, 'ann'), await storedUnits(books, 'bob')];
          history.push({ at: at.toISOString(), id, ann, bob });
        });

        for (const memberId of ['ann', 'bob'] as const) {
          const lines = await wholeStatement(books, memberId, size);
          const sums = new Map<string, { total: number; after: Data }>();
          for (const { id, changes } of lines) {
            for (const { unit, points, balance, change, after } of changes) {
              const known = sums.get(unit);
              const total = (known?.total ?? 0) + points;
              expect(total).toBe(balance);
              expect(balance).toBe(after.available + after.pending + after.held - after.debt);
              for (const field of ['available', 'pending', 'held', 'debt']) {
                expect((known?.after[field] ?? 0) + change[field]).toBe(after[field]);
              }
              sums.set(unit, { total, after });
            }
            const stored = history.find((one) => one.id === id)?.[memberId];
            expect(byUnit([...sums.values()].map(({ after }) => after))).toEqual(stored);
          }
          expect(lines.map(({ id }) => id)).toHaveLength(new Set(lines.map(({ id }) => id)).size);
        }
      }),
      { numRuns: 4 },
    );
  });

  test('S69 the balance at any instant is what the journal up to there makes', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        await using books = await openBooks(engine);
        const instants: Date[] = [];
        await playOut(books, sequence, async (at) => void instants.push(at));

        const replay = new Replay();
        for (const entry of await readEntries(books.database.reader, 1, Number.MAX_SAFE_INTEGER)) {
          replay.add(entry);
          const at = new Date(entry.recordedMs).toISOString();
          for (const memberId of ['ann', 'bob']) {
            const units = [...(replay.wallets.get(memberId)?.units ?? [])];
            const due = units.map(([unit, balances]) => ({ unit, ...balances }));
            expect(byUnit(await balanceAt(books, at, memberId))).toEqual(byUnit(due));
          }
        }
        expect(replay.problems).toEqual([]);
        const [first] = instants;
        if (first === undefined) return;
        const before = new Date(first.getTime() - 1).toISOString();
        expect(byUnit(await balanceAt(books, before))).toEqual({});
      }),
      { numRuns: 3 },
    );
  });

  test('S21 points that are good for one thing only say so, and what is to come is told apart', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ points: 30, useScope: 'reward:cake' }),
      accrue({ points: 20, vestsOnEvent: true }),
    ]);

    const { statement } = await ofWallet(
      books,
      `statement(first: 2) { nodes { changes { points balance
        after { available pending } lots { account points useScope } } } }`,
    );

    const lots = (account: string, points: number, useScope: string | null) => [
      { account, points, useScope },
    ];
    expect(statement.nodes.map(({ changes }: Data) => changes[0])).toEqual([
      {
        ...{ points: 30, balance: 30, after: { available: 30, pending: 0 } },
        lots: lots('AVAILABLE', 30, 'reward:cake'),
      },
      {
        ...{ points: 20, balance: 50, after: { available: 30, pending: 20 } },
        lots: lots('PENDING', 20, null),
      },
    ]);
  });

  test('S39 points that were passed on or pooled stand in the statements of both sides', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([
      accrue(),
      accrue({ points: 5, walletId: 'bob' }),
      transfer({ points: 30 }),
      contribute({ points: 60 }),
      withdraw({ points: 10 }),
    ]);
    const told = async (memberId: string, args: string) => {
      const field = `statement(${args}) { totalCount nodes { kind counterpart { id } familyId
        changes { points balance } } }`;
      const { statement } = await ofWallet(books, field, { memberId });
      const lines = statement.nodes.map(({ kind, counterpart, familyId, changes }: Data) => [
        ...[kind, counterpart?.id ?? familyId, changes[0].points, changes[0].balance],
      ]);
      return [statement.totalCount, ...lines];
    };

    const lines = [
      ['ACCRUE', null, 100, 100],
      ['TRANSFER', 'bob', -30, 70],
      ['CONTRIBUTE', 'f1', -60, 10],
      ['WITHDRAW', 'f1', 10, 20],
    ];
    expect(await told('ann', 'first: 10')).toEqual([4, ...lines]);
    expect(await told('ann', 'first: 2')).toEqual([4, ...lines.slice(0, 2)]);
    expect(await told('ann', 'last: 2')).toEqual([4, ...lines.slice(2)]);
    expect(await told('bob', 'last: 1')).toEqual([2, ['TRANSFER', 'ann', 30, 35]]);
    expect(await balanceAt(books, '2026-11-22T02:00:00Z', 'bob')).toMatchObject([
      { unit: 'ALLIANCE', available: 35 },
    ]);
  });

  test('L15 every statement says what points are, in the language of the member', async () => {
    await using books = await openBooks(engine);
    const said = async (locale: 'en' | 'zh-CN') => {
      const field = 'notice statement(first: 1) { notice }';
      const { notice, statement } = await ofWallet(books, field, { locale });
      expect(statement.notice).toBe(notice);
      return notice;
    };

    expect(await said('en')).toContain(
      'not money, not a deposit, not a security and not an investment',
    );
    expect(await said('zh-CN')).toContain('不是货币，不是存款，不是证券，也不是投资');
  });
});

/** What the state tables say, by unit, without what is nothing. */
async function storedUnits(books: OpenBooks, walletId: string): Promise<Data> {
  const rows = await books.database.reader.query<Data[]>(
    'SELECT unit, available, pending, held, debt FROM points_wallet_unit WHERE wallet_id = ?',
    [walletId],
  );
  return byUnit(
    rows.map(({ unit, available, pending, held, debt }) => ({
      ...{ unit, available: Number(available), pending: Number(pending) },
      ...{ held: Number(held), debt: Number(debt) },
    })),
  );
}
