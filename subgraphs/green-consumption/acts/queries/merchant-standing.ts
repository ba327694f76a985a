import { type Caller, hasRole } from '../../../../shared/graphql/caller.ts';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';
import type { GivenAct } from '../domain/act-input.ts';
import { spelt } from '../domain/claim.ts';

/** What merchants says of an act: whether the merchant is there that it is for, and who bought by its order. */
export type MerchantStanding = Readonly<{ isThere: boolean; buyerId: string | null }> | 'UNKNOWN';

/** Nothing of the act is about a merchant, or its own staff says so. */
export const NOT_ASKED: MerchantStanding = { isThere: true, buyerId: null };

const STANDING = `query ($r: [_Any!]!, $merchantId: ID!, $asTyped: String!, $spelt: String!) {
  _entities(representations: $r) { ... on Merchant { id } }
  asTyped: orderBuyer(merchantId: $merchantId, orderNumber: $asTyped)
  spelt: orderBuyer(merchantId: $merchantId, orderNumber: $spelt) }`;

/**
 * Asked before a command, never inside its transaction. An order that merchants does not know is taken at the word of who
 * vouches for it: not all sell through the alliance.
 */
export async function merchantStanding(
  peers: Peers,
  { evidence, merchantId }: Pick<GivenAct, 'evidence' | 'merchantId'>,
  call: Pick<Call, 'requestId' | 'deadline'> & Readonly<{ caller: Caller }>,
): Promise<MerchantStanding> {
  const isForOther = merchantId != null && hasRole(call.caller, 'OPERATOR', 'SERVICE');
  if (evidence.kind !== 'ORDER' && !isForOther) return NOT_ASKED;
  type Answer = {
    _entities: (object | null)[];
    asTyped: string | null;
    spelt: string | null;
  };
  const number = evidence.kind === 'ORDER' ? evidence.number : '';
  const variables = {
    r: isForOther ? [{ __typename: 'Merchant', id: merchantId }] : [],
    merchantId: spelt(evidence.issuer).toLowerCase(),
    // As the claim has it, and as an order may have it that was numbered with blanks.
    ...{ asTyped: number.normalize('NFKC').trim(), spelt: spelt(number) },
  };
  try {
    const { requestId, deadline } = call;
    const answer = await peers.ask<Answer>('merchants', STANDING, variables, {
      requestId,
      deadline,
    });
    return {
      isThere: !isForOther || answer._entities[0] != null,
      buyerId: answer.spelt ?? answer.asTyped,
    };
  } catch (error) {
    if (error instanceof PeerFailure) return 'UNKNOWN';
    throw error;
  }
}
