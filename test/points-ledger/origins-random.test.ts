import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/calendar.ts';
import { canonicalJson, sha256 } from '../../shared/identifiers.ts';
import type { Outcome, PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { createLedger } from '../../subgraphs/points-ledger/ledger/create-ledger.ts';
import { engines } from '../support/engines.ts';
import { openBooks } from './books-world.ts';
import { accrue, burn, expire, extend, refund, vest } from './plain-commands.ts';
import { plainCommand } from './random-commands.ts';
import { FIRST_DAY, TestBooks } from './test-books.ts';

const RUNS = 3;

/** Batches of commands, and how many days pass before each. */
const batches = fc.array(
  fc.record({
    commands: fc.array(plainCommand, { minLength: 1, maxLength: 12 }),
    days: fc.constantFrom(0, 0, 1),
  }),
  { minLength: 10, maxLength: 15, size: 'max' },
);

/** One batch in which each of them finds something to do. */
const START = {
  commands: [
    accrue(100, { issuerId: 'merchant-a', expiresOn: addDays(FIRST_DAY, 3) }),
    accrue(100, { issuerId: 'merchant-b', causeId: 'p2', vestsOn: 'ON_EVENT' }),
    burn(50, { acceptorId: 'merchant-c' }),
    refund(10),
    vest('pending-0'),
    extend(addDays(FIRST_DAY, 3), addDays(FIRST_DAY, 4), { issuerId: 'merchant-a' }),
    expire(FIRST_DAY),
  ],
  days: 0,
};

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('the database answers whatever comes as books in memory do, in batches of any size', async () => {
    const seen = new Map<string, number>();
    const count = ({ kind }: PointsCommand) => seen.set(kind, (seen.get(kind) ?? 0) + 1);
    await fc.assert(
      fc.asyncProperty(batches, async (sequence) => {
        await using books = await openBooks(engine);
        const inMemory = new TestBooks();
        let ids = 0;
        // So that both name their entries alike.
        const newId = () => {
          ids += 1;
          return `entry-${ids}`;
        };
        const ledger = createLedger({ ...books.frame, newId });
        let keys = 0;
        for (const { commands, days } of [START, ...sequence]) {
          inMemory.pass(days);
          books.clock.set(new Date(inMemory.atMs).toISOString());
          const due: Outcome[] = [];
          const requests = commands.map((given) => {
            const asked = inMemory.found(given);
            const { outcome } = inMemory.post(asked);
            if (outcome.status === 'ACCEPTED') count(asked);
            due.push(outcome);
            keys += 1;
            const requestHash = sha256(canonicalJson(asked));
            return { scope: 'service:test', key: `key-${keys}`, requestHash, command: asked };
          });
          expect(await ledger.post(requests)).toEqual(due);
        }
        expect(await books.problems()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    for (const kind of ['ACCRUE', 'VEST', 'BURN', 'REFUND', 'EXTEND']) {
      expect(seen.get(kind)).toBeGreaterThanOrEqual(RUNS);
    }
  });
});
