import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { lotText } from '../../subgraphs/points-ledger/domain/lot.ts';
import { Attribution, type Strand } from '../../subgraphs/points-ledger/reports/attribute.ts';
import { anySteps } from './books-properties.ts';
import type { Step } from './random-commands.ts';
import { TestBooks } from './test-books.ts';

/** What came of commands, traced from the first on. */
function traced(sequence: readonly Step[]) {
  const books = new TestBooks();
  const attribution = new Attribution();
  const entries = sequence.flatMap(({ command, days }) => {
    books.pass(days);
    const { entry } = books.post(command);
    return entry === null ? [] : [entry];
  });
  const placed = entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
  for (const entry of placed) attribution.add(entry);
  return { books, attribution, entries: placed };
}

const pointsOf = (strands: readonly Strand[]): number => sum(strands.map(({ points }) => points));

test('S69 the strands through a line add up to it: of a burn to the burn, of an accrual to the accrual', () => {
  fc.assert(
    fc.property(anySteps, (sequence) => {
      const { attribution, entries } = traced(sequence);
      const through = new Map<string, number>();
      const brought = new Map<string, number>();
      for (const { points, steps: way } of attribution.strands()) {
        for (const { seq, line } of way) {
          const text = `${seq} ${line}`;
          through.set(text, (through.get(text) ?? 0) + points);
        }
        const first = way[0];
        if (first === undefined) throw new Error('points are somewhere');
        const text = `${first.entryId} ${first.key.issuerId}`;
        brought.set(text, (brought.get(text) ?? 0) + points);
      }
      for (const { seq, kind, id, points, postings } of entries) {
        for (const [line, { amount }] of postings.entries()) {
          expect(through.get(`${seq} ${line}`) ?? 0).toBe(Math.max(0, amount));
        }
        const issuer = postings[0]?.key.issuerId;
        if (kind === 'ACCRUE') expect(brought.get(`${id} ${issuer}`)).toBe(points);
      }
    }),
    { numRuns: 300 },
  );
});

const isPending = (place: string): boolean => place.startsWith('PENDING');

test('where strands end, there are as many points in the books', () => {
  fc.assert(
    fc.property(anySteps, (sequence) => {
      const { books, attribution } = traced(sequence);
      let there = 0;
      for (const [id, { lots, expired }] of books.books.wallets) {
        for (const [text, { points }] of lots) {
          expect(attribution.pointsAt(`AVAILABLE\n${id}\n${text}`)).toBe(points);
          there += points;
        }
        for (const [text, { points }] of expired) {
          expect(attribution.pointsAt(`BREAKAGE\n${id}\n${text}`)).toBe(points);
          there += points;
        }
      }
      for (const { id, lots, state } of books.books.holds.values()) {
        for (const { key, points } of state === 'PLACED' ? lots : []) {
          expect(attribution.pointsAt(`HELD\n${id}\n${lotText(key)}`)).toBe(points);
          there += points;
        }
      }
      for (const { entryId, pending } of [...books.books.accruals.values()].flat()) {
        const own = attribution
          .strands()
          .filter(({ steps: [first], place }) => first?.entryId === entryId && isPending(place));
        expect(pointsOf(own)).toBe(pending);
        there += pending;
      }
      const inWallets = attribution
        .strands()
        .filter(({ place }) => /^(AVAILABLE|HELD|PENDING|BREAKAGE)/.test(place));
      expect(pointsOf(inWallets)).toBe(there);
    }),
    { numRuns: 300 },
  );
});
