import type { SubgraphName } from '../../../shared/addresses.ts';
import type { Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

/** Whether a member or a merchant takes part at the moment; null: there is none with this id. */
export type Standing = 'ACTIVE' | 'NOT_ACTIVE' | null;

/** Asks members. Throws PeerFailure when it does not answer. */
export const memberStanding = (asking: Asking, memberId: string): Promise<Standing> =>
  standing(asking, 'members', 'Member', memberId);

/** Asks merchants. Throws PeerFailure when it does not answer. */
export const merchantStanding = (asking: Asking, merchantId: string): Promise<Standing> =>
  standing(asking, 'merchants', 'Merchant', merchantId);

async function standing(
  { peers, requestId, deadline }: Asking,
  peer: SubgraphName,
  type: 'Member' | 'Merchant',
  id: string,
): Promise<Standing> {
  const { _entities } = await peers.ask<{ _entities: ({ status: string | null } | null)[] }>(
    peer,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { id status } } }`,
    { r: [{ __typename: type, id }] },
    { requestId, deadline },
  );
  const status = _entities[0]?.status ?? null;
  if (status === null) return null;
  return status === 'ACTIVE' ? 'ACTIVE' : 'NOT_ACTIVE';
}
