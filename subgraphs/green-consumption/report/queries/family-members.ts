import type { BaseContext } from '../../../../shared/graphql/context.ts';

type Asking = Pick<BaseContext<unknown, unknown>, 'peers' | 'requestId' | 'deadline'>;

/** Who belongs to a family, and since when. */
export type Membership = Readonly<{ id: string; sinceMs: number }>;

/** Asked of members. None: there is no such family. Throws PeerFailure when they do not answer. */
export async function familyMembers(
  { peers, requestId, deadline }: Asking,
  familyId: string,
): Promise<Membership[]> {
  type Family = { memberships: { memberId: string; joinedAt: string }[] | null };
  const { _entities } = await peers.ask<{ _entities: (Family | null)[] }>(
    'members',
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Family { memberships { memberId joinedAt } } } }`,
    { r: [{ __typename: 'Family', id: familyId }] },
    { requestId, deadline },
  );
  return (_entities[0]?.memberships ?? []).map(({ memberId, joinedAt }) => ({
    id: memberId,
    sinceMs: new Date(joinedAt).getTime(),
  }));
}
