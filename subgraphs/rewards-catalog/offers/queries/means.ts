import { seesMember } from '../../../../shared/graphql/caller.ts';
import type { BaseContext } from '../../../../shared/graphql/context.ts';
import { fault } from '../../../../shared/graphql/faults.ts';
import { NO_TIERS, type TierFacts, type TierPrice, unitPrice } from '../domain/price.ts';

/** What a member can pay with, by unit, and her tier. */
export type Means = Readonly<{
  memberId: string;
  own: ReadonlyMap<string, number>;
  /** Of her family's pool; null: she is in none. */
  family: ReadonlyMap<string, number> | null;
  tiers: TierFacts;
}>;

type Asking = Pick<BaseContext<unknown, unknown>, 'peers' | 'requestId' | 'deadline' | 'caller'>;

const known = new WeakMap<object, Map<string, Promise<Means>>>();

/**
 * Asked once in a request, whatever the number of rewards: members, then points-ledger. Throws FORBIDDEN for whom the
 * caller may not see, PeerFailure during an outage.
 */
export function meansOf(context: Asking, memberId: string): Promise<Means> {
  if (!seesMember(context.caller, memberId)) throw fault('FORBIDDEN');
  const ofRequest = known.get(context) ?? new Map<string, Promise<Means>>();
  known.set(context, ofRequest);
  const means = ofRequest.get(memberId) ?? askMeans(context, memberId);
  ofRequest.set(memberId, means);
  return means;
}

type Wallet = { byUnit: { unit: string; available: number }[] };

async function askMeans({ peers, requestId, deadline }: Asking, memberId: string): Promise<Means> {
  const call = { requestId, deadline };
  const member = { __typename: 'Member', id: memberId };
  type OfMember = { tier: { code: string } | null; family: { id: string } | null } | null;
  const { tiers, _entities } = await peers.ask<{
    tiers: { code: string; threshold: number }[];
    _entities: OfMember[];
  }>(
    'members',
    `query ($r: [_Any!]!) { tiers { code threshold }
      _entities(representations: $r) { ... on Member { tier { code } family { id } } } }`,
    { r: [member] },
    call,
  );
  const familyId = _entities[0]?.family?.id;
  const wallets = await peers.ask<{ _entities: ({ wallet: Wallet | null } | null)[] }>(
    'points-ledger',
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Member { wallet { byUnit { unit available } } }
      ... on Family { wallet { byUnit { unit available } } } } }`,
    { r: [member, ...(familyId === undefined ? [] : [{ __typename: 'Family', id: familyId }])] },
    call,
  );
  const [own, family] = wallets._entities.map((entity) => byUnit(entity?.wallet ?? null));
  return {
    memberId,
    own: own ?? new Map(),
    family: family ?? null,
    tiers: _entities[0] == null ? NO_TIERS : { of: _entities[0].tier?.code ?? null, all: tiers },
  };
}

const byUnit = (wallet: Wallet | null): ReadonlyMap<string, number> =>
  new Map((wallet?.byUnit ?? []).map(({ unit, available }) => [unit, available]));

/** What one of a reward costs her, and what is missing. */
export function affordabilityOf(
  { points, unit }: Readonly<{ points: number; unit: string }>,
  tierPrices: readonly TierPrice[],
  { own, family, tiers }: Means,
) {
  const price = unitPrice(points, tierPrices, tiers).points;
  const available = own.get(unit) ?? 0;
  const familyAvailable = family === null ? null : (family.get(unit) ?? 0);
  return {
    ...{ points: price, unit, available, familyAvailable },
    missing: Math.max(price - available, 0),
    missingWithFamily: Math.max(price - available - (familyAvailable ?? 0), 0),
  };
}
