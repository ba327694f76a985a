import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { asMember, asMerchant, freshKey, operator, regulator } from '../support/people.ts';
import { accrue, burn, hold, refund, resolve, reverse } from './books-world.ts';
import { openClearing } from './clearing-world.ts';

const script = join(import.meta.dirname, 'clearing-process.ts');

/** Closes a cycle in a process of its own. What it answered. */
function closeInProcess(databaseUrl: string, key: string): Promise<{ kind: string }> {
  const child = spawn(process.execPath, [script, databaseUrl, key], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part) => {
    text += part;
  });
  return new Promise((done, fail) =>
    child.once('exit', (code) =>
      code === 0 ? done(JSON.parse(text)) : fail(new Error(`the process ended with ${code}`)),
    ),
  );
}

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('a cycle holds what was redeemed since the last cut, and says who pays whom', async () => {
    await using books = await openClearing(engine);
    await books.redeem([
      ['A', 'B', 1000],
      ['B', 'C', 500],
      ['C', 'A', 250],
      ['A', 'A', 70],
    ]);

    const { cycle } = await books.close();

    expect(cycle).toMatchObject({ number: 1, firstSeq: 1, lastSeq: 8 });
    expect(cycle.volumes).toEqual([
      {
        claims: 3,
        gross: { amountMinor: 1400, currency: 'CNY' },
        payments: 2,
        net: { amountMinor: 600 },
      },
    ]);
    expect(cycle.payments).toMatchObject([
      { payer: { id: 'A' }, payee: { id: 'B' }, amount: { amountMinor: 400 }, state: 'DUE' },
      { payer: { id: 'A' }, payee: { id: 'C' }, amount: { amountMinor: 200 }, state: 'DUE' },
    ]);
    expect(
      cycle.statements.map(
        ({ merchant, totals }: { merchant: { id: string }; totals: { net: object }[] }) => [
          merchant.id,
          totals[0]?.net,
        ],
      ),
    ).toEqual([
      ['A', { amountMinor: -600, currency: 'CNY' }],
      ['B', { amountMinor: 400, currency: 'CNY' }],
      ['C', { amountMinor: 200, currency: 'CNY' }],
    ]);
    expect(await books.events()).toEqual([
      {
        kind: 'clearing.closed',
        payload: { cycleId: cycle.id, number: 1, firstSeq: 1, lastSeq: 8 },
      },
    ]);
    expect(await books.problems()).toEqual([]);
  });

  test('without anything new to clear a close is refused, and cuts nothing', async () => {
    await using books = await openClearing(engine);

    expect(await books.close()).toMatchObject({
      __typename: 'NothingToClear',
      code: 'NOTHING_TO_CLEAR',
    });
    await books.redeem([['A', 'B', 10]]);
    expect(await books.close()).toMatchObject({ cycle: { number: 1, firstSeq: 1 } });
    await books.redeem([['A', 'A', 10]]);
    expect(await books.close()).toMatchObject({ __typename: 'NothingToClear' });
    await books.redeem([['A', 'B', 10]]);
    expect(await books.close()).toMatchObject({ cycle: { number: 2, firstSeq: 3, lastSeq: 6 } });
  });

  test('what is cleared over many cycles is rounded once over all of them', async () => {
    await using books = await openClearing(engine);
    const third = { priceMinor: 1, pricePoints: 3, issuerId: 'A', points: 1 };
    const amounts: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await books.post([accrue(third), burn({ points: 1 })]);
      const { cycle } = await books.close();
      amounts.push(cycle.statements[0].lines[0].amount.amountMinor);
    }

    // A point is worth a third of a fen: each by itself would be worth nothing.
    expect(amounts).toEqual([0, 1, 0, 0, 1, 0]);
  });

  test('points of different prices are lines of their own, and holds count when captured', async () => {
    await using books = await openClearing(engine);
    await books.post([
      accrue({ points: 60, expiresOn: '2027-01-01' }),
      accrue({ points: 40, expiresOn: '2027-02-01', priceMinor: 90 }),
      hold({ points: 80 }),
    ]);
    expect(await books.close()).toMatchObject({ code: 'NOTHING_TO_CLEAR' });
    await books.postOne(resolve('CAPTURE'));

    const { cycle } = await books.close();

    expect(cycle.statements[0].lines).toMatchObject([
      { number: 1, price: { amountMinor: 80 }, pricePoints: 100, points: 60, burnCount: 1 },
      { number: 2, price: { amountMinor: 90 }, pricePoints: 100, points: 20, burnCount: 1 },
    ]);
  });

  test('one key closes one cycle, whoever asks at once and however often', async () => {
    await using books = await openClearing(engine);
    await books.redeem([
      ['A', 'B', 100],
      ['B', 'C', 50],
    ]);
    const keys = ['same-key-1', 'same-key-1', 'other-key-2'];
    const outcomes = await Promise.all(keys.map((key) => closeInProcess(books.databaseUrl, key)));

    expect(outcomes[0]).toEqual(outcomes[1]);
    const closed = outcomes.filter(({ kind }) => kind === 'ClearingCycleClosed');
    expect(new Set(closed.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    const { clearingCycles } = await books.data(
      '{ clearingCycles(first: 10) { nodes { number firstSeq lastSeq } totalCount } }',
    );
    expect(clearingCycles).toEqual({
      nodes: [{ number: 1, firstSeq: 1, lastSeq: 4 }],
      totalCount: 1,
    });
  });

  test('of many closes at once one cuts, and the others find nothing to clear', async () => {
    await using books = await openClearing(engine);
    await books.redeem(Array.from({ length: 40 }, () => ['A', 'B', 3] as const));

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => books.close()));

    const kinds = outcomes.map(({ __typename }) => __typename).toSorted();
    expect(kinds).toEqual(['ClearingCycleClosed', ...Array(7).fill('NothingToClear')]);
  });

  test('a cut under load misses no entry, and holds none twice', async () => {
    await using books = await openClearing(engine);
    let isDone = false;
    const closing = (async () => {
      while (!isDone) await books.close();
    })();
    for (let round = 0; round < 8; round += 1) {
      await books.redeem(Array.from({ length: 5 }, () => ['A', 'B', 3] as const));
    }
    isDone = true;
    await closing;
    await books.close();

    const [row] = await books.database.reader.query(
      `SELECT COUNT(*) AS claims, SUM(cycle.first_seq <= burn.seq AND burn.seq <= cycle.last_seq) AS fitting
       FROM points_clearing_burn burn JOIN points_clearing_line line ON line.id = burn.line_id
       JOIN points_clearing_cycle cycle ON cycle.id = line.cycle_id`,
    );
    expect(Object.values(row).map(Number)).toEqual([40, 40]);
    const gaps = await books.database.reader.query(
      `SELECT later.number FROM points_clearing_cycle earlier
       JOIN points_clearing_cycle later ON later.number = earlier.number + 1
       WHERE later.first_seq <> earlier.last_seq + 1`,
    );
    expect(gaps).toEqual([]);
  });

  test('the burns of a line come by page, each once, in the order of the books', async () => {
    await using books = await openClearing(engine);
    const ids = await books.redeem(Array.from({ length: 7 }, () => ['A', 'B', 5] as const));
    await books.close();
    const found: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 4; pages += 1) {
      const { lines } = await books.statement(
        'B',
        `lines { burns(first: 3${after === null ? '' : `, after: "${after}"`}) {
          nodes { causeKind causeId points amount { amountMinor } recordedAt }
          pageInfo { hasNextPage endCursor } } }`,
      );
      const { nodes, pageInfo } = lines[0].burns;
      found.push(...nodes.map(({ causeId }: { causeId: string }) => causeId));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }

    expect(found).toEqual(ids);
  });

  test('a merchant sees its own statements only, and a member none', async () => {
    await using books = await openClearing(engine);
    await books.redeem([['A', 'B', 100]]);
    const { cycle } = await books.close();
    const [ofA] = cycle.statements;
    const question = `query ($id: ID!) { clearingStatement(id: $id) { merchant { id }
      cycle { number volumes { claims } payments { id } statements { id } } } }`;
    const see = async (as = operator) =>
      (await books.ask(question, { id: ofA.id }, { as })).data?.clearingStatement ?? null;

    const hidden = { number: 1, volumes: null, payments: null, statements: null };
    expect(await see(asMerchant('A'))).toEqual({ merchant: { id: 'A' }, cycle: hidden });
    expect(await see(asMerchant('B'))).toBeNull();
    expect(await see(asMember('A'))).toBeNull();
    expect((await see(regulator)).cycle.statements).toHaveLength(2);
    const { clearingStatements } = await books.data(
      '{ clearingStatements(first: 10) { nodes { merchant { id } } } }',
      {},
      { as: asMerchant('B') },
    );
    expect(clearingStatements.nodes).toEqual([{ merchant: { id: 'B' } }]);
    const { errors } = await books.ask(
      `query ($id: ID!) { clearingCycle(id: $id) { id } }`,
      { id: cycle.id },
      { as: asMerchant('A') },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('who accepted points is not told who issued them, in no form of a statement', async () => {
    await using books = await openClearing(engine);
    const [redemption] = await books.redeem([
      ['issuer-one', 'B', 100],
      ['B', 'C', 900],
    ]);
    await books.close();
    const FIELDS = `csv page lines { side debtor { id } creditor { id }
      burns(first: 10) { nodes { causeKind causeId points } } } payments { payer { id } payee { id } }`;

    const creditor = await books.statement('B', FIELDS);
    const debtor = await books.statement('issuer-one', FIELDS);

    const owed = creditor.lines.find(({ side }: { side: string }) => side === 'OWED');
    expect(owed).toEqual({
      side: 'OWED',
      debtor: null,
      creditor: { id: 'B' },
      burns: { nodes: [{ causeKind: 'REDEMPTION', causeId: redemption, points: 100 }] },
    });
    // Netting names who pays: here issuer-one pays C, so B is never told of it.
    expect(JSON.stringify(creditor)).not.toContain('issuer-one');
    expect(debtor.lines).toMatchObject([
      { side: 'OWES', debtor: { id: 'issuer-one' }, creditor: { id: 'B' } },
    ]);
    expect(JSON.stringify(debtor)).not.toContain('of test-key');
    const all = await books.statement('B', FIELDS, { as: operator });
    expect(JSON.stringify(all)).toContain('issuer-one');
  });

  test('when points from elsewhere pay a debt, the merchant is not told what brought them', async () => {
    await using books = await openClearing(engine);
    await books.post([
      accrue({ issuerId: 'I', causeId: 'p1' }),
      burn({ acceptorId: 'B' }),
      reverse({ issuerId: 'I', reversesId: 'p1' }),
      accrue({ issuerId: 'J', points: 150, causeId: 'purchase at J' }),
    ]);
    await books.close();

    const BURNS = 'lines { side burns(first: 5) { nodes { causeKind causeId points } } }';
    const ofI = await books.statement('I', BURNS);
    const ofJ = await books.statement('J', BURNS);

    const owed = ofI.lines.find(({ side }: { side: string }) => side === 'OWED');
    expect(owed.burns.nodes).toEqual([{ causeKind: null, causeId: null, points: 100 }]);
    expect(ofJ.lines[0].burns.nodes).toEqual([
      { causeKind: 'PURCHASE', causeId: 'purchase at J', points: 100 },
    ]);
  });

  test('what is given back in a later cycle is owed back, to the fen', async () => {
    await using books = await openClearing(engine);
    const third = { priceMinor: 1, pricePoints: 3, issuerId: 'A', points: 5 };
    await books.post([accrue(third), burn({ points: 5, causeId: 'r1' })]);
    const { cycle: first } = await books.close();
    await books.postOne(refund({ points: 4, refundsId: 'r1' }));

    const { cycle } = await books.close();

    expect(first.statements[0].lines).toMatchObject([{ points: 5, amount: { amountMinor: 2 } }]);
    // Of five points one is left, which is worth no fen: both come back.
    expect(cycle.statements[0].lines).toMatchObject([{ points: -4, amount: { amountMinor: -2 } }]);
    expect(cycle.payments).toMatchObject([
      { payer: { id: 'B' }, payee: { id: 'A' }, amount: { amountMinor: 2 } },
    ]);
  });

  test('when what is given back pays a debt, its new owner is not told where it was spent', async () => {
    await using books = await openClearing(engine);
    await books.post([
      accrue({ issuerId: 'J' }),
      burn({ acceptorId: 'B', causeId: 'at B' }),
      accrue({ issuerId: 'I', causeId: 'p1', points: 40 }),
      burn({ acceptorId: 'B', points: 40 }),
      reverse({ issuerId: 'I', reversesId: 'p1', points: 40 }),
    ]);
    await books.close();
    await books.postOne(refund({ refundsId: 'at B', causeId: 'back at B' }));
    await books.close();

    const BURNS = 'lines { side burns(first: 5) { nodes { causeKind causeId points } } }';
    const ofI = await books.statement('I', BURNS);
    const ofJ = await books.statement('J', BURNS);

    expect(ofI.lines).toEqual([
      { side: 'OWED', burns: { nodes: [{ causeKind: null, causeId: null, points: 40 }] } },
    ]);
    expect(ofJ.lines.flatMap(({ burns }: { burns: { nodes: object[] } }) => burns.nodes)).toEqual([
      { causeKind: 'REDEMPTION_RETURN', causeId: 'back at B', points: -100 },
      { causeKind: null, causeId: null, points: 40 },
    ]);
  });

  test("a merchant's position is what a close would clear now", async () => {
    await using books = await openClearing(engine);
    await books.redeem([['A', 'B', 101]]);
    await books.close();
    await books.redeem([
      ['A', 'B', 101],
      ['B', 'A', 11],
    ]);
    const ask = (as = asMerchant('A')) =>
      books.ask(
        `query ($representations: [_Any!]!) { _entities(representations: $representations) {
          ... on Merchant { clearing { openStatements { state }
            position { receivable { amountMinor } payable { amountMinor } net { amountMinor } } } } } }`,
        { representations: [{ __typename: 'Merchant', id: 'A' }] },
        { as },
      );

    const { data } = await ask();
    const { cycle } = await books.close();

    const [total] = cycle.statements[0].totals;
    expect(data._entities[0].clearing).toEqual({
      openStatements: [{ state: 'ISSUED' }],
      position: [
        { receivable: total.receivable, payable: total.payable, net: { amountMinor: -72 } },
      ],
    });
    const { data: of, errors } = await ask(asMerchant('B'));
    expect(of._entities[0].clearing).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('closing costs the same statements for many claims as for one, and so does reading', async () => {
    const cost = async (merchants: number, claims: number) => {
      await using books = await openClearing(engine);
      await books.redeem(
        Array.from(
          { length: claims },
          (_, n) => [`m${n % merchants}`, `m${(n * 7 + 1) % merchants}`, 5 + n] as const,
        ),
      );
      const key = freshKey();
      books.statements.length = 0;
      const { data } = await books.ask(
        `mutation ($input: CloseClearingCycleInput!) { closeClearingCycle(input: $input) {
          ... on ClearingCycleClosed { cycle { id } } } }`,
        { input: { idempotencyKey: key } },
      );
      const close = books.statements.length;
      books.statements.length = 0;
      await books.data(
        `query ($id: ID!) { clearingCycle(id: $id) { volumes { claims } payments { id }
          statements { csv totals { net { amountMinor } } lines { number } payments { id } } } }`,
        { id: data.closeClearingCycle.cycle.id },
      );
      return { close, read: books.statements.length };
    };

    const few = await cost(2, 3);
    expect(await cost(9, 60)).toEqual(few);
    expect(few.read).toBeLessThanOrEqual(8);
  });
});
