import type { Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

/** What the ledger says of a case against a member. */
export type LedgerCase = Readonly<{
  id: string;
  /** From then on the member knows of it and may appeal; null: it is only proposed. */
  frozenAt: string | null;
  /** Null while it is open. */
  outcome: string | null;
  accruals: readonly Readonly<{ causeId: string | null }>[] | null;
}>;

const CASES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Member { wallet { cases { id frozenAt outcome accruals { causeId } } } }
  }
}`;

/** All cases against members. One question. Throws PeerFailure when the ledger does not answer. */
export async function ledgerCases(
  peers: Peers,
  memberIds: readonly string[],
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<LedgerCase[]> {
  if (memberIds.length === 0) return [];
  type Answer = { _entities: ({ wallet: { cases: LedgerCase[] } | null } | null)[] };
  const representations = [...new Set(memberIds)].map((id) => ({ __typename: 'Member', id }));
  const { _entities } = await peers.ask<Answer>('points-ledger', CASES, { representations }, call);
  return _entities.flatMap((member) => member?.wallet?.cases ?? []);
}
