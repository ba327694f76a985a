import type { GroupSpec } from '../../shared/query-kit/group.ts';
import type { JournalEntryRow } from './entities/journal-entry.ts';
import { journalEntries } from './lists.ts';

/**
 * An accrual has one issuer, and a reversal takes back accruals of one. Other entries may move points
 * of several issuers at once: they have none here, for shares of an entry are not entries, and they
 * are not looked up.
 */
const issuer = `(CASE row.kind WHEN 'ACCRUE' THEN
  (SELECT accrual.issuer_id FROM points_accrual accrual WHERE accrual.entry_id = row.id )
  WHEN 'REVERSE' THEN
  (SELECT MIN(accrual.issuer_id) FROM points_reversal reversal
   JOIN points_accrual accrual ON accrual.entry_id = reversal.accrual_id
   WHERE reversal.entry_id = row.id ) END)`;

export const journalEntryGroups: GroupSpec<JournalEntryRow> = {
  list: journalEntries,
  requires: [['ANALYST'], ['OPERATOR'], ['REGULATOR']],
  member: 'walletId',
  time: 'recordedAt',
  openFilters: ['kind', 'unit', 'causeKind', 'recordedAt'],
  dimensions: {
    kind: { type: { enum: 'JournalEntryKind' } },
    unit: { type: 'String' },
    causeKind: { type: 'String' },
    ruleVersion: { type: 'String' },
    issuer: {
      type: { reference: 'Merchant' },
      description: 'Who issued the points of an ACCRUE or REVERSE; others may have several.',
      sql: issuer,
    },
    acceptor: {
      type: { reference: 'Merchant' },
      description: 'Who accepts the points of a BURN, HOLD or CAPTURE.',
      property: 'acceptorId',
    },
    recordedAt: { type: 'DateTime' },
  },
  measures: { points: 'points' },
};
