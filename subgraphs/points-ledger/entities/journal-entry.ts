import { EntitySchema } from 'typeorm';
import {
  code,
  id,
  instant,
  integer,
  json,
  key,
  nullable,
  reference,
} from '../../../shared/database/columns.ts';
import type { Detail } from '../domain/entry.ts';
import type { JournalEntryKind } from '../schema.generated.ts';

/** One event in the books. Never changed and never removed. */
export type JournalEntryRow = Readonly<{
  seq: number;
  id: string;
  kind: JournalEntryKind;
  walletId: string;
  /** The other wallet of an entry over two. */
  counterWalletId: string | null;
  /** Who acted, when that is not the member whose wallet it is. */
  actorId: string | null;
  unit: string;
  points: number;
  causeKind: string;
  causeId: string;
  ruleVersion: string | null;
  /** BURN, HOLD, CAPTURE: who accepts the points. */
  acceptorId: string | null;
  /** What else was decided, by kind. */
  detail: Detail | null;
  recordedAt: Date;
  block: number;
}>;

export const JournalEntry = new EntitySchema<JournalEntryRow>({
  name: 'JournalEntry',
  tableName: 'points_journal_entry',
  columns: {
    seq: key(integer),
    id: { ...id, primary: false },
    kind: code,
    walletId: { ...reference, name: 'wallet_id' },
    counterWalletId: { ...nullable(reference), name: 'counter_wallet_id' },
    actorId: { ...nullable(reference), name: 'actor_id' },
    unit: code,
    points: integer,
    causeKind: { ...code, name: 'cause_kind' },
    causeId: { ...reference, name: 'cause_id' },
    ruleVersion: { ...nullable(code), name: 'rule_version' },
    acceptorId: { ...nullable(reference), name: 'acceptor_id' },
    detail: nullable(json),
    recordedAt: { ...instant, name: 'recorded_ms' },
    block: integer,
  },
});
