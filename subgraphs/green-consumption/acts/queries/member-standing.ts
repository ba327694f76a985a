import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

/** What members says of a member: she is there, she is not, or it did not answer. */
export type MemberStanding = 'ACTIVE' | 'MISSING' | 'UNKNOWN';

const STANDING = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Member { id status } }
}`;

/** Asked before a command, never inside its transaction. */
export async function memberStanding(
  peers: Peers,
  memberId: string,
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<MemberStanding> {
  type Answer = { _entities: ({ status: string | null } | null)[] };
  const representations = [{ __typename: 'Member', id: memberId }];
  try {
    const { _entities } = await peers.ask<Answer>('members', STANDING, { representations }, call);
    return _entities[0]?.status === 'ACTIVE' ? 'ACTIVE' : 'MISSING';
  } catch (error) {
    if (error instanceof PeerFailure) return 'UNKNOWN';
    throw error;
  }
}
