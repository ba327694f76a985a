import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { secondPersonNeeded } from '../../cases/commands/lock.ts';
import type { DecideBalanceImportInput } from '../../schema.generated.ts';
import { readImport, setState } from '../import/rows.ts';

export type BalanceImportChanged = Readonly<{ kind: 'BalanceImportChanged'; importId: string }>;

type Outcome =
  | BalanceImportChanged
  | NotFound
  | Refused<'ImportNotStated'>
  | Refused<'SecondPersonNeeded'>;

/** A second person approves what an import comes to; then a worker books it. */
export async function approveBalanceImport(
  work: Work,
  { importId }: DecideBalanceImportInput,
): Promise<Outcome> {
  const { manager, dialect, caller } = work;
  const found = await readImport(manager, importId, dialect.forUpdate);
  if (found === null) return notFound('IMPORT_NOT_FOUND');
  if (found.state !== 'STATED') return refused('ImportNotStated', 'IMPORT_NOT_STATED');
  if (found.statedBy === caller.subject) return secondPersonNeeded();

  // From here on the command must succeed.
  await setState(manager, importId, 'BOOKING', caller.subject);
  return { kind: 'BalanceImportChanged', importId };
}

/** Whoever sees that an import is wrong rejects it before it is booked: it ends, and nothing of it is booked. */
export async function rejectBalanceImport(
  work: Work,
  { importId }: DecideBalanceImportInput,
): Promise<Outcome> {
  const { manager, dialect, caller } = work;
  const found = await readImport(manager, importId, dialect.forUpdate);
  if (found === null) return notFound('IMPORT_NOT_FOUND');
  if (found.state !== 'STATED' && found.state !== 'OPEN') {
    return refused('ImportNotStated', 'IMPORT_NOT_STATED');
  }

  // From here on the command must succeed.
  await setState(manager, importId, 'REJECTED', caller.subject);
  return { kind: 'BalanceImportChanged', importId };
}
