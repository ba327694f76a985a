import { describe, expect, test } from 'vitest';
import { insertRows } from '../../shared/database/rows.ts';
import { engines } from '../support/engines.ts';
import { openBooks } from './books-world.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** A row that a table takes; what makes another row of it; and rows that it refuses, as they differ from that. */
type Belt = Readonly<{
  table: string;
  row: Row;
  other: Row;
  /** Against a CHECK, in another row. */
  wrong?: readonly Row[];
  /** Against a key: columns that may differ, and then agree with the first row in a key all the same. */
  twice: readonly Row[];
}>;

const programme = { unit: 'U', issuer_id: 'I' };
const price = { price_class: '1/1 CNY' };
const people = { proposed_by: 'one', proposed_ms: 1 };

const sharing: readonly Belt[] = [
  {
    table: 'points_programme',
    row: { ...programme, transfer: 'FAMILY' },
    other: { unit: 'V' },
    wrong: [
      { transfer: 'ALL' },
      { effective_after_days: -1 },
      { transferees_max: -1 },
      { version: 0 },
    ],
    twice: [{ transfer: 'NONE' }],
  },
  {
    table: 'points_transferee',
    row: { ...programme, wallet_id: 'ann', other_id: 'bob', since_ms: 1 },
    other: { other_id: 'cat' },
    twice: [{ since_ms: 2 }],
  },
  {
    table: 'points_family_member',
    row: { pool_id: 'pool:f', member_id: 'ann', since_ms: 1, position: 1 },
    other: { member_id: 'bob' },
    twice: [{ position: 2 }],
  },
  {
    table: 'points_spending_cap',
    row: { pool_id: 'pool:f', member_id: 'ann', unit: 'U', points: 0 },
    other: { unit: 'V' },
    wrong: [{ points: -1 }],
    twice: [{ points: 2 }],
  },
];

const cases: readonly Belt[] = [
  {
    table: 'points_freeze',
    row: {
      ...{ case_id: 'c1', wallet_id: 'ann', evidence_hash: 'e', placed_entry_id: 'e1' },
      ...{ placed_seq: 1, placed_on: 20261122, frozen_since: 20261122 },
    },
    other: { case_id: 'c2' },
    wrong: [{ lifted_as: 'DROPPED' }],
    twice: [{ placed_seq: 2 }],
  },
  {
    table: 'points_case',
    row: {
      ...{ id: 'c1', wallet_id: 'ann', state: 'FROZEN', reason_code: 'R', reason: 'r', basis: 'b' },
      ...{ evidence_hash: 'e', evidence_note: 'n', accrual_ids: '[]', deadline_on: 20261222 },
      ...{ ...people, approved_by: 'two', outcome: null },
    },
    other: { id: 'c2' },
    wrong: [{ state: 'GONE' }, { outcome: 'MAYBE' }, { approved_by: 'one' }],
    twice: [{ wallet_id: 'bob' }],
  },
  {
    table: 'points_case_deduction',
    row: {
      ...{ case_id: 'c1', number: 1, unit: 'U', points: 1, parts: '[]', state: 'APPROVED' },
      ...{ proposed_by: 'one', approved_by: 'two' },
    },
    other: { number: 2 },
    wrong: [{ points: 0 }, { state: 'GONE' }, { approved_by: 'one' }],
    twice: [{ points: 2 }],
  },
  {
    table: 'points_adjustment',
    row: {
      ...{ id: 'a1', wallet_id: 'ann', issuer_id: 'I', unit: 'U', points: 1, expires_on: 20261222 },
      ...{ ...price, ...people, reason: 'r', budget: 'b', rule_version: 'v', state: 'APPROVED' },
      approved_by: 'two',
    },
    other: { id: 'a2' },
    wrong: [{ points: 0 }, { state: 'GONE' }, { approved_by: 'one' }],
    twice: [{ points: 2 }],
  },
];

const rate = { ...programme, to_unit: 'V', version: 1, numerator: 1, denominator: 1 };

