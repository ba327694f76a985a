import { describe, expect, test } from 'vitest';
import { engines } from '../support/engines.ts';
import { accrue, burn, type OpenBooks, openBooks } from './books-world.ts';

/** What Ann has, and what the merchants owe each other for what she spent: points, fen. */
async function booksOf(books: OpenBooks) {
  const { available } = await books.wallet();
  const claims = await books.database.reader.query<Record<string, string>[]>(
    'SELECT SUM(amount) AS points, SUM(claim_minor) AS minor FROM points_posting WHERE claim_minor IS NOT NULL',
  );
  return {
    available,
    claimed: Number(claims[0]?.points ?? 0),
    minor: Number(claims[0]?.minor ?? 0),
  };
}

/** The published examples, as far as the books go: what an order brings is for the rules of merchants to say. */
describe.each(engines)('on $name', (engine) => {
  test('TV1: two orders of 5,000 and 3,000 points come to 8,000, order by order', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ causeId: 'first', points: 5_000 }));
    const after = await books.wallet();
    await books.postOne(accrue({ causeId: 'second', points: 3_000 }));

    expect(after).toMatchObject({ available: 5_000 });
    expect(await books.wallet()).toMatchObject({ available: 8_000 });
    // No order is booked twice, however often it is told.
    const again = accrue({ causeId: 'third', points: 1 });
    const answers = [await books.postOne(again), await books.postOne(again)];
    expect(answers[1]).toEqual(answers[0]);
    expect(await books.wallet()).toMatchObject({ available: 8_001 });
    expect(await books.problems()).toEqual([]);
  });

  test('TV4: 20,000 points at 0.025 yuan pay a cleaning of 500 yuan, to the last point and fen', async () => {
    await using books = await openBooks(engine);
    await books.postOne(accrue({ points: 20_000, priceMinor: 5, pricePoints: 2 }));

    expect(await books.postOne(burn({ points: 20_001 }))).toMatchObject({
      ...{ status: 'REFUSED', code: 'INSUFFICIENT_POINTS', available: 20_000, missing: 1 },
    });
    expect(await books.postOne(burn({ points: 20_000 }))).toMatchObject({ status: 'ACCEPTED' });
    expect(await booksOf(books)).toEqual({ available: 0, claimed: 20_000, minor: 50_000 });
    expect(await books.problems()).toEqual([]);
  });

  test('TV6: a thousand points for a bill and a thousand back, each month of a year: 10 yuan a month', async () => {
    await using books = await openBooks(engine);
    for (let month = 1; month <= 12; month += 1) {
      const common = { priceMinor: 1, pricePoints: 1, expiresOn: null };
      await books.postOne(accrue({ causeId: `bill-${month}`, points: 1_000, ...common }));
      expect(await books.postOne(burn({ points: 1_000 }))).toMatchObject({ status: 'ACCEPTED' });
    }

    expect(await booksOf(books)).toEqual({ available: 0, claimed: 12_000, minor: 12_000 });
    expect(await books.problems()).toEqual([]);
  });
});
