import type { Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

/** To which family a member belongs, asked of members; null: to none. Throws PeerFailure when they do not answer. */
export async function familyOf(
  { peers, requestId, deadline }: Asking,
  memberId: string,
): Promise<string | null> {
  const { _entities } = await peers.ask<{
    _entities: ({ family: { id: string } | null } | null)[];
  }>(
    'members',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Member { family { id } } } }',
    { r: [{ __typename: 'Member', id: memberId }] },
    { requestId, deadline },
  );
  return _entities[0]?.family?.id ?? null;
}