const programmes: readonly Belt[] = [
  {
    table: 'points_rate_issuer',
    row: { issuer_id: 'I', rates: 0 },
    other: { issuer_id: 'J' },
    wrong: [{ rates: -1 }],
    twice: [{ rates: 1 }],
  },
  {
    table: 'points_rate',
    row: { ...rate, ...price, effective_on: 20261122, recorded_ms: 1 },
    other: { version: 2 },
    wrong: [{ version: 0 }, { numerator: 0 }, { denominator: 0 }, { to_unit: 'U' }],
    twice: [{ numerator: 2 }],
  },
  {
    table: 'points_cover',
    row: { ...programme, version: 1, covered: 0, open_points: -1 },
    other: { unit: 'V' },
    wrong: [{ version: 0 }, { covered: -1 }],
    twice: [{ version: 2 }],
  },
  {
    table: 'points_cover_version',
    row: { ...programme, version: 1, covered: 0, recorded_ms: 1 },
    other: { version: 2 },
    wrong: [{ version: 0 }, { covered: -1 }],
    twice: [{ covered: 1 }],
  },
  {
    table: 'points_cover_settled',
    row: { cycle_id: 'k1', issuer_id: 'I', recorded_ms: 1 },
    other: { cycle_id: 'k2' },
    twice: [{ recorded_ms: 2 }],
  },
  {
    table: 'points_import',
    row: { id: 'i1', issuer_id: 'I', unit: 'U', state: 'OPEN', created_ms: 1 },
    other: { id: 'i2' },
    wrong: [{ state: 'GONE' }],
    twice: [{ unit: 'V' }],
  },
  {
    table: 'points_import_row',
    row: {
      ...{ import_id: 'i1', line: 1, member_id: 'ann', points: 1, expires_on: 20261222 },
      ...{ ...price, state: 'WAITING' },
    },
    other: { line: 2, member_id: 'bob' },
    wrong: [{ points: 0 }, { state: 'GONE' }],
    // The row of another line, and another balance of the same one.
    twice: [{ member_id: 'bob' }, { line: 2 }],
  },
];

const line = {
  ...{ id: 'l1', cycle_id: 'k1', number: 1, kind: 'BURNS', debtor_id: 'I', creditor_id: 'B' },
  ...{ ...price, currency: 'CNY', points: 1, amount_minor: 1, burns: 1 },
};
const payment = {
  ...{ id: 'p1', cycle_id: 'k1', number: 1, currency: 'CNY', payer_id: 'I', payee_id: 'B' },
  ...{ amount_minor: 1, due_on: 20261222, state: 'DUE', guaranteed_minor: 0, uncovered_minor: 0 },
};

