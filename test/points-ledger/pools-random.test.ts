import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { monthOf } from '../../subgraphs/points-ledger/domain/registers.ts';
import { Replay } from '../../subgraphs/points-ledger/domain/replay.ts';
import { familySteps } from './random-commands.ts';
import { TestBooks } from './test-books.ts';

test('P11: what a family has is what its members put there less what they took back, spent and let lapse', () => {
  fc.assert(
    fc.property(familySteps, (sequence) => {
      const books = new TestBooks();
      /** By contributor and unit, from the entries alone. */
      const due = new Map<string, number>();
      const spent = new Map<string, number>();
      const add = (sums: Map<string, number>, text: string, points: number) =>
        sums.set(text, (sums.get(text) ?? 0) + points);
      const placed = new Map<string, string>();
      for (const { command, days } of sequence) {
        books.pass(days);
        const { entry } = books.post(command);
        if (entry === null) continue;
        for (const { account, key, amount } of entry.postings) {
          if (key.contributor === '') continue;
          const text = `${key.contributor} ${key.unit}`;
          const isMove = entry.kind === 'CONTRIBUTE' || entry.kind === 'WITHDRAW';
          if (isMove && account === 'AVAILABLE') add(due, text, amount);
          if (account === 'REDEEMED' || account === 'BREAKAGE') add(due, text, -amount);
        }
        if (entry.walletId === 'pool:f1' && (entry.kind === 'BURN' || entry.kind === 'HOLD')) {
          const text = `${entry.actorId} ${entry.unit} ${monthOf(books.today)}`;
          add(spent, text, entry.points);
          if (entry.holdId !== null) placed.set(entry.holdId, text);
        }
        if (entry.kind === 'RELEASE' && entry.walletId === 'pool:f1') {
          add(spent, String(placed.get(String(entry.holdId))), -entry.points);
        }
      }
      const pool = books.books.wallets.get('pool:f1');
      const left = new Map<string, number>();
      for (const { key, points } of pool?.lots.values() ?? []) {
        add(left, `${key.contributor} ${key.unit}`, points);
      }
      for (const { walletId, state, lots } of books.books.holds.values()) {
        if (walletId !== 'pool:f1' || state !== 'PLACED') continue;
        for (const { key, points } of lots) add(left, `${key.contributor} ${key.unit}`, points);
      }
      for (const text of new Set([...due.keys(), ...left.keys()])) {
        expect([text, left.get(text) ?? 0]).toEqual([text, due.get(text) ?? 0]);
        expect(due.get(text)).toBeGreaterThanOrEqual(0);
      }
      for (const [text, points] of spent) {
        if (text.startsWith('bob')) expect(points).toBeLessThanOrEqual(100);
        expect(text.startsWith('cat')).toBe(false);
      }
      for (const { available, held, debt } of pool?.units.values() ?? []) {
        expect(Math.min(available, held)).toBeGreaterThanOrEqual(0);
        expect(debt).toBe(0);
      }
    }),
    { numRuns: 500 },
  );
});

test('whatever a family does, the journal alone tells the same books, and refusals change nothing', () => {
  fc.assert(
    fc.property(familySteps, (sequence) => {
      const books = new TestBooks();
      const replay = new Replay();
      for (const { command, days } of sequence) {
        books.pass(days);
        const before = books.snapshot();
        const { entry } = books.post(command);
        expect(books.snapshot() === before).toBe(entry === null);
        if (entry !== null) {
          replay.add({ ...entry, seq: replay.accruals.size, recordedMs: books.atMs });
        }
      }

      expect(replay.problems).toEqual([]);
      for (const [id, { units, lots }] of books.books.wallets) {
        expect([...(replay.wallets.get(id)?.units ?? [])]).toEqual([...units]);
        for (const [text, { points }] of lots) {
          expect(replay.lots.get(id, text)).toBe(points);
        }
      }
      for (const [id, { actorId, month, state }] of books.books.holds) {
        expect(replay.holds.get(id)).toMatchObject({ actorId, month, state });
      }
    }),
    { numRuns: 200 },
  );
});

test('the random commands reach all of it: points move, come back, are spent together and are refused', () => {
  const accepted = new Map<string, number>();
  for (const sequence of fc.sample(familySteps, { numRuns: 300, seed: 7 })) {
    const books = new TestBooks();
    for (const { command, days } of sequence) {
      books.pass(days);
      const { outcome } = books.post(command);
      const isPool = command.walletId.startsWith('pool:') ? 'pool ' : '';
      const text = `${isPool}${command.kind} ${outcome.code ?? 'ACCEPTED'}`;
      accepted.set(text, (accepted.get(text) ?? 0) + 1);
    }
  }
  const seen = (text: string) => accepted.get(text) ?? 0;
  for (const text of [
    'TRANSFER ACCEPTED',
    'TRANSFER NOT_FAMILY',
    'CONTRIBUTE ACCEPTED',
    'CONTRIBUTE NOT_IN_FAMILY',
    'CONTRIBUTE INSUFFICIENT_POINTS',
    'pool WITHDRAW ACCEPTED',
    'pool BURN ACCEPTED',
    'pool BURN SPENDING_CAP_EXCEEDED',
    'pool BURN NOT_IN_FAMILY',
    'pool HOLD ACCEPTED',
    'pool CAPTURE ACCEPTED',
    'pool RELEASE ACCEPTED',
    'pool REFUND ACCEPTED',
    'pool EXPIRE ACCEPTED',
  ]) {
    expect([text, seen(text) >= 3]).toEqual([text, true]);
  }
  expect(sum(accepted.values())).toBeGreaterThan(5_000);
});
