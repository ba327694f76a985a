import { PeerFailure, type Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';

/** What members says of a member: she may buy, she is not there, or it did not answer. */
export type MemberStanding = 'ACTIVE' | 'MISSING' | 'UNKNOWN';

/** A member's standing, and her tier when it was asked for and told. */
export type KnownMember = Readonly<{ standing: MemberStanding; tier: string | null }>;

type Ask = Pick<Call, 'requestId' | 'deadline'>;
type Answer = { _entities: ({ status?: string | null; tier?: { code: string } | null } | null)[] };

const question = (fields: string) => `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Member { id ${fields} } }
}`;
const STANDING = question('status');
const STANDING_AND_TIER = question('status tier { code }');
const TIER = question('tier { code }');

const represented = (ids: readonly string[]) => ids.map((id) => ({ __typename: 'Member', id }));

export async function memberStanding(
  peers: Peers,
  memberId: string,
  { withTier }: Readonly<{ withTier: boolean }>,
  call: Ask,
): Promise<KnownMember> {
  const query = withTier ? STANDING_AND_TIER : STANDING;
  const representations = represented([memberId]);
  try {
    const { _entities } = await peers.ask<Answer>('members', query, { representations }, call);
    const [member] = _entities;
    const standing = member?.status === 'ACTIVE' ? 'ACTIVE' : 'MISSING';
    return { standing, tier: member?.tier?.code ?? null };
  } catch (error) {
    if (error instanceof PeerFailure) return { standing: 'UNKNOWN', tier: null };
    throw error;
  }
}

/** The tiers of members, by id, in one question. Throws PeerFailure when members does not answer. */
export async function memberTiers(
  peers: Peers,
  memberIds: readonly string[],
  call: Ask,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(memberIds)];
  if (ids.length === 0) return new Map();
  const representations = represented(ids);
  const { _entities } = await peers.ask<Answer>('members', TIER, { representations }, call);
  return new Map(
    ids.flatMap((id, index): [string, string][] => {
      const tier = _entities[index]?.tier?.code;
      return tier === undefined ? [] : [[id, tier]];
    }),
  );
}
