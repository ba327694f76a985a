import type { EntityManager } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { verifyBooks } from '../../subgraphs/points-ledger/queries/verify-books.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn } from './books-world.ts';
import { type OpenClearing, openClearing } from './clearing-world.ts';

/** A reader before whose statements somebody posts, and now and then closes a cycle. */
function crowded(reader: EntityManager, books: OpenClearing, isBefore: (sql: string) => boolean) {
  let batches = 0;
  const query = async (sql: string, parameters?: unknown[]) => {
    if (isBefore(sql)) {
      const walletId = `wallet-${batches % 7}`;
      batches += 1;
      await books.post([accrue({ walletId }), burn({ walletId, points: 30 })]);
      if (batches % 5 === 0) await books.close();
    }
    return reader.query(sql, parameters);
  };
  return new Proxy(reader, {
    get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)),
  });
}

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('the books verify as they were at one moment while others post to them', async () => {
    await using books = await openClearing(engine);
    const { database, clock } = books;
    await books.redeem([['A', 'B', 10]]);
    await books.close();
    await books.redeem([['C', 'B', 10]]);

    expect(
      await database.snapshot((reader) =>
        verifyBooks(
          crowded(reader, books, () => true),
          { clock },
        ),
      ),
    ).toEqual([]);
    // Without the one moment the books contradict themselves: here when the journal was read already.
    const isOfState = (sql: string) => /points_(chain_head|wallet)\b/.test(sql);
    const problems = await verifyBooks(crowded(database.reader, books, isOfState), { clock });
    expect(problems).not.toEqual([]);
    expect(await books.problems()).toEqual([]);
  });

  test('a snapshot writes nothing, and a reader beside it sees what is new', async () => {
    await using books = await openClearing(engine);

    await books.database.snapshot(async (reader) => {
      await books.postOne(accrue());
      expect(await reader.query('SELECT * FROM points_journal_entry')).toEqual([]);
      expect(await books.database.reader.query('SELECT id FROM points_journal_entry')).toHaveLength(
        1,
      );
      await expect(reader.query('DELETE FROM points_journal_entry')).rejects.toThrow();
    });
    expect(await books.problems()).toEqual([]);
  });
});
