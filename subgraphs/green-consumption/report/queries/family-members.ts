import type { BaseContext } from '../../../../shared/graphql/context.ts';

type Asking = Pick<BaseContext<unknown, unknown>, 'peers' | 'requestId' | 'deadline'>;

/** Who belongs to a family, asked of members. None: there is no such family. Throws PeerFailure when they do not answer. */
export async function familyMembers(
  { peers, requestId, deadline }: Asking,
  familyId: string,
): Promise<string[]> {
  const { _entities } = await peers.ask<{
    _entities: ({ members: { id: string }[] | null } | null)[];
  }>(
    'members',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Family { members { id } } } }',
    { r: [{ __typename: 'Family', id: familyId }] },
    { requestId, deadline },
  );
  return (_entities[0]?.members ?? []).map(({ id }) => id);
}
