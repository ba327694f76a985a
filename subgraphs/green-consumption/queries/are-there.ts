import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

/** Whether merchants knows a merchant. Asked before a command. Throws SUBGRAPH_UNAVAILABLE while it does not answer. */
export const isMerchant = async (asking: Asking, id: string): Promise<boolean> => {
  const [found] = await entities<object>(asking, 'merchants', {
    selection: '... on Merchant { id }',
    representations: [{ __typename: 'Merchant', id }],
  });
  return found != null;
};

/** Of which merchant each of these rewards is; null: there is none. Asked and thrown as `isMerchant`. */
export const merchantsOfRewards = async (
  asking: Asking,
  ids: readonly string[],
): Promise<(string | null)[]> => {
  if (ids.length === 0) return [];
  const found = await entities<{ merchant: { id: string } | null }>(asking, 'rewards-catalog', {
    selection: '... on Reward { merchant { id } }',
    representations: ids.map((id) => ({ __typename: 'Reward', id })),
  });
  return found.map((reward) => reward?.merchant?.id ?? null);
};

async function entities<Entity>(
  { peers, requestId, deadline }: Asking,
  peer: 'merchants' | 'rewards-catalog',
  { selection, representations }: Readonly<{ selection: string; representations: object[] }>,
): Promise<(Entity | null)[]> {
  try {
    const { _entities } = await peers.ask<{ _entities: (Entity | null)[] }>(
      peer,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`,
      { r: representations },
      { requestId, deadline },
    );
    return _entities;
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE');
    throw error;
  }
}
