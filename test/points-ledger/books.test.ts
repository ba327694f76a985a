import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sum } from '../../shared/quantities.ts';
import { ownerOf } from '../../subgraphs/points-ledger/domain/books.ts';
import type { PointsCommand } from '../../subgraphs/points-ledger/domain/command.ts';
import { opened } from '../../subgraphs/points-ledger/domain/cover.ts';
import type { Posting } from '../../subgraphs/points-ledger/domain/entry.ts';
import { isSpendable, type LotKey } from '../../subgraphs/points-ledger/domain/lot.ts';
import { Replay } from '../../subgraphs/points-ledger/domain/replay.ts';
import { ACCRUE, always, anySteps, play, RUNS, total, walletOf } from './books-properties.ts';
import { holdSteps, steps } from './random-commands.ts';
import { TestBooks } from './test-books.ts';

const isHers = ({ account }: Posting): boolean =>
  account === 'AVAILABLE' || account === 'PENDING' || account === 'HELD';

/** Points that are good for one thing only pay for nothing else. */
const paysFor = ({ useScope }: LotKey, command: PointsCommand): boolean =>
  useScope === '' || ('scopes' in command && command.scopes?.includes(useScope) === true);

test('P1: every entry adds up to zero for each issuer and unit', () => {
  always((_, { entry }) => {
    const lines = entry?.postings ?? [];
    for (const part of Map.groupBy(lines, ({ key }) => `${key.unit} ${key.issuerId}`).values()) {
      expect(total(part)).toBe(0);
    }
  });
});

test('P2: what is available is what the lots hold, what is held what open holds hold, and nothing is negative', () => {
  always(({ books }, _, wallet) => {
    for (const [unit, { available, pending, held, debt }] of wallet.units) {
      const lots = [...wallet.lots.values()].filter(({ key }) => key.unit === unit);
      const holds = [...books.holds.values()].filter(
        (hold) => hold.walletId === wallet.id && hold.unit === unit && hold.state === 'PLACED',
      );
      const debts = [...wallet.debts.values()].filter((one) => one.unit === unit);
      expect(available).toBe(sum(lots.map(({ points }) => points)));
      expect(held).toBe(sum(holds.flatMap((hold) => hold.lots.map(({ points }) => points))));
      expect(debt).toBe(sum(debts.map(({ points }) => points)));
      const accruals = [...books.accruals.values()]
        .flat()
        .filter((one) => ownerOf(books, one.walletId) === wallet.id && one.key.unit === unit);
      expect(pending).toBe(sum(accruals.map((one) => one.pending)));
      expect(Math.min(available, pending, held, debt)).toBeGreaterThanOrEqual(0);
    }
    for (const { points } of wallet.lots.values()) expect(points).toBeGreaterThan(0);
    for (const { points } of wallet.debts.values()) expect(points).toBeGreaterThan(0);
  });
});

test('P3: no lot is spent while one that expires earlier is left', () => {
  always((_, { entry, command, today }, wallet) => {
    if (entry === null || (command.kind !== 'BURN' && command.kind !== 'HOLD')) return;
    const latest = Math.max(...entry.postings.map(({ key }) => key.expiresOn));
    const left = [...wallet.lots.values()].filter(
      ({ key }) => key.unit === entry.unit && isSpendable(key, today) && paysFor(key, command),
    );
    for (const { key } of left) expect(key.expiresOn).toBeGreaterThanOrEqual(latest);
  });
});

