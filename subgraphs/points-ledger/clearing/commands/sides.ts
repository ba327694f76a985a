import type { EntityManager } from 'typeorm';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { placeholders } from '../../../../shared/database/rows.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { type SideState, type StatementState, statementState } from '../domain/states.ts';

export type Side = Readonly<{ lineId: string; merchantId: string; state: SideState }>;

export type MoveRefused =
  | Refused<'AlreadyConfirmed'>
  | Refused<'LineDisputed'>
  | Refused<'LineDecided'>;

/** Why a line cannot be confirmed or disputed any more. */
export function stateRefusal(state: SideState): MoveRefused {
  switch (state) {
    case 'CONFIRMED':
      return refused('AlreadyConfirmed', 'ALREADY_CONFIRMED');
    case 'DISPUTED':
      return refused('LineDisputed', 'LINE_DISPUTED');
    default:
      return refused('LineDecided', 'LINE_DECIDED');
  }
}

/** Locks a statement, so that its lines change one after the other. Null: not one of this merchant. */
export async function lockStatement(
  { manager, dialect }: Work,
  statementId: string,
  merchantId: string,
): Promise<{ cycleId: string } | null> {
  const [row] = await manager.query<Record<string, string>[]>(
    `SELECT id, cycle_id, merchant_id FROM points_clearing_statement
     WHERE id = ? AND merchant_id = ? ${dialect.forUpdate}`,
    [statementId, merchantId],
  );
  // MariaDB finds an id with blanks after it as well: that is not this one.
  if (row?.id !== statementId || row.merchant_id !== merchantId) return null;
  return { cycleId: String(row.cycle_id) };
}

/** What a merchant makes of the lines of its statement. To be read under the lock of the statement. */
export async function readSides(manager: EntityManager, statementId: string): Promise<Side[]> {
  const rows = await manager.query<Record<string, string>[]>(
    'SELECT line_id, merchant_id, state FROM points_clearing_side WHERE statement_id = ?',
    [statementId],
  );
  return rows.map(sideOf);
}

export const sideOf = (row: Readonly<Record<string, string>>): Side => ({
  lineId: String(row.line_id),
  merchantId: String(row.merchant_id),
  // Only names of states are ever written there.
  state: row.state as SideState,
});

/** Moves lines of a statement, and the statement with them. Answers its new state. */
export async function moveSides(
  { manager, at }: Pick<Work, 'manager' | 'at'>,
  statementId: string,
  lineIds: readonly string[],
  to: SideState,
  words: Readonly<{ reason?: string; note?: string }> = {},
): Promise<StatementState> {
  await execute(
    manager,
    `UPDATE points_clearing_side
     SET state = ?, reason = COALESCE(?, reason), note = COALESCE(?, note)
     WHERE statement_id = ? AND line_id IN (${placeholders(lineIds.length)})`,
    [to, words.reason ?? null, words.note ?? null, statementId, ...lineIds],
  );
  const sides = await readSides(manager, statementId);
  const state = statementState(sides.map((side) => side.state));
  await execute(
    manager,
    'UPDATE points_clearing_statement SET state = ?, confirmed_ms = ? WHERE id = ?',
    [state, state === 'CONFIRMED' ? at.getTime() : null, statementId],
  );
  return state;
}

export const lineNotFound = (): NotFound => notFound('CLEARING_LINE_NOT_FOUND');
