import { PeerFailure, type Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';

/** What members says of a member: she may buy, she is not there, or it did not answer. */
export type MemberStanding = 'ACTIVE' | 'MISSING' | 'UNKNOWN';

const QUERY = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Member { id status } }
}`;

export async function memberStanding(
  peers: Peers,
  memberId: string,
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<MemberStanding> {
  type Answer = { _entities: ({ status: string | null } | null)[] };
  const representations = [{ __typename: 'Member', id: memberId }];
  try {
    const { _entities } = await peers.ask<Answer>('members', QUERY, { representations }, call);
    return _entities[0]?.status === 'ACTIVE' ? 'ACTIVE' : 'MISSING';
  } catch (error) {
    if (error instanceof PeerFailure) return 'UNKNOWN';
    throw error;
  }
}
