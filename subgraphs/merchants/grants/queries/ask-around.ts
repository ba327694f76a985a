import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';
import { worthAtLeast } from '../../compliance/domain/subject-of.ts';
import { worthOf } from '../../compliance/domain/worth.ts';
import { highestWorths } from '../../compliance/queries/worth.ts';
import type { Context } from '../../context.ts';
import type { MerchantRow } from '../../entities/merchant.ts';
import type { Worth } from '../domain/appreciation.ts';

/** What others say before points are shared out. */
export type AppreciationFacts = Readonly<{
  /** The highest cash-equivalent of the points. */
  worth: Worth;
  /** Of the worth, and so of what was paid. */
  currency: string;
  /** How many more points its cover lets the issuer issue; null: as many as it likes. */
  coverLeft: number | null;
}>;

type Asking = Pick<Context, 'peers' | 'requestId' | 'deadline'>;

const COVER = 'query ($issuerId: ID!) { issuerCover(issuerId: $issuerId) { unit left } }';

/** Throws SUBGRAPH_UNAVAILABLE when the catalogue or the ledger does not answer: neither is guessed. */
export async function askAround(
  context: Asking,
  issuer: MerchantRow,
  unit: string,
): Promise<AppreciationFacts> {
  const own = [issuer.id];
  const [worths, coverLeft] = await Promise.all([
    highestWorths(context, [unit], own),
    coverLeftOf(context, issuer.id, unit),
  ]);
  if (worths === null) throw fault('SUBGRAPH_UNAVAILABLE', 'WORTH_NOT_KNOWN');
  const { currency } = issuer;
  const { minor, points } = worthAtLeast(issuer, worthOf(worths, { unit, currency, own }));
  return { worth: { minor, points }, currency, coverLeft };
}

async function coverLeftOf(
  { peers, requestId, deadline }: Asking,
  issuerId: string,
  unit: string,
): Promise<number | null> {
  type Answer = { issuerCover: { unit: string; left: number }[] };
  try {
    const call = { requestId, deadline };
    const { issuerCover } = await peers.ask<Answer>('points-ledger', COVER, { issuerId }, call);
    return issuerCover.find((cover) => cover.unit === unit)?.left ?? null;
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'LEDGER_UNREACHABLE');
    throw error;
  }
}

/** Members who are there, and their tiers. */
const MEMBERS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Member { id status tier { code } } }
}`;

/** The tiers of those of these members who are there, by id. Throws PeerFailure when members does not answer. */
export async function activeMembers(
  peers: Peers,
  memberIds: readonly string[],
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<ReadonlyMap<string, string | null>> {
  if (memberIds.length === 0) return new Map();
  type Answer = { _entities: ({ status: string | null; tier: { code: string } | null } | null)[] };
  const representations = memberIds.map((id) => ({ __typename: 'Member', id }));
  const { _entities } = await peers.ask<Answer>('members', MEMBERS, { representations }, call);
  return new Map(
    memberIds.flatMap((id, index): [string, string | null][] => {
      const member = _entities[index];
      return member?.status === 'ACTIVE' ? [[id, member.tier?.code ?? null]] : [];
    }),
  );
}
