import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../../shared/graphql/peers.ts';
import type { Context } from '../../context.ts';
import type { GivenAct } from '../domain/act-input.ts';
import { behaviourOf } from '../domain/behaviours.ts';
import { SOLD, spelt } from '../domain/claim.ts';

const QUERY = `query ($merchantIds: [ID!]!, $number: String!) {
  redemptionOfNumber(merchantIds: $merchantIds, number: $number) }`;

/**
 * The redemption whose voucher the evidence of an act is, by a code of the voucher or the number of the redemption; null: none.
 * The catalogue is asked only for a merchant whose rewards are certified to save something. Throws SUBGRAPH_UNAVAILABLE
 * while it does not answer.
 */
export async function redeemedAs(
  { database, peers, requestId, deadline }: Context,
  { behaviour, evidence, merchantId }: Pick<GivenAct, 'behaviour' | 'evidence' | 'merchantId'>,
): Promise<string | null> {
  if (behaviourOf(behaviour) === null || !SOLD.includes(evidence.kind)) return null;
  const named = [spelt(evidence.issuer).toLowerCase(), merchantId ?? ''];
  const rows = await database.reader.query<{ id: string }[]>(
    `SELECT DISTINCT merchant_id AS id FROM green_certificate certificate
       JOIN green_certificate_scope scope ON scope.certificate_id = certificate.id AND scope.kind = 'REWARD'
     WHERE merchant_id IN (?, ?) AND behaviour IS NOT NULL`,
    named,
  );
  if (rows.length === 0) return null;
  try {
    const { redemptionOfNumber } = await peers.ask<{ redemptionOfNumber: string | null }>(
      'rewards-catalog',
      QUERY,
      { merchantIds: rows.map(({ id }) => id), number: evidence.number },
      { requestId, deadline },
    );
    return redemptionOfNumber;
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE');
    throw error;
  }
}
