import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import type { Wallet } from '../../subgraphs/points-ledger/domain/books.ts';
import { isSpendable, type LotAmount } from '../../subgraphs/points-ledger/domain/lot.ts';
import { RUNS, total, walletOf } from './books-properties.ts';
import { steps } from './random-commands.ts';
import { mergeSteps, payingSteps } from './random-merges.ts';
import { TestBooks } from './test-books.ts';

const someSteps = fc.oneof(steps, mergeSteps, payingSteps);

type Parts = ReadonlyMap<string, Pick<LotAmount, 'points'>>;

/** What two accounts have together, by lot or by debt. */
function together(...all: readonly Parts[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [text, { points }] of all.flatMap((one) => [...one])) {
    sums.set(text, (sums.get(text) ?? 0) + points);
  }
  return sums;
}

/** By unit: what can be paid with, and what is owed. */
function dues(wallets: readonly Wallet[], today: number): Map<string, number> {
  const units = new Set(wallets.flatMap(({ units: own }) => [...own.keys()]));
  return new Map(
    [...units].map((unit) => {
      const good = wallets
        .flatMap(({ lots }) => [...lots.values()])
        .filter(({ key }) => key.unit === unit && key.useScope === '' && isSpendable(key, today));
      const owed = wallets.map(({ units: own }) => own.get(unit)?.debt ?? 0);
      return [unit, Math.min(sum(good.map(({ points }) => points)), sum(owed))];
    }),
  );
}

test('P2: one account has what both had, lot by lot, less what now pays what either owed', () => {
  let [merged, paying] = [0, 0];
  fc.assert(
    fc.property(someSteps, (sequence) => {
      const books = TestBooks.covered();
      for (const { command, days } of sequence) {
        books.pass(days);
        if (command.kind !== 'MERGE') {
          books.post(command);
          continue;
        }
        const was = structuredClone(
          [command.walletId, command.counterWalletId].map((id) => walletOf(books, id)),
        );
        const { entry, outcome } = books.post(command);
        if (entry === null) continue;
        merged += 1;
        const into = walletOf(books, command.counterWalletId);
        const paid = dues(was, books.today);
        if (Number(outcome.debt) > 0) paying += 1;
        expect(outcome.debt).toBe(sum([...paid.values()]));
        expect(together(into.pending)).toEqual(together(...was.map(({ pending }) => pending)));
        expect(together(into.expired)).toEqual(together(...was.map(({ expired }) => expired)));
        for (const [unit, { available, debt, held }] of into.units) {
          const before = was.map(({ units }) => units.get(unit));
          const pays = paid.get(unit) ?? 0;
          expect(available).toBe(sum(before.map((one) => one?.available ?? 0)) - pays);
          expect(debt).toBe(sum(before.map((one) => one?.debt ?? 0)) - pays);
          expect(held).toBe(before[1]?.held ?? 0);
        }
        const lots = together(...was.map((one) => one.lots));
        for (const [text, { points, key }] of into.lots) {
          const isTaken = key.useScope === '' && isSpendable(key, books.today);
          if (isTaken) expect(points).toBeLessThanOrEqual(lots.get(text) ?? 0);
          else expect(points).toBe(lots.get(text));
        }
      }
    }),
    { numRuns: RUNS / 3 },
  );
  expect(merged).toBeGreaterThan(RUNS / 12);
  expect(paying).toBeGreaterThan(5);
});

test('P2: nothing is left of an account that was merged, and it never changes again', () => {
  let forwarded = 0;
  fc.assert(
    fc.property(someSteps, (sequence) => {
      const books = TestBooks.covered();
      const versions = new Map<string, number>();
      for (const { command, days } of sequence) {
        books.pass(days);
        const { entry, outcome } = books.post(command);
        for (const { id, version, mergedInto, units, ...parts } of books.books.wallets.values()) {
          if (mergedInto === null) continue;
          expect(version).toBe(versions.get(id) ?? version);
          versions.set(id, version);
          const { lots, debts, expired, pending } = parts;
          expect([...lots, ...debts, ...expired, ...pending]).toEqual([]);
          for (const unit of units.values()) {
            expect(unit).toEqual({ available: 0, pending: 0, held: 0, debt: 0 });
          }
          expect(books.books.wallets.get(mergedInto)?.mergedInto).toBeNull();
        }
        if (entry === null) continue;
        const named = entry.detail?.addressedTo;
        expect(outcome.mergedInto !== undefined).toBe(named !== undefined);
        if (named === undefined) continue;
        forwarded += 1;
        const isWithdrawal = command.kind === 'WITHDRAW';
        expect(named).toBe(isWithdrawal ? command.counterWalletId : command.walletId);
        const acted = isWithdrawal ? entry.counterWalletId : entry.walletId;
        expect(acted).toBe(walletOf(books, String(named)).mergedInto);
        expect(outcome.mergedInto).toBe(acted);
      }
    }),
    { numRuns: RUNS / 3 },
  );
  expect(forwarded).toBeGreaterThan(RUNS / 12);
});

test('P12: merging brings or takes nothing from any issuer, but for points that pay a debt to another', () => {
  fc.assert(
    fc.property(someSteps, (sequence) => {
      const books = TestBooks.covered();
      for (const { command, days } of sequence) {
        books.pass(days);
        const { entry, outcome } = books.post(command);
        if (entry?.kind !== 'MERGE') continue;
        const lines = entry.postings;
        expect(total(lines, 'BREAKAGE')).toBe(0);
        expect(total(lines, 'PENDING')).toBe(0);
        // Points of one issuer that pay a debt to another are accepted by that one, and its own issued again.
        expect(total(lines, 'REDEEMED')).toBe(0 - total(lines, 'OUTSTANDING') || 0);
        expect(total(lines, 'REDEEMED')).toBeLessThanOrEqual(Number(outcome.debt));
        for (const { account, ownerId, key, claim } of lines) {
          if (account === 'REDEEMED') expect(ownerId).not.toBe(key.issuerId);
          else expect(claim).toBeNull();
        }
      }
    }),
    { numRuns: RUNS / 3 },
  );
});
