import type { Work } from '../../../shared/commands/run-command.ts';
import { insertRows } from '../../../shared/database/rows.ts';
import type { PointsCommand } from '../domain/points-command.ts';

/** What the ledger is to be told, at which place among the postings of its purchase. */
export type NewPosting = Readonly<{
  purchaseId: string;
  position: number;
  ruleId: string;
  command: PointsCommand;
  /** Whose promise it is that cannot be kept at the moment; else null. */
  owedBy?: string | null;
}>;

/** Writes down what the ledger has to be told once the transaction stands. */
export const insertPostings = (
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  postings: readonly NewPosting[],
) =>
  insertRows(
    manager,
    'merchants_posting',
    [
      'posting_key',
      'purchase_id',
      'position',
      'rule_id',
      'cause_id',
      'command',
      'state',
      'recorded_ms',
      'attempts',
      'next_attempt_ms',
      'owed_by',
    ],
    postings.map(({ purchaseId, position, ruleId, command, owedBy = null }) => [
      command.key,
      purchaseId,
      position,
      ruleId,
      command.causeId,
      JSON.stringify(command),
      'WAITING',
      at.getTime(),
      0,
      at.getTime(),
      owedBy,
    ]),
  );
