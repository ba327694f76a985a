import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import { assertEnoughMembers } from '../../../../shared/query-kit/anonymity.ts';
import { MEMBERS_MIN } from '../../../../shared/query-kit/group.ts';
import type { Context } from '../../context.ts';
import { type Industry, Merchant } from '../../entities/merchant.ts';
import type { Period } from '../domain/days.ts';

type Flow = Readonly<{ earnedIn: Industry; redeemedIn: Industry; members: number }>;

/** How many members redeemed, and how many of them in another trade than where they had earned. */
export type IndustryBreadth = Readonly<{
  members: number;
  acrossIndustries: number | null;
  isSuppressed: boolean;
  flows: readonly Flow[];
}>;

type Answer = Readonly<{
  redeemersByGroup: Readonly<{ members: number; across: number; flows: readonly Flow[] }>;
}>;

const REDEEMERS = `query ($input: RedeemersInput!) { redeemersByGroup(input: $input) {
  members across flows { earnedIn redeemedIn members } } }`;

/**
 * Asks the ledger, which knows by whom a point was issued and accepted, for the members by trade (S34). With
 * `isOfMany` nothing is told of fewer than ten members, nor of a rest of fewer: then it throws FORBIDDEN when all
 * together are fewer. Throws SUBGRAPH_UNAVAILABLE when the ledger does not answer.
 */
export async function industryBreadth(
  { database, peers, requestId, deadline }: Context,
  { from, until }: Period,
  isOfMany: boolean,
): Promise<IndustryBreadth> {
  const merchants = await database.reader.find(Merchant, { select: { id: true, industry: true } });
  const groups = Map.groupBy(merchants, ({ industry }) => industry)
    .entries()
    .map(([name, all]) => ({ name, merchantIds: all.map(({ id }) => id) }))
    .toArray();
  const input = { from: from.toISOString(), to: until.toISOString(), groups };
  const call = { requestId, deadline };
  const { redeemersByGroup: told } = await peers
    .ask<Answer>('points-ledger', REDEEMERS, { input }, call)
    .catch((error: unknown) => {
      if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'FIGURES_UNREACHABLE');
      throw error;
    });
  const { members, across, flows } = told;
  if (!isOfMany) return { members, acrossIndustries: across, isSuppressed: false, flows };
  assertEnoughMembers(members);
  const shown = flows.filter((flow) => flow.members >= MEMBERS_MIN);
  // A part and the rest of it are told together or not at all: one gives away the other.
  const isTold = across >= MEMBERS_MIN && members - across >= MEMBERS_MIN;
  const acrossIndustries = isTold ? across : null;
  const isSuppressed = acrossIndustries === null || shown.length < flows.length;
  return { members, acrossIndustries, isSuppressed, flows: shown };
}