test('P3: issuers whose lots expire on one day pay in proportion, to within one point', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const books = new TestBooks();
      for (const { command, days } of sequence) {
        books.pass(days);
        const before = new Map(walletOf(books, command.walletId).lots);
        const { entry } = books.post(command);
        if (entry === null || entry.kind !== 'BURN') continue;
        const drawn = entry.postings.filter(({ account }) => account === 'AVAILABLE');
        const last = Math.max(...drawn.map(({ key }) => key.expiresOn));
        const there = [...before.values()].filter(
          ({ key }) => key.unit === entry.unit && key.expiresOn === last && paysFor(key, command),
        );
        const taken = -total(drawn.filter(({ key }) => key.expiresOn === last));
        const all = sum(there.map(({ points }) => points));
        for (const [issuer, own] of Map.groupBy(there, ({ key }) => key.issuerId)) {
          const share = (taken * sum(own.map(({ points }) => points))) / all;
          const paid = -total(
            drawn.filter(({ key }) => key.expiresOn === last && key.issuerId === issuer),
          );
          expect(Math.abs(paid - share)).toBeLessThan(1);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test('P8: an expired lot is never spent, whatever happened before', () => {
  always((_, { entry, command, today }) => {
    if (command.kind !== 'BURN' && command.kind !== 'HOLD') return;
    for (const { key } of entry?.postings ?? []) expect(today).toBeLessThan(key.expiresOn);
  });
});

test('P7: who owes points has none to spend', () => {
  always((_, { today }, wallet) => {
    for (const [unit, { debt }] of wallet.units) {
      const spendable = [...wallet.lots.values()].filter(
        ({ key }) => key.unit === unit && isSpendable(key, today) && key.useScope === '',
      );
      if (debt > 0) expect(spendable).toEqual([]);
    }
  });
});

test('P4: a hold is captured or released whole, at most once, and a capture never lacks points', () => {
  fc.assert(
    fc.property(fc.oneof(steps, holdSteps), (sequence) => {
      const entries = play(sequence).flatMap(({ entry }) => entry ?? []);
      for (const [holdId, own] of Map.groupBy(entries, (entry) => entry.holdId)) {
        if (holdId === null) continue;
        const [placed, resolved, ...more] = own;
        expect(placed?.kind).toBe('HOLD');
        expect(more).toEqual([]);
        const left =
          total(placed?.postings ?? [], 'HELD') + total(resolved?.postings ?? [], 'HELD');
        expect(left).toBe(resolved === undefined ? placed?.points : 0);
        if (resolved?.kind === 'CAPTURE') {
          expect(total(resolved.postings, 'REDEEMED')).toBe(placed?.points);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test('P5: a refused command leaves the books as they were', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const books = TestBooks.covered();
      for (const { command, days } of sequence) {
        books.pass(days);
        const before = books.snapshot();
        const { outcome, entry } = books.post(command);
        const isRefused = outcome.status === 'REFUSED';
        expect(entry === null).toBe(isRefused);
        expect(books.snapshot() === before).toBe(isRefused);
      }
    }),
    { numRuns: RUNS },
  );
});

test('P7: returns take back what was accrued and no more, from lots, from breakage or as debt', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const done = play(sequence);
      const accrued = new Map(
        done.flatMap(({ entry }) => (entry?.kind === 'ACCRUE' ? [[entry.id, entry]] : [])),
      );
      const back = new Map<string, number>();
      for (const { entry, outcome } of done) {
        if (entry?.kind !== 'REVERSE') continue;
        expect(sum(entry.reversals.map(({ points }) => points))).toBe(entry.points);
        for (const { accrualId, points } of entry.reversals) {
          back.set(accrualId, (back.get(accrualId) ?? 0) + points);
        }
        const found = -sum(
          (['AVAILABLE', 'PENDING', 'BREAKAGE'] as const).map((name) =>
            total(entry.postings, name),
          ),
        );
        expect(found + Number(outcome.debt)).toBe(entry.points);
        expect(total(entry.postings, 'DEBT')).toBe(-Number(outcome.debt) || 0);
      }
      for (const [id, points] of back)
        expect(points).toBeLessThanOrEqual(accrued.get(id)?.points ?? 0);
    }),
    { numRuns: RUNS },
  );
});

test('P7: an accrual and its return, in whatever parts, leave what there was before', () => {
  const parts = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(steps, parts, (sequence, points) => {
      const books = new TestBooks();
      for (const { command, days } of sequence) {
        books.pass(days);
        books.post(command);
      }
      const balances = () => structuredClone(walletOf(books, 'ann').units.get('ALLIANCE'));
      const before = balances() ?? { available: 0, pending: 0, held: 0, debt: 0 };

      books.post({ ...ACCRUE, causeId: 'p9', points: sum(points) });
      const returned = { ...ACCRUE, kind: 'REVERSE' as const, causeKind: 'RETURN' };
      const outcomes = points.map((part, index) =>
        books.post({ ...returned, causeId: `x${index}`, reversesId: 'p9', points: part }),
      );

      expect(outcomes.map(({ outcome }) => outcome.status)).toEqual(points.map(() => 'ACCEPTED'));
      expect(balances()).toEqual(before);
      const more = books.post({ ...returned, causeId: 'x9', reversesId: 'p9', points: 1 });
      expect(more.outcome.code).toBe('REVERSAL_EXCEEDS');
    }),
    { numRuns: RUNS },
  );
});

test('P8: whether and when runs of expiry happen changes no answer to anything else', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const [withRuns, without] = [new TestBooks(), new TestBooks()];
      for (const { command, days } of sequence) {
        withRuns.pass(days);
        without.pass(days);
        const { outcome } = withRuns.post(command);
        if (command.kind === 'EXPIRE') {
          without.leaveOut();
          continue;
        }
        expect({ ...without.post(command).outcome, entryId: null }).toEqual({
          ...outcome,
          entryId: null,
        });
      }
    }),
    { numRuns: RUNS },
  );
});

test('P1: what is issued is available, held, redeemed or expired, less what is owed', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const lines = play(sequence).flatMap(({ entry }) => entry?.postings ?? []);
      for (const part of Map.groupBy(lines, ({ key }) => `${key.unit} ${key.issuerId}`).values()) {
        const [issued, available, pending, held, redeemed, expired, debt] = [
          0 - total(part, 'OUTSTANDING'),
          total(part, 'AVAILABLE'),
          total(part, 'PENDING'),
          total(part, 'HELD'),
          total(part, 'REDEEMED'),
          total(part, 'BREAKAGE'),
          0 - total(part, 'DEBT'),
        ];
        expect(issued).toBe(available + pending + held + redeemed + expired - debt);
        expect(Math.min(available, pending, held, redeemed, expired, debt)).toBeGreaterThanOrEqual(
          0,
        );
      }
    }),
    { numRuns: RUNS },
  );
});

