import { randomInt } from 'node:crypto';
import { addDays, dayOf, isoDay, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { execute } from '../../../../shared/database/database.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import { actsForMember, actsForMerchant } from '../../../../shared/graphql/caller.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import { makeVoucherCode } from '../../domain/voucher-code.ts';
import type { VoucherRow } from '../../entities/voucher.ts';
import type { ExtendVoucherInput, ReplaceVoucherInput } from '../../schema.generated.ts';
import type { VoucherSeal } from '../../voucher-seal.ts';
import { FormerCode } from '../entities/former-code.ts';
import { lockByRedemption } from './find-voucher.ts';

export type VoucherExtended = Readonly<{ kind: 'VoucherExtended'; redemptionId: string }>;
export type VoucherReplaced = Readonly<{ kind: 'VoucherReplaced'; redemptionId: string }>;

/** From today on. */
const DAYS_MAX = 3650;

/**
 * Makes a voucher good for longer, also one whose days are over. A redemption of another merchant is answered as if
 * there were none.
 */
export async function extendVoucher(
  work: Work,
  { redemptionId, validUntil }: ExtendVoucherInput,
): Promise<VoucherExtended | NotFound | InvalidInput | Refused<'VoucherNotUsable'>> {
  const found = await lockByRedemption(work, redemptionId);
  if (found === null || !actsForMerchant(work.caller, found.redemption.merchantId)) {
    return notFound('VOUCHER_OF_REDEMPTION_NOT_FOUND');
  }
  const { voucher, reward } = found;
  const gone = isGone(voucher);
  if (gone !== null) return gone;
  if (reward.duringOrder !== null) return refused('VoucherNotUsable', 'VOUCHER_ENDS_WITH_STAY');
  const until = parseIsoDay(validUntil);
  if (until <= voucher.validUntil) {
    return invalidInput('VALID_UNTIL_NOT_LATER', 'validUntil', { day: isoDay(voucher.validUntil) });
  }
  const latest = addDays(dayOf(work.at), DAYS_MAX);
  if (until <= dayOf(work.at) || until > latest) {
    return invalidInput('VALID_UNTIL_OUT_OF_RANGE', 'validUntil', { day: isoDay(latest) });
  }

  // From here on the command must succeed.
  await execute(work.manager, 'UPDATE rewards_voucher SET valid_until = ? WHERE id = ?', [
    ...[until, voucher.id],
  ]);
  return { kind: 'VoucherExtended', redemptionId };
}

/** So often a code is lost by accident. */
const REPLACEMENTS_MAX = 10;

/**
 * Gives a voucher a new code; the old one is good no more, and a counter that scans it is told so. A redemption of
 * another member is answered as if there were none.
 */
export const replaceVoucher = (seal: VoucherSeal) =>
  // The frame scopes keys by the name of the function.
  async function replaceVoucher(
    work: Work,
    { redemptionId, reason }: ReplaceVoucherInput,
  ): Promise<VoucherReplaced | NotFound | Refused<'VoucherNotUsable'>> {
    const { manager, at } = work;
    const found = await lockByRedemption(work, redemptionId);
    if (found === null || !actsForMember(work.caller, found.redemption.memberId)) {
      return notFound('VOUCHER_OF_REDEMPTION_NOT_FOUND');
    }
    const { id, codeHash, validUntil } = found.voucher;
    const gone = isGone(found.voucher);
    if (gone !== null) return gone;
    if (dayOf(at) >= validUntil) {
      return refused('VoucherNotUsable', 'VOUCHER_EXPIRED', { day: isoDay(validUntil) });
    }
    if ((await manager.countBy(FormerCode, { voucherId: id })) >= REPLACEMENTS_MAX) {
      return refused('VoucherNotUsable', 'VOUCHER_REPLACED_TOO_OFTEN', { max: REPLACEMENTS_MAX });
    }

    // From here on the command must succeed.
    const code = makeVoucherCode((below) => randomInt(below));
    await insertRows(
      manager,
      'rewards_former_code',
      ['code_hash', 'voucher_id', 'reason', 'replaced_ms'],
      [[codeHash, id, reason, at.getTime()]],
    );
    await execute(
      manager,
      'UPDATE rewards_voucher SET code_hash = ?, code_sealed = ? WHERE id = ?',
      [seal.hash(code), seal.seal(code), id],
    );
    return { kind: 'VoucherReplaced', redemptionId };
  };

function isGone({ voidedAt, usedAt }: VoucherRow): Refused<'VoucherNotUsable'> | null {
  if (voidedAt !== null) return refused('VoucherNotUsable', 'VOUCHER_VOID');
  return usedAt === null ? null : refused('VoucherNotUsable', 'VOUCHER_USED');
}
