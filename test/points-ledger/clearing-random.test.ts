import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PointsCommandInput } from '../../subgraphs/points-ledger/schema.generated.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn, hold, refund, resolve, reverse } from './books-world.ts';
import { type OpenClearing, openClearing } from './clearing-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const merchant = fc.constantFrom('A', 'B', 'C', 'D');
const walletId = fc.constantFrom('ann', 'bob', 'eve');
const points = fc.integer({ min: 1, max: 60 });
const few = fc.integer({ min: 1, max: 8 });
const price = fc.constantFrom([1, 3], [80, 100], [7, 1000], [0, 1]);

/** Something that happens to the books, or a cut. Few wallets and merchants, so that they meet. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('accrue' as const),
      walletId,
      merchant,
      points: fc.integer({ min: 40, max: 200 }),
      price,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('burn' as const), walletId, merchant, points }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('hold' as const), walletId, merchant, points }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('return' as const), purchase: fc.nat(20), points }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      redemption: fc.nat(20),
      points: few,
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'cut' as const }) },
);

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** Does all of it, with a cut at the end. What the closes answered. */
async function happen(books: OpenClearing, steps: readonly Step[]): Promise<Data[]> {
  const purchases: { walletId: string; merchant: string; causeId: string }[] = [];
  const cycles: Data[] = [];
  const redemptions: { walletId: string; causeId: string }[] = [];
  let commands: PointsCommandInput[] = [];
  const cut = async () => {
    await books.post(commands);
    commands = [];
    const { cycle } = await books.close();
    if (cycle) cycles.push(cycle);
  };
  for (const [index, one] of steps.entries()) {
    if (one.kind === 'cut') await cut();
    else if (one.kind === 'accrue') {
      const [priceMinor = 0, pricePoints = 1] = one.price;
      const causeId = `p${purchases.length}`;
      purchases.push({ ...one, causeId });
      const { walletId, points } = one;
      const given = { walletId, points, priceMinor, pricePoints, causeId };
      commands.push(accrue({ ...given, issuerId: one.merchant }));
    } else if (one.kind === 'return') {
      const bought = purchases[one.purchase % Math.max(1, purchases.length)];
      if (bought === undefined) continue;
      const { walletId, merchant: issuerId, causeId: reversesId } = bought;
      commands.push(reverse({ walletId, issuerId, reversesId, points: one.points }));
    } else if (one.kind === 'refund') {
      const spent = redemptions[one.redemption % Math.max(1, redemptions.length)];
      if (spent === undefined) continue;
      const { walletId, causeId: refundsId } = spent;
      commands.push(refund({ walletId, refundsId, points: one.points }));
    } else {
      const { walletId, merchant: acceptorId, points } = one;
      const causeId = `r${redemptions.length}`;
      redemptions.push({ walletId, causeId });
      const given = { walletId, acceptorId, points, causeId };
      if (one.kind === 'burn') commands.push(burn(given));
      else {
        const holdId = `hold ${index}`;
        commands.push(
          hold({ ...given, holdId }),
          resolve('CAPTURE', { walletId, holdId, causeId }),
        );
      }
    }
  }
  await cut();
  return cycles;
}

const key = (row: Data) => `${row.issuer_id} ${row.owner_id} ${row.price_class}`;

/** To the nearest whole number, halves up, of what is never below zero; in integers of any size. */
const rounded = (amount: bigint, minor: bigint, per: bigint): bigint =>
  (2n * amount * minor + per) / (2n * per);

/** What all foreign points are worth that were redeemed, each debtor, creditor and price rounded once. */
async function worthByHand(books: OpenClearing): Promise<Map<string, bigint>> {
  const rows: Data[] = await books.database.reader.query(
    "SELECT * FROM points_posting WHERE account = 'REDEEMED' AND owner_id <> issuer_id",
  );
  return new Map(
    [...Map.groupBy(rows, key)].map(([of, postings]) => {
      const [minor = 0n, per = 1n] = (of.split(' ')[2] ?? '').split('/').map(BigInt);
      const total = postings.reduce((all, { amount }) => all + BigInt(amount), 0n);
      return [of, rounded(total, minor, per)];
    }),
  );
}

