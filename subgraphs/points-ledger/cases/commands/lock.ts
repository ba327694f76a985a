import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { CaseState } from '../domain/case-states.ts';
import { PointsCase, type PointsCaseRow } from '../entities/case.ts';

/** What a command on a case answers when it could be done. */
export type CaseChanged = Readonly<{ kind: 'PointsCaseChanged'; caseId: string }>;

export const changed = (caseId: string): CaseChanged => ({ kind: 'PointsCaseChanged', caseId });

export const notReady = ({ state }: PointsCaseRow): Refused<'CaseNotReady'> =>
  refused('CaseNotReady', 'CASE_NOT_READY', { state });

export const secondPersonNeeded = (): Refused<'SecondPersonNeeded'> =>
  refused('SecondPersonNeeded', 'SECOND_PERSON_NEEDED');

/** The case as it stays until the transaction ends; null when there is none. */
export async function lockCase(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  id: string,
): Promise<PointsCaseRow | null> {
  await manager.query(`SELECT id FROM points_case WHERE id = ? ${dialect.forUpdate}`, [id]);
  return manager.findOneBy(PointsCase, { id });
}

/** Moves a case that is locked on, and writes what is known of it then. */
export async function moveCase(
  manager: Work['manager'],
  { id, state }: PointsCaseRow,
  to: CaseState,
  more: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const columns = Object.keys(more);
  const matched = await execute(
    manager,
    `UPDATE points_case SET ${['state', ...columns].map((name) => `${name} = ?`).join(', ')}
     WHERE id = ? AND state = ?`,
    [to, ...Object.values(more), id, state],
  );
  assert(matched === 1, 'a case that is locked stays where it is');
}
