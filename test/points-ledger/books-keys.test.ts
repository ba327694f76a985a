import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCRUE, RUNS, walletOf } from './books-properties.ts';
import { type Step, steps } from './random-commands.ts';
import { TestBooks } from './test-books.ts';

test('P6: commands asked again, in any order, get their first answers and change nothing', () => {
  const run = fc.tuple(steps, fc.infiniteStream(fc.nat()));
  fc.assert(
    fc.property(run, ([sequence, numbers]) => {
      const books = new TestBooks();
      const first = sequence.map(({ command, days }, index) => {
        books.pass(days);
        return books.post(command, `key-${index}`);
      });
      const before = books.snapshot();

      for (const _ of sequence) {
        const index = numbers.next().value % sequence.length;
        const { command } = sequence[index] as Step;
        expect(books.post(command, `key-${index}`).outcome).toEqual(first[index]?.outcome);
      }

      expect(books.snapshot()).toBe(before);
    }),
    { numRuns: RUNS / 4 },
  );
});

test('P6: a key with another command is refused and the first answer stays', () => {
  const books = new TestBooks();
  const accrue = { ...ACCRUE, points: 100 };
  const { outcome } = books.post(accrue, 'key');

  const other = books.post({ ...accrue, points: 101 }, 'key');

  expect(other.outcome).toMatchObject({ status: 'REFUSED', code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(books.post(accrue, 'key').outcome).toEqual(outcome);
  expect(walletOf(books, 'ann').units.get('ALLIANCE')?.available).toBe(100);
});

test('P6: what was refused stays refused under its key after topping up', () => {
  const books = new TestBooks();
  const burn = { ...ACCRUE, kind: 'BURN' as const, acceptorId: 'merchant-b', points: 50 };
  books.post(burn, 'key');
  books.post({ ...ACCRUE, points: 100 });

  expect(books.post(burn, 'key').outcome.code).toBe('INSUFFICIENT_POINTS');
  expect(books.post(burn, 'new key').outcome.status).toBe('ACCEPTED');
});
