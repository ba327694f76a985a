import type { Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

type Asking = Readonly<{ peers: Peers }> & Partial<Pick<Call, 'requestId' | 'deadline'>>;

const entitiesOf = async <Told>(
  { peers, ...call }: Asking,
  peer: 'members' | 'merchants' | 'points-ledger',
  type: 'Member' | 'Merchant',
  { ids, fields }: Readonly<{ ids: readonly string[]; fields: string }>,
): Promise<readonly (Told | null)[]> => {
  if (ids.length === 0) return [];
  const { requestId, deadline } = call;
  const { _entities } = await peers.ask<{ _entities: (Told | null)[] }>(
    peer,
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { id ${fields} } } }`,
    { r: ids.map((id) => ({ __typename: type, id })) },
    requestId === undefined ? undefined : { requestId, deadline: deadline ?? null },
  );
  return _entities;
};

type Consenting = Readonly<{
  id: string;
  status: string | null;
  consents:
    | readonly Readonly<{ purpose: string; grantedAt: string; withdrawnAt: string | null }>[]
    | null;
}>;

/**
 * Since when each of these members agrees to be written to, at this moment; who does not is missing (R23). One
 * question to members, which throws PeerFailure when it does not answer.
 */
export async function agreedSince(
  asking: Asking,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const fields = 'status consents { purpose grantedAt withdrawnAt }';
  const found = await entitiesOf<Consenting>(asking, 'members', 'Member', { ids, fields });
  return new Map(
    found.flatMap((member): [string, Date][] => {
      const consent = member?.consents?.find(
        ({ purpose, withdrawnAt }) => purpose === 'MARKETING' && withdrawnAt === null,
      );
      return member?.status === 'ACTIVE' && consent !== undefined
        ? [[member.id, new Date(consent.grantedAt)]]
        : [];
    }),
  );
}

type Owning = Readonly<{
  id: string;
  wallet: Readonly<{ byUnit: readonly Readonly<{ unit: string; available: number }>[] }> | null;
}>;

/** What each of these members can spend, by unit. One question to points-ledger. */
export async function walletsOf(
  asking: Asking,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const fields = 'wallet { byUnit { unit available } }';
  const found = await entitiesOf<Owning>(asking, 'points-ledger', 'Member', { ids, fields });
  return new Map(
    found.flatMap((owner): [string, ReadonlyMap<string, number>][] =>
      owner?.wallet == null
        ? []
        : [[owner.id, new Map(owner.wallet.byUnit.map((of) => [of.unit, of.available]))]],
    ),
  );
}

/** Which of these merchants take part at the moment. One question to merchants. */
export async function activeOf(
  asking: Asking,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  type Standing = Readonly<{ id: string; status: string | null }>;
  const all = { ids, fields: 'status' };
  const found = await entitiesOf<Standing>(asking, 'merchants', 'Merchant', all);
  return new Set(found.flatMap((one) => (one?.status === 'ACTIVE' ? [one.id] : [])));
}
