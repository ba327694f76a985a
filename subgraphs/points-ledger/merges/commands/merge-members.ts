import { assert } from '../../../../shared/assert.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { secondPersonNeeded } from '../../cases/commands/lock.ts';
import { isPool } from '../../domain/registers.ts';
import type { ApproveMergeInput, ProposeMergeInput } from '../../schema.generated.ts';
import { PointsMerge } from '../entities/merge.ts';

const TEXT_MAX = 500;

export type MergeChanged = Readonly<{ kind: 'PointsMergeChanged'; mergeId: string }>;

/**
 * Proposes to make two accounts of one person one. Nothing changes before a second person approves. Only what
 * nothing can mend is refused already: the books look at the rest when they do it.
 */
export async function proposeMerge(
  work: Work,
  input: ProposeMergeInput,
): Promise<MergeChanged | InvalidInput | Refused<'MergeRefused'>> {
  const { fromMemberId, intoMemberId } = input;
  const wrong =
    checkKey('fromMemberId', fromMemberId, 64) ??
    checkKey('intoMemberId', intoMemberId, 64) ??
    checkText('reason', input.reason, TEXT_MAX) ??
    checkText('evidence', input.evidence, TEXT_MAX);
  if (wrong !== null) return wrong;
  const both = [fromMemberId, intoMemberId];
  if (fromMemberId === intoMemberId) return invalidInput('MERGE_INTO_SELF', 'intoMemberId');
  if (both.some(isPool)) return invalidInput('MERGE_POOL_WALLET', 'fromMemberId');
  const merged = await work.manager.query<unknown[]>(
    `SELECT id FROM points_wallet
     WHERE id IN (${placeholders(both.length)}) AND merged_into IS NOT NULL`,
    both,
  );
  if (merged.length > 0) return mergeRefused('WALLET_MERGED');

  // From here on the command must succeed.
  const id = work.newId();
  await insertRows(
    work.manager,
    'points_merge',
    // biome-ignore format: the columns in the order of the values below.
    ['id', 'wallet_id', 'into_id', 'reason', 'evidence', 'state', 'proposed_by', 'proposed_ms'],
    [
      [
        ...[id, fromMemberId, intoMemberId, input.reason.trim(), input.evidence.trim()],
        ...['PROPOSED', work.caller.subject, work.at.getTime()],
      ],
    ],
  );
  return { kind: 'PointsMergeChanged', mergeId: id };
}

/** A second person approves; then the books make the accounts one. */
export async function approveMerge(
  { manager, dialect, caller }: Work,
  { mergeId: id }: ApproveMergeInput,
): Promise<MergeChanged | NotFound | Refused<'MergeNotReady'> | Refused<'SecondPersonNeeded'>> {
  await manager.query(`SELECT id FROM points_merge WHERE id = ? ${dialect.forUpdate}`, [id]);
  const found = await manager.findOneBy(PointsMerge, { id });
  if (found === null) return notFound('MERGE_NOT_FOUND');
  const { state } = found;
  if (state !== 'PROPOSED') return refused('MergeNotReady', 'MERGE_NOT_READY', { state });
  if (found.proposedBy === caller.subject) return secondPersonNeeded();

  // From here on the command must succeed.
  const matched = await execute(
    manager,
    `UPDATE points_merge SET state = 'APPROVED', approved_by = ?
     WHERE id = ? AND state = 'PROPOSED'`,
    [caller.subject, id],
  );
  assert(matched === 1, 'a merge that is locked stays as it is');
  return { kind: 'PointsMergeChanged', mergeId: id };
}

/** Why the books do not make two accounts one: `code` as the books say it. */
export const mergeRefused = (code: string): Refused<'MergeRefused'> =>
  refused('MergeRefused', `MERGE_${code}`);
