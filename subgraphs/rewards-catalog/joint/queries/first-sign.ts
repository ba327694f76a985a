import DataLoader from 'dataloader';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Context } from '../../context.ts';

type Asking = Pick<Context, 'peers' | 'requestId' | 'deadline'>;

const known = new WeakMap<object, DataLoader<string, string | null>>();

/**
 * The first sign of a member's name, asked of members once for all of a request; null while they do not answer. As
 * much as one who is invited needs to know her friend, and no more.
 */
export function firstSignOf(context: Asking, memberId: string): Promise<string | null> {
  const ofRequest =
    known.get(context) ??
    new DataLoader<string, string | null>((ids) => askSigns(context, ids), { cache: true });
  known.set(context, ofRequest);
  return ofRequest.load(memberId);
}

async function askSigns(
  { peers, requestId, deadline }: Asking,
  ids: readonly string[],
): Promise<(string | null)[]> {
  type Answer = { _entities: ({ displayName: string | null } | null)[] };
  try {
    const { _entities } = await peers.ask<Answer>(
      'members',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Member { displayName } } }',
      { r: ids.map((id) => ({ __typename: 'Member', id })) },
      { requestId, deadline },
    );
    return ids.map((_, index) => {
      const [sign] = [...(_entities[index]?.displayName ?? '')];
      return sign === undefined ? null : `${sign}**`;
    });
  } catch (error) {
    if (error instanceof PeerFailure) return ids.map(() => null);
    throw error;
  }
}
