import type { EntityManager } from 'typeorm';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

const PAGE = 100;

const CONSENTS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Member { id status consents { purpose withdrawnAt } }
  }
}`;

type Answer = {
  _entities: ({
    id: string;
    status: string | null;
    consents: { purpose: string; withdrawnAt: string | null }[] | null;
  } | null)[];
};

/**
 * Who of those that are known to have consented still does, asked of members at this moment, since a withdrawal counts
 * at once (R17). Null: members does not answer, so nobody is told of.
 */
export async function consentingNow(
  { reader, peers }: Readonly<{ reader: EntityManager; peers: Peers }>,
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<string[] | null> {
  const rows = await reader.query<{ member_id: string }[]>(
    'SELECT member_id FROM green_city_consent ORDER BY member_id',
  );
  const ids = rows.map(({ member_id }) => member_id);
  const consenting: string[] = [];
  try {
    for (let start = 0; start < ids.length; start += PAGE) {
      const part = ids.slice(start, start + PAGE);
      const representations = part.map((id) => ({ __typename: 'Member', id }));
      const { _entities } = await peers.ask<Answer>('members', CONSENTS, { representations }, call);
      consenting.push(...part.filter((_, index) => consents(_entities[index])));
    }
  } catch (error) {
    if (error instanceof PeerFailure) return null;
    throw error;
  }
  return consenting;
}

const consents = (member: Answer['_entities'][number] | undefined): boolean =>
  member?.status === 'ACTIVE' &&
  (member.consents ?? []).some(
    ({ purpose, withdrawnAt }) => purpose === 'CITY_CREDIT' && withdrawnAt === null,
  );
