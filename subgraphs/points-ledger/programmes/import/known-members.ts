import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Context } from '../../context.ts';

const QUERY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Member { id status } } }`;
const BATCH = 200;

/** Which of some members there are and may use their points. Throws SUBGRAPH_UNAVAILABLE when nobody knows. */
export async function knownMembers(
  { peers, requestId, deadline }: Pick<Context, 'peers' | 'requestId' | 'deadline'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const all = [...new Set(ids)];
  type Answer = { _entities: ({ id: string; status: string | null } | null)[] };
  try {
    for (let start = 0; start < all.length; start += BATCH) {
      const r = all.slice(start, start + BATCH).map((id) => ({ __typename: 'Member', id }));
      const { _entities } = await peers.ask<Answer>(
        'members',
        QUERY,
        { r },
        { requestId, deadline },
      );
      for (const member of _entities) if (member?.status === 'ACTIVE') known.add(member.id);
    }
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    throw error;
  }
  return known;
}
