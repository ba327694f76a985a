import type { Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

/** What a member who is there agrees to at this moment. */
export type Consents = Readonly<{ isProfiled: boolean; wantsMessages: boolean }>;

const CONSENTS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Member { id status consents { purpose withdrawnAt } }
  }
}`;

type Told = Readonly<{
  status: string | null;
  consents: readonly { purpose: string; withdrawnAt: string | null }[] | null;
}>;

/**
 * What members agree to, by id, in one question; who is not there or has left is missing. Throws PeerFailure when
 * members does not answer: then nobody may be profiled.
 */
export async function consentsOf(
  peers: Peers,
  memberIds: readonly string[],
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<ReadonlyMap<string, Consents>> {
  if (memberIds.length === 0) return new Map();
  type Answer = { _entities: (Told | null)[] };
  const representations = memberIds.map((id) => ({ __typename: 'Member', id }));
  const { _entities } = await peers.ask<Answer>('members', CONSENTS, { representations }, call);
  return new Map(
    memberIds.flatMap((id, index): [string, Consents][] => {
      const told = _entities[index];
      return told?.status === 'ACTIVE' ? [[id, readConsents(told)]] : [];
    }),
  );
}

function readConsents({ consents }: Told): Consents {
  const stands = (purpose: string): boolean =>
    consents?.some((one) => one.purpose === purpose && one.withdrawnAt === null) === true;
  return { isProfiled: stands('PROFILING'), wantsMessages: stands('MARKETING') };
}
