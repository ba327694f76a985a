import { type Mutant, mutantsIn } from './mutant.ts';

const BY_CASE = 'nothing is deducted without an open case';
const OTHERS = 'a freeze names its case: another case or member lifts nothing';
const SECOND = 'on SQLite … S38: nothing is frozen before a second person approves';

/** Freezes, the cases that they belong to, and points out of goodwill. */
export const freezing: readonly Mutant[] = [
  ...mutantsIn('domain/commands/freeze.ts', 'freeze', [
    [
      'freeze: a case freezes once',
      "  if (books.freezes.has(caseId)) return refuse('FREEZE_EXISTS');\n",
      '',
      OTHERS,
    ],
    [
      "lift and deduct: not another wallet's freeze",
      ' && placed.walletId === walletId',
      '',
      OTHERS,
    ],
    ['lift and deduct: only while it is open', ' && placed.liftedOn === null', '', OTHERS],
    [
      'deduct: only while the case freezes',
      "  if (!isOpen(books.freezes.get(caseId), wallet.id)) return refuse('FREEZE_NOT_OPEN');\n",
      '',
      BY_CASE,
    ],
    [
      'deduct: each accrual once',
      'ids.size > 0 && ids.size === command.parts.length',
      'ids.size > 0',
      BY_CASE,
    ],
    [
      "deduct: not another member's accrual, nor of another unit",
      ' || !isOf(books, original, command)',
      '',
      BY_CASE,
    ],
    [
      'deduct: no more than is left of an accrual',
      "    if (points > original.points - original.reversed) return refuse('DEDUCTION_EXCEEDS');\n",
      '',
      'a deduction takes what named accruals brought',
    ],
    [
      'lift: what had lapsed before stays lapsed',
      '      .filter(({ key }) => key.expiresOn > placed.frozenSince)\n',
      '',
      'a wallet that lay frozen for nothing has as many days left',
    ],
  ]),
  ...mutantsIn('domain/commands/freeze.ts', 'command-belts', [
    [
      'deduct: no more debt than can be counted',
      'if (BigInt(owed) + total > BigInt(Number.MAX_SAFE_INTEGER)) return',
      'if (owed < 0) return',
      'debts that could no longer be counted',
    ],
    [
      'freeze: a wallet that was merged is frozen elsewhere',
      "  if (wallet.mergedInto !== null) return refuse('WALLET_MERGED');\n",
      '',
      'a wallet that was merged is neither frozen nor given anything',
    ],
  ]),
  ...mutantsIn('domain/frozen-days.ts', 'freeze', [
    [
      'lift: a day is given back once',
      '    if (part.to > from) from = part.to;\n',
      '',
      'a day on which two unfounded cases froze a wallet is given back once',
    ],
  ]),
  ...mutantsIn('cases/commands/freeze-points.ts', 'cases', [
    [
      'case: nobody is frozen again on the same evidence',
      "  if (used !== undefined) return invalidInput('EVIDENCE_USED', 'evidenceHash');\n",
      '',
      'on SQLite … S38: nobody is frozen again on the same evidence',
    ],
    [
      'case: no freeze without evidence',
      "  if (hash === '' || note === '') return refused('EvidenceNeeded', 'EVIDENCE_NEEDED');\n",
      '',
      'on SQLite … S38: without evidence no freeze is even proposed',
    ],
    [
      'case: the evidence is a hash',
      "  if (!HASH.test(hash)) return invalidInput('EVIDENCE_HASH_INVALID', 'evidenceHash');\n",
      '',
      'on SQLite … S38: without evidence no freeze is even proposed',
    ],
    [
      'case: only about accruals of the member',
      "  if (known.length < accrualIds.length) return invalidInput('ACCRUAL_NOT_OF_MEMBER', 'accrualIds');\n",
      '',
      'on SQLite … S38: without evidence no freeze is even proposed',
    ],
    [
      'case: nobody waits longer than the rule says',
      'if (days < 1 || days > FREEZE_DAYS_MAX) {',
      'if (days < 1) {',
      'on SQLite … S38: without evidence no freeze is even proposed',
    ],
  ]),
  ...mutantsIn('cases/commands/decide.ts', 'cases', [
    [
      'case: a freeze is approved by a second person',
      '  if (found.proposedBy === work.caller.subject) return secondPersonNeeded();\n',
      '',
      SECOND,
    ],
    [
      'case: nothing is approved after the deadline',
      `  if (isPastDeadline(work, found)) return refused('CaseNotReady', 'CASE_PAST_DEADLINE');
  if (found.proposedBy`,
      '  if (found.proposedBy',
      'on SQLite … S38: a case that nobody decides ends by itself',
    ],
    [
      'case: only the member appeals',
      ' || found.walletId !== work.caller.memberId',
      '',
      'on SQLite … S38: the member appeals once, before the deadline, and nobody else for her',
    ],
    [
      'case: the member appeals once',
      "  if (found.appeal !== null) return refused('CaseNotReady', 'CASE_APPEALED');\n",
      '',
      'on SQLite … S38: the member appeals once',
    ],
    [
      'case: the member appeals before the deadline',
      `  if (isPastDeadline(work, found)) return refused('CaseNotReady', 'CASE_PAST_DEADLINE');

  // From here on the command must succeed.
  // Whoever proposed`,
      `  // Whoever proposed`,
      'on SQLite … S38: the member appeals once',
    ],
  ]),
  ...mutantsIn('cases/commands/decide.ts', 'cases-decisions', [
    [
      'case: an appeal withdraws what was proposed before it',
      "UPDATE points_case_deduction SET state = 'WITHDRAWN' WHERE case_id = ? AND state = 'PROPOSED'",
      "UPDATE points_case_deduction SET state = 'PROPOSED' WHERE case_id = ? AND state = 'PROPOSED'",
      'on SQLite … S38: what was proposed before she appealed',
    ],
  ]),
  ...mutantsIn('cases/commands/deduct.ts', 'cases-decisions', [
    [
      'case: a deduction is approved by a second person',
      '  if (proposed.proposedBy === work.caller.subject) return secondPersonNeeded();\n',
      '',
      'on SQLite … S38: only what the proven events brought is deducted, and by two persons',
    ],
    [
      'case: only accruals of the case are deducted',
      'if (!accrualIds.includes(accrualId)) {',
      'if (accrualIds.length === 0) {',
      'on SQLite … S38: only what the proven events brought',
    ],
    [
      'case: no more is proposed than is left',
      "    if (points > open) return refused('DeductionExceeds', 'DEDUCTION_EXCEEDS', { accrualId, open });\n",
      '',
      'on SQLite … S38: only what the proven events brought',
    ],
  ]),
  ...mutantsIn('cases/domain/case-states.ts', 'cases', [
    [
      'case: what is closed stays so',
      '  CLOSED: {},',
      "  CLOSED: { LIFT: 'LIFTING' },",
      'a case goes only where its states lead',
    ],
  ]),
  ...mutantsIn('cases/domain/case-states.ts', 'cases-decisions', [
    [
      'case: only a deduction proves it',
      "return hasDeducted ? 'PROVEN' : 'UNFOUNDED';",
      "return hasDeducted ? 'UNFOUNDED' : 'PROVEN';",
      'on SQLite … what was deducted until the deadline is a decision',
    ],
  ]),
  ...mutantsIn('cases/commands/drive-cases.ts', 'cases', [
    [
      'case: a wallet does not stay frozen by neglect',
      'const lapsed = await lapse();',
      'const lapsed = 0;\n    void lapse;',
      'on SQLite … S38: a case that nobody decides ends by itself',
    ],
  ]),
  ...mutantsIn('cases/commands/drive-cases.ts', 'cases-decisions', [
    [
      'case: one freeze in the books, however often it is tried',
      `return { key: \`case:\${id}:freeze\`, command`,
      `return { key: \`case:\${id}:freeze:\${Math.random()}\`, command`,
      'on SQLite … a crash between decision, books and case',
    ],
    [
      'case: one deduction in the books, however often it is tried',
      `return { key: \`case:\${id}:deduct:\${deduction.number}\`, command`,
      `return { key: \`case:\${id}:deduct:\${Math.random()}\`, command`,
      'on SQLite … a crash between decision, books and case',
    ],
    [
      'case: one lift in the books, however often it is tried',
      `return { key: \`case:\${id}:lift\`, command`,
      `return { key: \`case:\${id}:lift:\${Math.random()}\`, command`,
      'on SQLite … a crash between decision, books and case',
    ],
    [
      'case: one that cannot go on does not stop the others',
      'await drive(id).catch((error: unknown) => failures.push(error));',
      'await drive(id);',
      'on SQLite … a crash between decision, books and case',
    ],
  ]),
  ...mutantsIn('cases/commands/drive-cases.ts', 'case-belts', [
    [
      'case: who comes second writes down nothing',
      '    if (now?.state !== found.state) return;\n',
      '    if (now === null) return;\n',
      'two that drive one case write it down once',
    ],
    [
      'case: a deduction is written down once',
      `     WHERE case_id = ? AND number = ? AND state = 'APPROVED'\`,
    [status`,
      `     WHERE case_id = ? AND number = ?\`,
    [status`,
      'a deduction that is not as it was read undoes',
    ],
  ]),
  ...mutantsIn('cases/commands/lock.ts', 'case-belts', [
    [
      'case: the lock on a case',
      `await manager.query(\`SELECT id FROM points_case WHERE id = ? \${dialect.forUpdate}\`, [id]);`,
      'void dialect;',
      'on MariaDB … who decides second waits for the first',
    ],
    [
      'case: the guard on the state of a case',
      '     WHERE id = ? AND state = ?`,\n    [to, ...Object.values(more), id, state],',
      '     WHERE id = ?`,\n    [to, ...Object.values(more), id],',
      'on SQLite … a case that is not as it was read undoes',
    ],
    [
      'case: a guard that does not match undoes the decision',
      "  assert(matched === 1, 'a case that is locked stays where it is');\n",
      '  void matched;\n',
      'on SQLite … a case that is not as it was read undoes',
    ],
  ]),
  ...mutantsIn('cases/commands/deduct.ts', 'case-belts', [
    [
      'case: a guard that does not match undoes an approval',
      "  assert(matched === 1, 'the deductions of a case are behind its lock');\n",
      '  void matched;\n',
      'on SQLite … a proposed deduction that is not as it was read undoes',
    ],
  ]),
  ...mutantsIn('cases/commands/adjust.ts', 'cases-goodwill', [
    [
      'goodwill: bounded',
      'if (points > ADJUSTMENT_MAX) {',
      'if (points < 0) {',
      'on SQLite … goodwill is bounded',
    ],
    [
      'goodwill: nothing that has lapsed',
      "  if (expiresOn <= dayOf(work.at)) return invalidInput('LAPSED_ALREADY', 'expiresOn');\n",
      '',
      'on SQLite … goodwill is bounded',
    ],
    [
      'goodwill: approved by a second person',
      '  if (found.proposedBy === caller.subject) return secondPersonNeeded();\n',
      '',
      'on SQLite … goodwill is proposed by one person and granted by another',
    ],
    [
      'goodwill: approved once',
      "  if (state !== 'PROPOSED') return refused('AdjustmentNotReady', 'ADJUSTMENT_NOT_READY', { state });\n",
      '',
      'on SQLite … goodwill is proposed by one person',
    ],
    [
      'goodwill: one grant in the books, however often it is tried',
      `key: \`adjustment:\${id}\`, requestHash`,
      `key: \`adjustment:\${id}:\${Math.random()}\`, requestHash`,
      'on SQLite … what a crash left between approval and books is granted once',
    ],
  ]),
  ...mutantsIn('cases/commands/adjust.ts', 'case-belts', [
    [
      'goodwill: the lock on a proposal',
      `SELECT id FROM points_adjustment WHERE id = ? \${dialect.forUpdate}`,
      `SELECT id FROM points_adjustment WHERE id = ? \${dialect.forUpdate.slice(99)}`,
      'on MariaDB … who decides second waits for the first',
    ],
    [
      'goodwill: a guard that does not match undoes an approval',
      "  assert(matched === 1, 'an adjustment that is locked stays as it is');\n",
      '  void matched;\n',
      'on SQLite … an adjustment that is not as it was read undoes',
    ],
  ]),
];