const clearing: readonly Belt[] = [
  {
    table: 'points_clearing_cycle',
    row: { id: 'k1', number: 1, first_seq: 1, last_seq: 0, closed_ms: 1 },
    other: { id: 'k2', number: 2 },
    wrong: [{ first_seq: 2 }],
    twice: [{ number: 2 }, { id: 'k2' }],
  },
  {
    table: 'points_clearing_volume',
    row: {
      ...{ cycle_id: 'k1', currency: 'CNY', claims: 0, gross_minor: 0, payments: 0, net_minor: 0 },
    },
    other: { currency: 'USD' },
    wrong: [{ gross_minor: -1 }, { net_minor: -1 }],
    twice: [{ claims: 1 }],
  },
  {
    table: 'points_clearing_line',
    row: line,
    other: { id: 'l2', number: 2 },
    wrong: [{ kind: 'GIFT' }],
    twice: [{ number: 2 }, { id: 'l2' }],
  },
  {
    table: 'points_clearing_total',
    row: { debtor_id: 'I', creditor_id: 'B', ...price, points: 1, amount_minor: 1 },
    other: { creditor_id: 'C' },
    twice: [{ points: 2 }],
  },
  {
    table: 'points_clearing_statement',
    row: { id: 's1', cycle_id: 'k1', merchant_id: 'I', state: 'ISSUED', issued_ms: 1 },
    other: { id: 's2', merchant_id: 'B' },
    wrong: [{ state: 'GONE' }],
    twice: [{ merchant_id: 'B' }, { id: 's2' }],
  },
  {
    table: 'points_clearing_sum',
    row: {
      ...{ statement_id: 's1', currency: 'CNY', receivable_minor: 1, payable_minor: 1 },
      fee_minor: 1,
    },
    other: { currency: 'USD' },
    twice: [{ fee_minor: 2 }],
  },
  {
    table: 'points_clearing_side',
    row: { line_id: 'l1', merchant_id: 'I', statement_id: 's1', state: 'OPEN' },
    other: { merchant_id: 'B' },
    wrong: [{ state: 'GONE' }],
    twice: [{ statement_id: 's2' }],
  },
  {
    table: 'points_clearing_correction',
    row: { id: 'x1', line_id: 'l1', amount_minor: 1, note: 'n', decided_ms: 1 },
    other: { id: 'x2' },
    twice: [{ amount_minor: 2 }],
  },
  {
    table: 'points_clearing_payment',
    row: payment,
    other: { id: 'p2', number: 2 },
    wrong: [
      { amount_minor: 0 },
      { state: 'LOST' },
      { guaranteed_minor: -1 },
      { uncovered_minor: -1 },
    ],
    twice: [{ number: 2 }, { id: 'p2' }],
  },
  {
    table: 'points_clearing_terms',
    row: {
      ...{ merchant_id: 'I', mode: 'PREPAID', payment_days: 0, fee_numerator: 0 },
      ...{ fee_denominator: 1, guarantee_minor: 0, guarantee_currency: 'CNY', agreed_ms: 1 },
    },
    other: { merchant_id: 'B' },
    wrong: [
      { mode: 'NEVER' },
      { payment_days: -1 },
      { fee_numerator: -1 },
      { fee_denominator: 0 },
      { guarantee_minor: -1 },
    ],
    twice: [{ agreed_ms: 2 }],
  },
  {
    table: 'points_clearing_default',
    row: {
      ...{ cycle_id: 'k1', merchant_id: 'I', reason: 'r', guaranteed_minor: 0, currency: 'CNY' },
      declared_ms: 1,
    },
    other: { cycle_id: 'k2' },
    wrong: [{ guaranteed_minor: -1 }],
    twice: [{ reason: 's' }],
  },
];

const proofs: readonly Belt[] = [
  {
    table: 'points_checkpoint',
    row: { blocks: 1, entries: 1, root: 'r', note: 'n', recorded_ms: 1 },
    other: { blocks: 2 },
    twice: [{ root: 's' }],
  },
  {
    table: 'points_block_tree',
    row: { level: 8, place: 0, hash: 'h' },
    other: { place: 1 },
    twice: [{ hash: 'i' }],
  },
];

describe.each(engines)('on $name', (engine) => {
  test.each([...sharing, ...cases, ...programmes, ...clearing, ...proofs])(
    '$table refuses what its CHECKs and keys exclude, whoever writes it',
    async ({ table, row, other, wrong = [], twice }) => {
      await using books = await openBooks(engine);
      const insert = (more: Row) =>
        books.database.transaction((manager) => {
          const whole = { ...row, ...more };
          return insertRows(manager, table, Object.keys(whole), [Object.values(whole)]);
        });
      await insert({});

      for (const [what, differing] of [
        ...wrong.map((more) => ['CHECK', { ...other, ...more }] as const),
        ...twice.map((more) => ['key', more] as const),
      ]) {
        const refusal = what === 'CHECK' ? /CHECK|CONSTRAINT/i : /UNIQUE|Duplicate/i;
        await expect(insert(differing), JSON.stringify(differing)).rejects.toThrow(refusal);
      }
      // It was not for any other reason.
      await insert(other);
    },
  );
});
