import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Context } from '../../context.ts';
import type { Taste } from '../domain/recommend.ts';

/** What is known of a member's taste; else why nothing is looked at. */
export type Tastes =
  | Readonly<{ tastes: readonly Taste[]; note: null }>
  | Readonly<{ note: NoTastes }>;

export type NoTastes = 'NOT_ASKED_FOR' | 'NO_PROFILE_AGREED' | 'CONSENTS_NOT_KNOWN';

type Asking = Pick<Context, 'peers' | 'requestId' | 'deadline'>;

const CONSENTS = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Member { id status consents { purpose withdrawnAt } } } }`;

const PROFILES = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Member { id purchaseProfiles { merchant { id } preferences { kind value } } } } }`;

type Consenting = Readonly<{
  status: string | null;
  consents: readonly Readonly<{ purpose: string; withdrawnAt: string | null }>[] | null;
}>;

type Profiled = Readonly<{
  purchaseProfiles:
    | readonly Readonly<{
        merchant: Readonly<{ id: string }> | null;
        preferences: readonly Readonly<{ kind: string; value: string }>[];
      }>[]
    | null;
}>;

/**
 * Asks members whether she agrees to a profile at this moment, and only then merchants for it (PIPL 13–17). When
 * one of them does not answer nothing is looked at.
 */
export async function tastesOf(asking: Asking, memberId: string): Promise<Tastes> {
  try {
    const member = await entity<Consenting>(asking, 'members', CONSENTS, memberId);
    const agrees = member?.consents?.some(
      ({ purpose, withdrawnAt }) => purpose === 'PROFILING' && withdrawnAt === null,
    );
    if (member?.status !== 'ACTIVE' || agrees !== true) return { note: 'NO_PROFILE_AGREED' };
    const known = await entity<Profiled>(asking, 'merchants', PROFILES, memberId);
    const tastes = (known?.purchaseProfiles ?? []).flatMap(({ merchant, preferences }) => {
      const categories = preferences
        .filter(({ kind }) => kind === 'CATEGORY')
        .map(({ value }) => value);
      return merchant === null ? [] : [{ merchantId: merchant.id, categories }];
    });
    return { tastes, note: null };
  } catch (error) {
    if (error instanceof PeerFailure) return { note: 'CONSENTS_NOT_KNOWN' };
    throw error;
  }
}

async function entity<Told>(
  { peers, requestId, deadline }: Asking,
  peer: 'members' | 'merchants',
  query: string,
  id: string,
): Promise<Told | null> {
  type Answer = { _entities: (Told | null)[] };
  const r = [{ __typename: 'Member', id }];
  const { _entities } = await peers.ask<Answer>(peer, query, { r }, { requestId, deadline });
  return _entities[0] ?? null;
}
