import type { Mutant } from './mutant.ts';

type Part = Omit<Mutant, 'file' | 'test'> & Partial<Pick<Mutant, 'test'>>;

const of = (file: string, test: string, parts: readonly Part[]): Mutant[] =>
  parts.map((part) => ({
    file: `subgraphs/points-ledger/${file}`,
    test: `test/points-ledger/${test}.test.ts`,
    ...part,
  }));

const ANY_BOOKS = 'nets are zero and every claim is in one cycle';
const BELTS = 'the tables refuse what clearing excludes, whoever writes it';

/** What keeps claims whole, cycles apart and statements discreet. */
export const clearing: readonly Mutant[] = [
  ...of('clearing/domain/netting.ts', 'clearing-netting', [
    {
      line: 'clearing: a payment is at most what its payer owes and its payee is owed',
      find: 'Math.min(payer.amount, payee.amount)',
      replace: 'Math.max(payer.amount, payee.amount)',
      name: 'the payments bring every merchant to where',
    },
    {
      line: 'clearing: a claim has two sides',
      find: 'receivable: 0, payable: amountMinor',
      replace: 'receivable: 0, payable: 0',
      name: 'nets of each currency add up to zero',
    },
  ]),
  ...of('clearing/domain/cut.ts', 'clearing-netting', [
    {
      line: 'clearing: a cycle clears what no earlier one has',
      find: 'sum([amountMinor, -carried.amountMinor])',
      replace: 'amountUpToCut(points, priceClass).amountMinor',
      name: 'all amounts together are one rounding of all points',
    },
  ]),
  ...of('clearing/commands/close-cycle.ts', 'clearing-random', [
    {
      line: 'clearing: a cut is behind the newest entry',
      find: 'lastSeq: head.nextSeq - 1',
      replace: 'lastSeq: head.nextSeq - 2',
      name: ANY_BOOKS,
    },
    {
      line: 'clearing: a cycle begins right behind the last cut',
      find: 'firstSeq: cut.lastSeq + 1',
      replace: 'firstSeq: cut.lastSeq + 2',
      name: ANY_BOOKS,
    },
  ]),
  ...of('clearing/commands/close-cycle.ts', 'clearing', [
    {
      line: 'clearing: the lock on the cut',
      find: 'readClearingHead(manager, dialect.forUpdate)',
      replace: 'readClearingHead(manager)',
      name: 'on MariaDB … of many closes at once one cuts',
    },
  ]),
  ...of('clearing/queries/seen.ts', 'clearing', [
    {
      line: 'clearing: the creditor is not told who issued',
      find: 'seesAll(caller) || merchantId === debtorId ? debtorId : null',
      replace: 'debtorId',
      name: 'who accepted points is not told who issued them',
    },
  ]),
  ...of('../../shared/csv.ts', 'clearing-documents', [
    {
      line: 'clearing: a cell is no formula',
      find: `FORMULA.test(value) ? \`'\${value}\` : value`,
      replace: 'value',
      name: 'is written as',
    },
  ]),
  ...of('clearing/domain/statement-page.ts', 'clearing-documents', [
    {
      line: 'clearing: a page escapes what comes from data',
      find: "ESCAPES[sign] ?? ''",
      replace: 'sign',
      name: 'the page of a statement escapes everything',
    },
  ]),
  ...of('clearing/domain/states.ts', 'clearing-payments', [
    {
      line: 'clearing: a payment is settled once',
      find: '  SETTLED: {},',
      replace: "  SETTLED: { settle: 'SETTLED' },",
      name: 'a payment made outside is recorded whole, once',
    },
  ]),
  ...of('clearing/commands/record-settlement.ts', 'clearing-payments', [
    {
      line: 'clearing: a payment is recorded with its exact amount',
      find: 'amount.amountMinor !== dueMinor || ',
      replace: '',
      name: 'a payment made outside is recorded whole, once',
    },
  ]),
  ...of('clearing/commands/confirm-statement.ts', 'clearing-states', [
    {
      line: 'clearing: nobody confirms for another merchant',
      find: "  if (!actsForMerchant(work.caller, merchantId)) throw fault('FORBIDDEN');\n",
      replace: '',
      name: 'nobody acts for another merchant',
    },
  ]),
  ...of('clearing/commands/dispute-line.ts', 'clearing-states', [
    {
      line: 'clearing: nobody disputes for another merchant',
      find: "  if (!actsForMerchant(work.caller, merchantId)) throw fault('FORBIDDEN');\n",
      replace: '',
      name: 'on SQLite … nobody acts for another merchant',
    },
  ]),
  ...of('clearing/commands/record-settlement.ts', 'clearing-states', [
    {
      line: 'clearing: nobody records a payment for another merchant',
      find: "  if (!actsForMerchant(caller, merchantId)) throw fault('FORBIDDEN');\n",
      replace: '',
      name: 'on SQLite … nobody acts for another merchant',
    },
    {
      line: 'clearing: a payment is made after the close and not tomorrow',
      find: 'if (paidOn > dayOf(at) || paidOn < closedOn)',
      replace: 'if (paidOn < 0)',
      name: 'on SQLite … a payment made outside is recorded whole, once',
      test: 'test/points-ledger/clearing-payments.test.ts',
    },
  ]),
  ...of('clearing/domain/states.ts', 'clearing-states', [
    {
      line: 'clearing: what is decided stays so',
      find: '  UPHELD: {},',
      replace: "  UPHELD: { dispute: 'DISPUTED' },",
      name: 'on SQLite … a disputed line is found right, and stays as it is',
      test: 'test/points-ledger/clearing-disputes.test.ts',
    },
    {
      line: 'clearing: a dispute keeps a statement from being confirmed',
      find: "  if (sides.includes('DISPUTED')) return 'DISPUTED';\n",
      replace: '',
      name: 'a statement is confirmed when each of its lines is decided',
    },
  ]),
  ...of('clearing/commands/close-cycle.ts', 'clearing-states', [
    {
      line: 'clearing: a correction is cleared once',
      find: '     WHERE correction.cycle_id IS NULL`',
      replace: '`',
      name: 'on SQLite … a line that is wrong is corrected by a line of the next cycle, once',
      test: 'test/points-ledger/clearing-disputes.test.ts',
    },
  ]),
  ...of('clearing/commands/declare-default.ts', 'clearing-states', [
    {
      line: 'clearing: a default is declared once',
      find: "  if (guarantee.cycleIds.includes(cycleId)) return refused('AlreadyDefaulted', 'ALREADY_DEFAULTED');\n",
      replace: '',
      name: 'on SQLite … when a merchant defaults its guarantee bears first',
      test: 'test/points-ledger/clearing-payments.test.ts',
    },
    {
      line: 'clearing: a guarantee bears no more than is left of it',
      find: 'Math.max(0, amountMinor - usedMinor)',
      replace: 'Math.max(0, amountMinor + 0 * usedMinor)',
      name: 'on SQLite … when a merchant defaults its guarantee bears first',
      test: 'test/points-ledger/clearing-payments.test.ts',
    },
  ]),
  ...of('clearing/queries/seen.ts', 'clearing', [
    {
      line: 'clearing: a merchant is not told what happened elsewhere',
      find: 'return isSeen ? { kind: burn.causeKind, id: burn.causeId } : null;',
      replace: 'return isSeen || burn ? { kind: burn.causeKind, id: burn.causeId } : null;',
      name: 'on SQLite … when points from elsewhere pay a debt, the merchant is not told',
    },
  ]),
  ...of('migrations/1767225600104-add-clearing.ts', 'clearing-states', [
    {
      line: 'clearing: no posting is in two cycles',
      find: '      PRIMARY KEY (seq, line))`',
      replace: '      PRIMARY KEY (seq, line, line_id))`',
      name: BELTS,
    },
    {
      line: 'clearing: a payment is of something',
      find: 'amount_minor BIGINT NOT NULL CHECK (amount_minor > 0)',
      replace: 'amount_minor BIGINT NOT NULL',
      name: BELTS,
    },
  ]),
];
