import { EntitySchema } from 'typeorm';
import {
  code,
  instant,
  integer,
  json,
  key,
  nullable,
  reference,
} from '../../../shared/database/columns.ts';
import type { PointsCommand } from '../domain/points-command.ts';

/**
 * What the ledger still has to be told, or was told: written in the transaction of its cause, so that
 * no award is lost while the ledger is out of reach. Within a purchase they are posted by `position`.
 */
export type PostingRow = Readonly<{
  /** The key under which the ledger takes it once. */
  postingKey: string;
  purchaseId: string;
  position: number;
  ruleId: string;
  /** The purchase or the return that caused it. */
  causeId: string;
  command: PointsCommand;
  state: 'WAITING' | 'POSTED' | 'REFUSED';
  /** The ledger's code when it refused. */
  refusal: string | null;
  recordedAt: Date;
  /** How often the worker or the ledger failed over it. */
  attempts: number;
  /** Not posted by the worker before. */
  nextAttemptAt: Date;
  /** The merchant whose promise it is that cannot be kept at the moment: not posted while it cannot. */
  owedBy: string | null;
}>;

export const Posting = new EntitySchema<PostingRow>({
  name: 'Posting',
  tableName: 'merchants_posting',
  columns: {
    postingKey: { ...key(reference), length: 128, name: 'posting_key' },
    purchaseId: { ...reference, name: 'purchase_id' },
    position: integer,
    ruleId: { ...reference, name: 'rule_id' },
    causeId: { ...reference, name: 'cause_id' },
    command: json,
    state: code,
    refusal: nullable(code),
    recordedAt: { ...instant, name: 'recorded_ms' },
    attempts: integer,
    nextAttemptAt: { ...instant, name: 'next_attempt_ms' },
    owedBy: { ...nullable(reference), name: 'owed_by' },
  },
});
