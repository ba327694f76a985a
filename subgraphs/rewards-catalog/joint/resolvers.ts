import { assert } from '../../../shared/assert.ts';
import { seesMember } from '../../../shared/graphql/caller.ts';
import { readPage } from '../../../shared/query-kit/page.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../schema.generated.ts';
import { sentence } from '../wording.ts';
import type { JointRow } from './entities/joint.ts';
import { jointRedemptionsList } from './lists.ts';
import { firstSignOf } from './queries/first-sign.ts';
import { seesJoint, visibleJoints, visibleParts } from './queries/visible.ts';

export const jointQueries = {
  jointRedemption: async (_, { id }, { loaders, caller }) => {
    const joint = await loaders.jointById.load(id);
    if (joint === null) return null;
    return seesJoint(caller, joint, await loaders.partsByJoint.load(id)) ? joint : null;
  },
  jointRedemptions: (_, args, { database, keys, caller }) =>
    readPage(jointRedemptionsList, {
      ...{ reader: database.reader, cursorKey: keys.cursor, args },
      visible: visibleJoints(caller),
    }),
} satisfies Resolvers['Query'];

export const jointMutations = {
  redeemTogether: (_, { input }, context) =>
    context.services.jointRedemptions.redeemTogether(context, input),
  acceptJointRedemption: (_, { input }, context) =>
    context.services.jointRedemptions.accept(context, input),
  declineJointRedemption: (_, { input }, context) =>
    context.services.jointRedemptions.decline(context, input),
} satisfies Resolvers['Mutation'];

/** Who pays is nobody's business but hers: not that of the merchant. */
export const jointOfRedemption = {
  payment: ({ memberId, payment }, _, { caller }) =>
    seesMember(caller, memberId) ? payment : null,
} satisfies Resolvers['Redemption'];

const outcome = {
  jointRedemption: async (
    { jointId }: Readonly<{ jointId: string }>,
    _: unknown,
    context: Context,
  ) => jointOf(context, jointId),
};

async function jointOf({ loaders }: Context, id: string): Promise<JointRow> {
  const joint = await loaders.jointById.load(id);
  assert(joint, `joint redemption ${id} of an outcome exists`);
  return joint;
}

export const jointTypes = {
  JointRedemption: {
    async status({ id, state }, _, { loaders }) {
      if (state === 'STARTED' || state === 'OPEN') return 'WAITING';
      if (state === 'RELEASING') return 'PENDING';
      if (state === 'CANCELLED') return 'CANCELLED';
      return (await loaders.redemptionById.load(id))?.status ?? 'PENDING';
    },
    reason: ({ refusal }, _, { locale }) =>
      refusal && sentence(refusal.code, locale, refusal.parameters),
    reward: ({ rewardId }, _, { loaders }) => loaders.rewardById.load(rewardId),
    initiator: ({ initiatorId }) => ({ id: initiatorId }),
    initiatorName: ({ initiatorId }, _, context) => firstSignOf(context, initiatorId),
    members: async ({ id }, _, { loaders }) => (await loaders.partsByJoint.load(id)).length,
    accepted: async ({ id }, _, { loaders }) =>
      (await loaders.partsByJoint.load(id)).filter(
        ({ state, declinedAt }) => state !== 'INVITED' && declinedAt === null,
      ).length,
    parts: async (joint, _, { loaders, caller }) =>
      visibleParts(caller, joint, await loaders.partsByJoint.load(joint.id)),
    redemption: ({ id, state }, _, { loaders }) =>
      state === 'PLACED' ? loaders.redemptionById.load(id) : null,
  },
  JointPart: {
    member: ({ memberId }) => ({ id: memberId }),
    status: ({ state, declinedAt }) => {
      if (declinedAt !== null) return 'DECLINED';
      return state === 'INVITED' ? 'INVITED' : 'ACCEPTED';
    },
    returnedPoints: ({ returned }) => returned,
  },
  JointRedemptionStarted: outcome,
  JointRedemptionAccepted: outcome,
  JointRedemptionDeclined: outcome,
} satisfies Partial<Resolvers>;