describe.each(engines)('on $name', (engine) => {
  test('P9: whatever happens and wherever it is cut, nets are zero and every claim is in one cycle', async () => {
    let cycles = 0;
    let claims = 0;
    let givenBack = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60 }), async (steps) => {
        await using books = await openClearing(engine);
        const closed = await happen(books, steps);
        const { reader } = books.database;

        // Every foreign REDEEMED posting is in exactly one cycle: the one whose range it lies in.
        const [found]: Data[] = await reader.query(
          `SELECT COUNT(*) AS postings, COUNT(burn.line_id) AS cleared,
             SUM(posting.amount < 0) AS given_back,
             SUM(cycle.first_seq <= posting.seq AND posting.seq <= cycle.last_seq) AS fitting,
             SUM(line.debtor_id = posting.issuer_id AND line.creditor_id = posting.owner_id
               AND line.price_class = posting.price_class) AS matching
           FROM points_posting posting
           LEFT JOIN points_clearing_burn burn
             ON burn.seq = posting.seq AND burn.line = posting.line
           LEFT JOIN points_clearing_line line ON line.id = burn.line_id
           LEFT JOIN points_clearing_cycle cycle ON cycle.id = line.cycle_id
           WHERE posting.account = 'REDEEMED' AND posting.owner_id <> posting.issuer_id`,
        );
        const [postings, cleared, back, fitting, matching] = Object.values(found).map(Number);
        expect([cleared, fitting, matching]).toEqual([postings, postings, postings]);

        // The cycles follow one another from the first entry on.
        let next = 1;
        for (const { firstSeq, lastSeq } of closed) {
          expect(firstSeq).toBe(next);
          next = lastSeq + 1;
        }

        // All cycles together are one rounding of all points.
        const lines: Data[] = await reader.query('SELECT * FROM points_clearing_line');
        const sums = new Map<string, bigint>();
        for (const line of lines) {
          const of = `${line.debtor_id} ${line.creditor_id} ${line.price_class}`;
          sums.set(of, (sums.get(of) ?? 0n) + BigInt(line.amount_minor));
        }
        expect(sums).toEqual(await worthByHand(books));

        for (const cycle of closed) expectBalanced(cycle);
        cycles += closed.length;
        claims += postings ?? 0;
        givenBack += back ?? 0;
        expect(await books.problems()).toEqual([]);
      }),
      { numRuns: 8 },
    );
    // It was about something.
    expect(cycles).toBeGreaterThan(8);
    expect(claims).toBeGreaterThan(30);
    expect(givenBack).toBeGreaterThan(0);
  });
});

/** Nets add up to zero, and payments bring everybody to where the claims between pairs would. */
function expectBalanced({ statements, payments, volumes }: Data): void {
  const nets = new Map<string, number>();
  for (const { merchant: of, totals, lines } of statements) {
    for (const { net } of totals) nets.set(of.id, net.amountMinor);
    const bilateral = lines.reduce(
      (all: number, line: Data) =>
        all + (line.side === 'OWED' ? line.amount.amountMinor : -line.amount.amountMinor),
      0,
    );
    expect(nets.get(of.id) ?? 0).toBe(bilateral);
    const paid = payments.reduce((all: number, { payer, payee, amount }: Data) => {
      if (payee.id === of.id) return all + amount.amountMinor;
      return payer.id === of.id ? all - amount.amountMinor : all;
    }, 0);
    expect(paid).toBe(bilateral);
  }
  expect([...nets.values()].reduce((all, net) => all + net, 0)).toBe(0);
  for (const { gross, net, payments: count } of volumes) {
    expect(net.amountMinor).toBeLessThanOrEqual(gross.amountMinor);
    expect(count).toBe(payments.length);
  }
}
