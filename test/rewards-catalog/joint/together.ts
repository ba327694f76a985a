import type { Caller } from '../../../shared/graphql/caller.ts';
import { asMember, type World } from '../../support/world.ts';
import { act } from './families.ts';

const JOINT = `jointRedemption { id status reason members accepted expiresAt initiatorName
  parts { member { id } points status returnedPoints }
  redemption { id status voucher { code } burns { points } } }`;

const answered = (kind: string): string =>
  `... on ${kind} { ${JOINT} } ... on InsufficientPoints { available missing }`;

export type Part = Readonly<{ memberId: string; points: number }>;

/** Starts a joint redemption of a reward: the first of the parts is hers who starts it. */
export const together = (
  world: World,
  rewardId: string,
  parts: readonly Part[],
  more: Readonly<Record<string, unknown>> = {},
) =>
  act(
    world,
    'redeemTogether',
    parts[0]?.memberId ?? '',
    { rewardId, parts, ...more },
    answered('JointRedemptionStarted'),
  );

export const accept = (
  world: World,
  jointRedemptionId: string,
  memberId: string,
  more: Readonly<Record<string, unknown>> = {},
) =>
  act(
    world,
    'acceptJointRedemption',
    memberId,
    { jointRedemptionId, ...more },
    answered('JointRedemptionAccepted'),
  );

export const decline = (
  world: World,
  jointRedemptionId: string,
  memberId: string,
  more: Readonly<Record<string, unknown>> = {},
) =>
  act(
    world,
    'declineJointRedemption',
    memberId,
    { jointRedemptionId, ...more },
    `... on JointRedemptionDeclined { ${JOINT} }`,
  );

/** A joint redemption as somebody sees it. */
export async function seenBy(world: World, id: string, as: Caller) {
  const { jointRedemption } = await world.data(
    `query ($id: ID!) { jointRedemption(id: $id) { ${JOINT.slice('jointRedemption {'.length, -1)} } }`,
    { id },
    { as },
  );
  return jointRedemption;
}

/** Members with so many points each, of one shop. */
export const membersWith = (world: World, merchantId: string, points: readonly number[]) =>
  Promise.all(
    points.map(async (each, index) => {
      const memberId = await world.member(['Ann', 'Bob', 'Cleo', 'Dora'][index] ?? 'Eve');
      if (each > 0) await world.purchase({ merchantId, memberId, amountMinor: each * 100 });
      return memberId;
    }),
  );

/** What members can spend, and what is set aside. */
export const wallets = (world: World, memberIds: readonly string[]) =>
  Promise.all(
    memberIds.map(async (memberId) => {
      const { available, held } = await world.wallet(memberId);
      return [available, held];
    }),
  );

export const asHer = (memberId: string): Caller => asMember(memberId);
