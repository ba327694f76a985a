import { seesAll, seesMember } from '../../../shared/graphql/caller.ts';
import type { Context } from '../context.ts';

/** A family is seen by its members and by those who see all. */
export async function seesFamily({ caller, loaders }: Context, familyId: string): Promise<boolean> {
  if (seesAll(caller)) return true;
  if (caller.memberId === null) return false;
  const own = await loaders.familyMemberByMember.load(caller.memberId);
  return own?.familyId === familyId;
}

/** A name is seen by the member, by those who see all, and by her family: nothing else of her is. */
export async function seesName(context: Context, memberId: string): Promise<boolean> {
  const { caller, loaders } = context;
  if (seesMember(caller, memberId)) return true;
  if (caller.memberId === null) return false;
  const membership = await loaders.familyMemberByMember.load(memberId);
  return membership !== null && seesFamily(context, membership.familyId);
}