test('S6 S17 no command shortens the life of points that were earned', () => {
  const moved = new Set<string>();
  always((_, { entry }) => {
    if (entry === null || entry.kind === 'ACCRUE') return;
    const sinks = entry.postings.filter((one) => isHers(one) && one.amount > 0);
    if (sinks.length > 0) moved.add(entry.kind);
    if (entry.kind === 'CONVERT') {
      // Another unit has other amounts: each lot is looked at by itself.
      for (const [index, { account, amount, key }] of entry.postings.entries()) {
        if (account !== 'AVAILABLE' || amount < 0) continue;
        const from = entry.postings
          .slice(0, index)
          .findLast((one) => one.account === 'AVAILABLE' && one.amount < 0);
        expect([key.issuerId, key.expiresOn]).toEqual([from?.key.issuerId, from?.key.expiresOn]);
      }
      return;
    }
    const sources = entry.postings.filter(
      ({ account, amount }) => amount < 0 && account !== 'OUTSTANDING' && account !== 'DEBT',
    );
    for (const { key } of sinks) {
      const upTo = (lines: readonly Posting[]) =>
        sum(
          lines
            .filter((one) => one.key.issuerId === key.issuerId)
            .filter((one) => one.key.expiresOn <= key.expiresOn)
            .map(({ amount }) => Math.abs(amount)),
        );
      expect(upTo(sinks)).toBeLessThanOrEqual(upTo(sources));
    }
  });
  expect([...moved]).toEqual(
    expect.arrayContaining(['HOLD', 'RELEASE', 'REFUND', 'EXTEND', 'CONVERT']),
  );
});

test('L10 nothing is issued beyond a cover, whatever else raises or lowers what is open', () => {
  let refused = 0;
  always(({ books }, { entry, outcome }) => {
    if (outcome.code === 'ISSUER_CAP_REACHED') refused += 1;
    if (entry?.kind !== 'ACCRUE' && entry?.kind !== 'CONVERT') return;
    for (const { issuerId, unit, open, covered } of books.covers.values()) {
      const raised = sum(
        entry.postings
          .filter(({ key }) => key.issuerId === issuerId && key.unit === unit)
          .map(opened),
      );
      if (raised > 0) expect(open).toBeLessThanOrEqual(covered);
    }
  });
  expect(refused).toBeGreaterThan(10);
});

test('P8: points lapse once, all that are due and none that are good', () => {
  always((_, { entry, command }, wallet) => {
    if (entry === null || command.kind !== 'EXPIRE') return;
    expect(entry.points).toBeGreaterThan(0);
    expect(total(entry.postings, 'BREAKAGE')).toBe(entry.points);
    for (const { key } of entry.postings) expect(key.expiresOn).toBeLessThanOrEqual(command.day);
    for (const { key } of wallet.lots.values()) {
      if (key.unit === command.unit) expect(key.expiresOn).toBeGreaterThan(command.day);
    }
  });
});

test('D1: the journal alone tells the same books', () => {
  fc.assert(
    fc.property(anySteps, (sequence) => {
      const books = TestBooks.covered();
      const replay = new Replay();
      for (const { command, days } of sequence) {
        books.pass(days);
        const { entry } = books.post(command);
        if (entry !== null)
          replay.add({ ...entry, seq: replay.accruals.size, recordedMs: books.atMs });
      }

      expect(replay.problems).toEqual([]);
      for (const [text, { open }] of books.books.covers) {
        const [issuerId = '', unit = ''] = text.split('\n');
        expect([text, replay.open.get(issuerId, unit)]).toEqual([text, open]);
      }
      for (const { entryId, pending, reversed } of [...books.books.accruals.values()].flat()) {
        expect(replay.accruals.get(entryId)).toMatchObject({ pending, reversed });
      }
      for (const [id, { freezes, mergedInto }] of books.books.wallets) {
        expect(replay.freezes.countOf(id)).toBe(freezes);
        expect(replay.wallets.get(id)?.mergedInto ?? null).toBe(mergedInto);
      }
      expect(replay.freezes.all.size).toBe(books.books.freezes.size);
      for (const { entryId, line, refunded } of [...books.books.burns.values()].flat()) {
        expect(replay.burns.get(entryId)?.[line]).toMatchObject({ refunded });
      }
      for (const [id, { units, lots, debts, expired }] of books.books.wallets) {
        expect([...(replay.wallets.get(id)?.units ?? [])]).toEqual([...units]);
        for (const [text, { points }] of lots) expect(replay.lots.get(id, text)).toBe(points);
        for (const [text, { points }] of debts) {
          expect(replay.debts.get(id, text)).toBe(points);
        }
        for (const [text, { points }] of expired) {
          expect(replay.expired.get(id, text)).toBe(points);
        }
      }
    }),
    { numRuns: RUNS / 2 },
  );
});
