import type { Context } from '../../context.ts';
import { type Candidate, type Chosen, choose } from '../domain/recommend.ts';
import { candidates } from './candidates.ts';
import { type NoTastes, tastesOf } from './tastes.ts';

/** Rewards as somebody is shown them, each with its reason and the name of its merchant in her language. */
export type Recommendations = Readonly<{
  /** Why her taste had no part in it; null: it had. */
  note: NoTastes | null;
  rewards: readonly Recommended[];
}>;

export type Recommended = Chosen & Readonly<{ merchantName: string }>;

type Asked = Readonly<{ memberId: string | null; personalised: boolean; size: number }>;

/**
 * What can be redeemed now: offered, in stock, of a merchant that takes part. Throws PeerFailure when merchants does
 * not answer, since nobody knows then what can be redeemed.
 */
export async function recommendations(
  context: Context,
  { memberId, personalised, size }: Asked,
): Promise<Recommendations> {
  const known =
    memberId === null || !personalised
      ? ({ note: 'NOT_ASKED_FOR' } as const)
      : await tastesOf(context, memberId);
  const tastes = known.note === null ? known.tastes : [];
  const found = await candidates(context.database.reader, {
    merchantIds: tastes.map(({ merchantId }) => merchantId),
    at: context.clock.now(),
  });
  const names = await namesOfActive(context, found);
  const rewards = choose(found, tastes).flatMap((chosen): Recommended[] => {
    const merchantName = names.get(chosen.offer.merchantId);
    return merchantName === undefined ? [] : [{ ...chosen, merchantName }];
  });
  return { note: known.note, rewards: rewards.slice(0, size) };
}

/** The names of those merchants of rewards that take part at the moment, by id. One question. */
async function namesOfActive(
  { peers, requestId, deadline, locale }: Context,
  offers: readonly Candidate[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(offers.map(({ merchantId }) => merchantId))];
  if (ids.length === 0) return new Map();
  type Told = Readonly<{ id: string; status: string | null; name: string | null }> | null;
  const { _entities } = await peers.ask<{ _entities: Told[] }>(
    'merchants',
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Merchant { id status name } } }`,
    { r: ids.map((id) => ({ __typename: 'Merchant', id })) },
    { requestId, deadline, language: locale },
  );
  return new Map(
    _entities.flatMap((told): [string, string][] =>
      told?.status === 'ACTIVE' ? [[told.id, told.name ?? '']] : [],
    ),
  );
}
