import { actsForMerchant, seesMember } from '../../../shared/graphql/caller.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import type { Context } from '../context.ts';
import { activeMembers } from '../grants/queries/ask-around.ts';
import type { ConfirmMemberAgeInput, Resolvers } from '../schema.generated.ts';
import { requireDeed } from '../standing/queries/staff.ts';
import { confirmMemberAgeOf } from './commands/confirm-member-age.ts';
import { latestCheck } from './queries/known-ages.ts';

export const ageQueries = {
  memberAge: async (_, { merchantId, memberId }, { database, caller, clock }) => {
    if (!seesMember(caller, memberId) && !actsForMerchant(caller, merchantId)) {
      throw fault('FORBIDDEN');
    }
    const asked = { merchantId, memberId };
    const check = await latestCheck(database.reader, asked, clock.now());
    return check && { years: check.years, confirmedAt: check.checkedAt };
  },
} satisfies Resolvers['Query'];

export const ageMutations = {
  confirmMemberAge: (_, { input }, context) => askAndConfirm(context, input),
} satisfies Resolvers['Mutation'];

/** Asks members who is there, then confirms. Throws FORBIDDEN for another merchant's staff. */
async function askAndConfirm(context: Context, input: ConfirmMemberAgeInput) {
  const { database, caller, peers } = context;
  await requireDeed({ manager: database.reader, caller }, input.merchantId, 'RECORD');
  return context.run(confirmMemberAgeOf(await knownOf(context, peers, input.memberIds)), input);
}

async function knownOf(
  context: Context,
  peers: Context['peers'],
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(memberIds)];
  // The command refuses more.
  if (ids.length > 500) return new Set();
  try {
    return new Set((await activeMembers(peers, ids, context)).keys());
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    throw error;
  }
}
