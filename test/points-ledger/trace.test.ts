import { describe, expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { engines } from '../support/engines.ts';
import { analyst, asMember, asMerchant, freshKey, operator, regulator } from '../support/people.ts';
import { openAlliance } from '../support/world.ts';
import {
  accrue,
  burn,
  hold,
  type OpenBooks,
  openBooks,
  refund,
  resolve,
  reverse,
} from './books-world.ts';
import { openProgrammes } from './convert-world.ts';
import { contribute, openSharing, transfer } from './sharing-world.ts';

const TRACE = `query ($purchaseId: ID, $redemptionId: ID, $entryId: ID) {
  trace(purchaseId: $purchaseId, redemptionId: $redemptionId, entryId: $entryId) { strands {
    points unit issuer { id } source purchase { id } redemption { id } acceptor { id }
    claim { amountMinor } steps { kind account member { id } familyId merchant { id } entry { causeId }
    expiresOn } } } }`;

type Subject = Readonly<{ purchaseId?: string; redemptionId?: string; entryId?: string }>;

/** `points: account owner > account owner`, and what of it others owe. */
async function ways(books: OpenBooks, subject: Subject, as = operator): Promise<string[]> {
  const { trace } = await books.data(TRACE, subject, { as });
  return trace.strands.map(
    // biome-ignore lint/suspicious/noExplicitAny: what the document above asks for.
    ({ points, source, purchase, redemption, claim, steps: way }: any) => {
      const places = way.map(
        // biome-ignore lint/suspicious/noExplicitAny: as above.
        ({ account, member, familyId, merchant }: any) =>
          `${account} ${(member ?? merchant)?.id ?? familyId ?? '?'}`,
      );
      const from = purchase?.id ?? source;
      const owed = claim === null ? '' : `, owed ${claim.amountMinor}`;
      return `${points} of ${from}: ${places.join(' > ')} for ${redemption?.id ?? '-'}${owed}`;
    },
  );
}

describe.each(engines)('on $name', (engine) => {
  test('a purchase is traced to where its points are, and a redemption to where they came from', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1', points: 100 }),
      accrue({ causeId: 'p2', points: 50 }),
      accrue({ causeId: 'p3', points: 30, issuerId: 'B', expiresOn: '2026-11-24' }),
      // Those of B lapse first, so they pay first: 10 of 30, and then lapse.
      burn({ causeId: 'r1', points: 10 }),
    ]);
    books.clock.set('2026-11-24T02:00:00Z');
    await books.settle();
    await books.post([
      hold({ causeId: 'r2', points: 110 }),
      resolve('CAPTURE', { causeId: 'r2' }),
      reverse({ reversesId: 'p2', points: 45 }),
    ]);

    const spent = 'AVAILABLE ann > HELD ann > REDEEMED B for r2';
    expect(await ways(books, { redemptionId: 'r2' })).toEqual([
      `100 of p1: ${spent}, owed 80`,
      `10 of p2: ${spent}, owed 8`,
    ]);
    expect(await ways(books, { purchaseId: 'p1' })).toEqual([`100 of p1: ${spent}, owed 80`]);
    expect(await ways(books, { purchaseId: 'p3' })).toEqual([
      '10 of p3: AVAILABLE ann > REDEEMED B for r1',
      '20 of p3: AVAILABLE ann > BREAKAGE B for -',
    ]);
    // Of p2 ten were spent: they are owed by the member, as there is nothing else to take.
    expect(await ways(books, { purchaseId: 'p2' })).toEqual([
      `10 of p2: ${spent}, owed 8`,
      '40 of p2: AVAILABLE ann > OUTSTANDING I for -',
      '5 of DEBT: OUTSTANDING I for -',
    ]);
  });

  test('points that were given back of a redemption are traced to where they went, and their claim is gone', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1', points: 100 }),
      accrue({ causeId: 'p2', points: 50 }),
      burn({ causeId: 'r1', points: 130 }),
      refund({ refundsId: 'r1', points: 115 }),
    ]);

    expect(await ways(books, { redemptionId: 'r1' })).toEqual([
      '100 of p1: AVAILABLE ann > REDEEMED B > AVAILABLE ann for -',
      '15 of p2: AVAILABLE ann > REDEEMED B for r1, owed 12',
      '15 of p2: AVAILABLE ann > REDEEMED B > AVAILABLE ann for -',
    ]);
    // What came back is spent again in its old order.
    await books.postOne(burn({ causeId: 'r2', points: 110, acceptorId: 'C' }));
    expect(await ways(books, { redemptionId: 'r2' })).toEqual([
      '100 of p1: AVAILABLE ann > REDEEMED B > AVAILABLE ann > REDEEMED C for r2, owed 80',
      '10 of p2: AVAILABLE ann > REDEEMED C for r2, owed 8',
    ]);
  });

  test('a return takes points of its own purchase, though others of their lot were booked first', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1', points: 100 }),
      accrue({ causeId: 'p2', points: 50 }),
      reverse({ reversesId: 'p2', points: 20 }),
      burn({ causeId: 'r1', points: 110 }),
    ]);

    expect(await ways(books, { purchaseId: 'p2' })).toEqual([
      '20 of p2: AVAILABLE ann for -',
      '20 of p2: AVAILABLE ann > OUTSTANDING I for -',
      '10 of p2: AVAILABLE ann > REDEEMED B for r1, owed 8',
    ]);
    expect(await ways(books, { purchaseId: 'p1' })).toEqual([
      '100 of p1: AVAILABLE ann > REDEEMED B for r1, owed 80',
    ]);
  });

  test('points that vest or are extended are traced on', async () => {
    await using books = await openBooks(engine);
    const [pending] = await books.post([
      accrue({ causeId: 'p1', expiresOn: '2026-11-24', vestsOnEvent: true }),
      accrue({ causeId: 'p2', points: 50, expiresOn: '2026-11-24' }),
    ]);
    const more = { causeKind: 'INCIDENT', causeId: 'i1', walletId: 'ann', unit: 'ALLIANCE' };
    const accrualId = pending?.entryId ?? '';
    await books.postOne({ ...more, key: freshKey(), kind: 'VEST', accrualId });
    books.clock.set('2026-11-24T02:00:00Z');
    await books.settle();
    await books.postOne({
      ...{ ...more, key: freshKey(), kind: 'EXTEND', issuerId: 'I' },
      ...{ expiresOn: '2026-11-24', toExpiresOn: '2027-01-01' },
    });

    const way = 'AVAILABLE ann > BREAKAGE I > AVAILABLE ann for -';
    expect(await ways(books, { purchaseId: 'p1' })).toEqual([`100 of p1: PENDING ann > ${way}`]);
    expect(await ways(books, { purchaseId: 'p2' })).toEqual([`50 of p2: ${way}`]);
  });

  test('points that were converted are traced through, forwards and backwards', async () => {
    await using books = await openProgrammes(engine);
    await books.setRate();
    await books.post([
      accrue({ causeId: 'p1', points: 60 }),
      accrue({ causeId: 'p2', points: 50 }),
    ]);
    await books.convert({ points: 90 });
    await books.post([
      accrue({ causeId: 'p3', points: 5, unit: 'MILES', priceMinor: 30 }),
      burn({ causeId: 'r1', points: 62, unit: 'MILES' }),
    ]);

    const taken = 'AVAILABLE ann > OUTSTANDING I for -';
    const spent = '60 of OUTSTANDING: AVAILABLE ann > REDEEMED B for r1, owed 18';
    expect(await ways(books, { redemptionId: 'r1' })).toEqual([
      ...[`60 of p1: ${taken}`, `30 of p2: ${taken}`, spent],
      '2 of p3: AVAILABLE ann > REDEEMED B for r1, owed 1',
    ]);
    expect(await ways(books, { purchaseId: 'p2' })).toEqual([
      '20 of p2: AVAILABLE ann for -',
      ...[`30 of p2: ${taken}`, spent],
    ]);
  });

  test('points that were passed on, pooled and spent are traced both ways', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.post([
      accrue({ causeId: 'p1', points: 60 }),
      accrue({ causeId: 'p2', points: 40, walletId: 'bob' }),
      transfer({ points: 20 }),
    ]);
    await books.post([
      contribute({ points: 40 }),
      contribute({ points: 30, walletId: 'bob' }),
      burn({ causeId: 'r1', points: 55, walletId: 'pool:f1', actorId: 'bob' }),
    ]);

    const spent = 'AVAILABLE f1 > REDEEMED B for r1';
    // The pool spends in proportion to what each put there; of Bob's, what Ann had given him was booked first.
    expect(await ways(books, { redemptionId: 'r1' })).toEqual([
      `31 of p1: AVAILABLE ann > ${spent}, owed 25`,
      `20 of p1: AVAILABLE ann > AVAILABLE bob > ${spent}, owed 16`,
      `4 of p2: AVAILABLE bob > ${spent}, owed 3`,
    ]);
    expect(await ways(books, { purchaseId: 'p1' })).toEqual([
      '9 of p1: AVAILABLE ann > AVAILABLE f1 for -',
      `31 of p1: AVAILABLE ann > ${spent}, owed 25`,
      `20 of p1: AVAILABLE ann > AVAILABLE bob > ${spent}, owed 16`,
    ]);
    // Bob spent from the pool: he sees that, and what was his; of Ann's own purchase nothing more.
    expect(await ways(books, { redemptionId: 'r1' }, asMember('bob'))).toEqual([
      `31 of OUTSTANDING: AVAILABLE ? > ${spent}`,
      `20 of OUTSTANDING: AVAILABLE ? > AVAILABLE bob > ${spent}`,
      `4 of p2: AVAILABLE bob > ${spent}`,
    ]);
    expect(await books.data(TRACE, { purchaseId: 'p1' }, { as: asMember('bob') })).toEqual({
      trace: null,
    });
  });

  test('S33 points earned at A are spent at B: B is owed by A, and the sum is 0, in one question', async () => {
    await using world = await openAlliance(engine);
    const [a, b] = [await world.merchant({ name: 'A' }), await world.merchant({ name: 'B' })];
    const memberId = await world.member();
    const purchaseId = await world.purchase({ merchantId: a, memberId, amountMinor: 15_000 });
    await world.settle();
    const rewardId = await world.reward({ merchantId: b, points: 120 });
    const { redemption } = await world.redeem({ memberId, rewardId });
    await world.settle();

    const { trace, ...data } = await world.data(
      `query ($redemptionId: ID!) {
        trace(redemptionId: $redemptionId) { strands { points issuer { name }
          purchase { id orderNumber merchant { name } member { displayName } }
          redemption { reward { title merchant { name } } } acceptor { name }
          claim { amountMinor } steps { kind account } } }
        redemption(id: $redemptionId) { claims { debtor { name } creditor { name }
          amount { amountMinor } } }
        clearingPositions { merchant { name } net { amountMinor } }
        conservation { balance } }`,
      { redemptionId: redemption.id },
    );

    expect(trace.strands).toEqual([
      {
        ...{ points: 120, issuer: { name: 'A' }, acceptor: { name: 'B' } },
        purchase: {
          ...{ id: purchaseId, orderNumber: expect.any(String) },
          ...{ merchant: { name: 'A' }, member: { displayName: 'Ann' } },
        },
        redemption: { reward: { title: 'Voucher', merchant: { name: 'B' } } },
        claim: { amountMinor: 96 },
        steps: [
          { kind: 'ACCRUE', account: 'AVAILABLE' },
          { kind: 'HOLD', account: 'HELD' },
          { kind: 'CAPTURE', account: 'REDEEMED' },
        ],
      },
    ]);
    expect(data.redemption.claims).toEqual([
      { debtor: { name: 'A' }, creditor: { name: 'B' }, amount: { amountMinor: 96 } },
    ]);
    const nets = data.clearingPositions.map(
      ({ net }: { net: { amountMinor: number } }) => net.amountMinor,
    );
    expect(nets.toSorted()).toEqual([-96, 96]);
    expect(sum(nets)).toBe(0);
    expect(data.conservation).toEqual([{ balance: 0 }]);
  });

  test('points that paid a debt are traced to the merchant that got them', async () => {
    await using books = await openBooks(engine);
    await books.post([
      accrue({ causeId: 'p1' }),
      burn({ causeId: 'r1' }),
      reverse({ reversesId: 'p1' }),
      accrue({ causeId: 'p2', issuerId: 'J', points: 150 }),
    ]);

    expect(await ways(books, { purchaseId: 'p2' })).toEqual([
      '100 of p2: REDEEMED I for -, owed 80',
      '50 of p2: AVAILABLE ann for -',
      // What had gone missing of I counts as issued again, and pays the debt.
      '100 of OUTSTANDING: DEBT ann for -',
    ]);
  });

  test('a trace is for the member, the operator and the regulator', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ causeId: 'p1' }), burn({ causeId: 'r1', points: 40 })]);
    const subject = { redemptionId: 'r1' };

    const way = '40 of p1: AVAILABLE ann > REDEEMED B for r1';
    expect(await ways(books, subject, regulator)).toEqual([`${way}, owed 32`]);
    // What merchants owe each other is not hers to know.
    expect(await ways(books, subject, asMember('ann'))).toEqual([way]);
    for (const [asked, as] of [
      [subject, asMember('bob')],
      [{ purchaseId: 'nothing' }, operator],
      [{ entryId: 'nothing' }, asMember('ann')],
    ] as const) {
      expect(await books.data(TRACE, asked, { as })).toEqual({ trace: null });
    }
    for (const as of [analyst, asMerchant('B')]) {
      const { errors } = await books.ask(TRACE, subject, { as });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  test.each([{}, { purchaseId: 'p1', redemptionId: 'r1' }])(
    'a trace is of one thing, not of %j',
    async (subject) => {
      await using books = await openBooks(engine);
      const { errors } = await books.ask(TRACE, subject);

      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    },
  );

  test('a wallet with too long a history is not traced, and it says so', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ causeId: 'p1' }));
    for (const [as, max] of [
      [asMember('ann'), 10_000],
      [operator, 100_000],
    ] as const) {
      await books.tamper(`UPDATE points_wallet SET version = ${max + 1} WHERE id = 'ann'`);
      const { errors } = await books.ask(TRACE, { purchaseId: 'p1' }, { locale: 'zh-CN', as });

      expect(errors).toMatchObject([{ extensions: { reason: 'TRACE_TOO_LARGE' } }]);
      expect(errors?.[0]?.message).toContain(max.toLocaleString('en'));
      await books.tamper(`UPDATE points_wallet SET version = ${max} WHERE id = 'ann'`);
      expect((await books.ask(TRACE, { purchaseId: 'p1' }, { as })).errors).toBeUndefined();
    }
  });

  test('traces of one request read what is connected once', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ causeId: 'p1', points: 500 }), burn({ causeId: 'r1', points: 1 })]);
    const cost = async (count: number) => {
      const aliases = Array.from(
        { length: count },
        (_, n) => `t${n}: trace(purchaseId: "p1") { strands { points } }`,
      );
      books.statements.length = 0;
      const data = await books.data(`{ ${aliases.join(' ')} }`);
      const reads = books.statements.filter((sql) => !/SELECT DISTINCT/.test(sql)).length;
      return [data[`t${count - 1}`], reads];
    };

    const [one, reads] = await cost(1);
    expect(await cost(20)).toEqual([one, reads]);
    expect(one.strands).toHaveLength(2);
  });

  test('points that go to and fro are traced to the end, and others are served meanwhile', async () => {
    await using books = await openSharing(engine);
    await books.programme();
    await books.family('f1', 'ann', 'bob');
    await books.postOne(accrue({ causeId: 'p1', points: 100 }));
    for (let round = 0; round < 6; round += 1) {
      await books.post(
        Array.from({ length: 300 }, (_, n) => {
          const [walletId, counterWalletId] = n % 2 === 0 ? ['ann', 'bob'] : ['bob', 'ann'];
          return transfer({ walletId, counterWalletId });
        }),
      );
    }
    let served = 0;
    const serving = setInterval(() => {
      served += 1;
    });
    const { trace } = await books.data(TRACE, { purchaseId: 'p1' }, { as: asMember('ann') });
    clearInterval(serving);

    expect(trace.strands.at(0).steps.length).toBeGreaterThan(1_000);
    expect(served).toBeGreaterThan(0);
  });

  test('a trace of up to a thousand entries costs the same statements as a short one', async () => {
    await using books = await openBooks(engine);
    await books.post([accrue({ causeId: 'p1', points: 500 }), burn({ causeId: 'r1', points: 1 })]);
    const cost = async () => {
      books.statements.length = 0;
      const { length } = await ways(books, { purchaseId: 'p1' });
      return [length, books.statements.length];
    };
    const before = await cost();
    await books.post(Array.from({ length: 200 }, () => burn({ points: 1 })));

    expect(before).toEqual([2, 8]);
    expect(await cost()).toEqual([202, 8]);
  });
});
