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

/** What a merchant may put a reward at: its standing, its name, and the units that it issues itself. */
export type Seller = Readonly<{
  standing: Standing;
  name: string | null;
  units: readonly string[];
  /** Of its contract; null: it has none. */
  currency: string | null;
}>;

/** Asks merchants. Throws PeerFailure when it does not answer. */
export async function sellerOf(asking: Asking, merchantId: string): Promise<Seller> {
  type Answer = {
    status: string | null;
    name: string | null;
    programmes: { unit: string }[] | null;
    contract: { price: { currency: string } } | null;
  } | null;
  const { _entities } = await asking.peers.ask<{ _entities: Answer[] }>(
    'merchants',
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Merchant { id status name programmes { unit } contract { price { currency } } } } }`,
    { r: [{ __typename: 'Merchant', id: merchantId }] },
    { requestId: asking.requestId, deadline: asking.deadline },
  );
  const [merchant] = _entities;
  const units = (merchant?.programmes ?? []).map(({ unit }) => unit);
  if (merchant?.status == null) return { standing: null, name: null, units, currency: null };
  const standing = merchant.status === 'ACTIVE' ? 'ACTIVE' : 'NOT_ACTIVE';
  const currency = merchant.contract?.price.currency ?? null;
  return { standing, name: merchant.name, units, currency };
}

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
