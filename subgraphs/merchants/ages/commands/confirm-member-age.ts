import type { Work } from '../../../../shared/commands/run-command.ts';
import { insertRows } from '../../../../shared/database/rows.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../../../../shared/graphql/refusals.ts';
import { Merchant } from '../../entities/merchant.ts';
import type { ConfirmMemberAgeInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';

export type MemberAgeConfirmed = Readonly<{ kind: 'MemberAgeConfirmed'; members: number }>;

const MEMBERS_MAX = 500;
const YEARS_MAX = 120;

/**
 * Remembers that a merchant has seen a proof of age of members: who earns by rules that ask for one. `known` are those
 * of them whom members knows.
 */
export const confirmMemberAgeOf = (known: ReadonlySet<string>) =>
  async function confirmMemberAge(
    work: Work,
    { merchantId, memberIds, years }: ConfirmMemberAgeInput,
  ): Promise<MemberAgeConfirmed | NotFound | InvalidInput> {
    const { manager, at, caller, newId } = work;
    await requireDeed(work, merchantId, 'RECORD');
    if (years < 0 || years > YEARS_MAX) {
      return invalidInput('YEARS_NOT_USABLE', 'years', { max: YEARS_MAX });
    }
    const ids = [...new Set(memberIds)];
    if (ids.length === 0 || ids.length > MEMBERS_MAX) {
      return invalidInput('MEMBERS_NOT_USABLE', 'memberIds', { max: MEMBERS_MAX });
    }
    const merchant = await manager.findOneBy(Merchant, { id: merchantId });
    // MariaDB finds an id with blanks after it as well: that is not this one's.
    if (merchant?.id !== merchantId) return notFound('MERCHANT_NOT_FOUND');
    if (!ids.every((id) => known.has(id))) return notFound('MEMBER_NOT_FOUND');

    // From here on the command must succeed.
    await insertRows(
      manager,
      'merchants_age_check',
      ['id', 'merchant_id', 'member_id', 'years', 'checked_by', 'checked_ms'],
      ids.map((memberId) => [newId(), merchantId, memberId, years, caller.subject, at.getTime()]),
    );
    return { kind: 'MemberAgeConfirmed', members: ids.length };
  };
