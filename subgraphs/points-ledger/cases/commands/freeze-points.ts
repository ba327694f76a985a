import { addDays, dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows, placeholders } from '../../../../shared/database/rows.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { FreezePointsInput } from '../../schema.generated.ts';
import { lockWallets } from '../../sharing/commands/lock-wallets.ts';
import { type CaseChanged, changed } from './lock.ts';

/** A member waits no longer than this for a decision. */
const FREEZE_DAYS_MAX = 30;
export const TEXT_MAX = 500;
const ACCRUALS_MAX = 50;
const HASH = /^[0-9a-f]{64}$/;

/**
 * Proposes a case. Nothing is frozen before a second person approves it, and nothing without evidence
 * (S38). The books take its hash; where it lies is for those who decide.
 */
export async function freezePoints(
  work: Work,
  input: FreezePointsInput,
): Promise<CaseChanged | InvalidInput | Refused<'EvidenceNeeded'>> {
  const { memberId, days, reasonCode } = input;
  const hash = input.evidenceHash?.toLowerCase() ?? '';
  const note = input.evidenceNote?.trim() ?? '';
  if (hash === '' || note === '') return refused('EvidenceNeeded', 'EVIDENCE_NEEDED');
  if (!HASH.test(hash)) return invalidInput('EVIDENCE_HASH_INVALID', 'evidenceHash');
  const wrong =
    checkText('evidenceNote', note, TEXT_MAX) ??
    checkText('reason', input.reason, TEXT_MAX) ??
    checkText('basis', input.basis, TEXT_MAX) ??
    (input.clauseId == null ? null : checkKey('clauseId', input.clauseId, 64));
  if (wrong !== null) return wrong;
  if (days < 1 || days > FREEZE_DAYS_MAX) {
    return invalidInput('DAYS_OUT_OF_RANGE', 'days', { max: FREEZE_DAYS_MAX });
  }
  const accrualIds = [...new Set(input.accrualIds)].toSorted();
  if (accrualIds.length < 1 || accrualIds.length > ACCRUALS_MAX) {
    return invalidInput('ACCRUALS_NEEDED', 'accrualIds', { max: ACCRUALS_MAX });
  }
  // Under the lock of the wallet: while a case against an account is open, it is not merged.
  await lockWallets(work, [memberId]);
  const accounts = await readAccounts(work, memberId);
  if (accounts.mergedInto !== null) {
    return invalidInput('MEMBER_MERGED', 'memberId', { into: accounts.mergedInto });
  }
  const known = await work.manager.query<unknown[]>(
    `SELECT entry_id FROM points_accrual
     WHERE wallet_id IN (${placeholders(accounts.all.length)})
       AND entry_id IN (${placeholders(accrualIds.length)})`,
    [...accounts.all, ...accrualIds],
  );
  if (known.length < accrualIds.length) return invalidInput('ACCRUAL_NOT_OF_MEMBER', 'accrualIds');
  // A freeze that ended without a decision is not begun again for the same reason.
  const [used] = await work.manager.query<unknown[]>(
    `SELECT id FROM points_case WHERE wallet_id IN (${placeholders(accounts.all.length)})
       AND evidence_hash = ? AND (outcome IS NULL OR outcome <> 'DROPPED')`,
    [...accounts.all, hash],
  );
  if (used !== undefined) return invalidInput('EVIDENCE_USED', 'evidenceHash');

  // From here on the command must succeed.
  const id = work.newId();
  await insertRows(
    work.manager,
    'points_case',
    // biome-ignore format: the columns in the order of the values below.
    ['id', 'wallet_id', 'state', 'reason_code', 'reason', 'basis', 'clause_id', 'evidence_hash',
      'evidence_note', 'accrual_ids', 'deadline_on', 'proposed_by', 'proposed_ms'],
    [
      [
        id,
        memberId,
        'PROPOSED',
        reasonCode,
        input.reason.trim(),
        input.basis.trim(),
        input.clauseId ?? null,
        hash,
        note,
        JSON.stringify(accrualIds),
        addDays(dayOf(work.at), days),
        work.caller.subject,
        work.at.getTime(),
      ],
    ],
  );
  return changed(id);
}

/** Into which account one was merged, if it was; else all that are one with it. */
async function readAccounts(
  { manager }: Work,
  memberId: string,
): Promise<Readonly<{ mergedInto: string | null; all: readonly string[] }>> {
  const [own] = await manager.query<{ merged_into: string | null }[]>(
    'SELECT merged_into FROM points_wallet WHERE id = ?',
    [memberId],
  );
  const others = await manager.query<{ id: string }[]>(
    'SELECT id FROM points_wallet WHERE merged_into = ?',
    [memberId],
  );
  return { mergedInto: own?.merged_into ?? null, all: [memberId, ...others.map(({ id }) => id)] };
}
