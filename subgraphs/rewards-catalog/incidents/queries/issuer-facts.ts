import { fault } from '../../../../shared/graphql/faults.ts';
import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

/** What others say of a merchant whose points are to be given. */
export type IssuerFacts = Readonly<{
  /** Whether it takes part and may issue points at the moment. */
  isIssuing: boolean;
  /** What it owes for `points` points, in the smallest unit of `currency`; null: it has no contract. */
  price: Readonly<{ minor: number; points: number; currency: string }> | null;
  /** The units that it may issue beside ALLIANCE. */
  units: readonly string[];
  /** How many more points of the unit its cover lets it issue; null: as many as it likes. */
  coverLeft: number | null;
}>;

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

const MERCHANT = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Merchant {
  id status issuing { isIssuing } programmes { unit }
  contract { pricePoints price { amountMinor currency } } } } }`;

const COVER = 'query ($issuerId: ID!) { issuerCover(issuerId: $issuerId) { unit left } }';

type Issuer = Readonly<{
  status: string | null;
  issuing: Readonly<{ isIssuing: boolean }> | null;
  programmes: readonly Readonly<{ unit: string }>[] | null;
  contract: Readonly<{
    pricePoints: number;
    price: Readonly<{ amountMinor: number; currency: string }>;
  }> | null;
}>;

/** Throws SUBGRAPH_UNAVAILABLE when merchants or the ledger does not answer: neither is guessed. */
export async function issuerFacts(
  { peers, requestId, deadline }: Asking,
  merchantId: string,
  unit: string,
): Promise<IssuerFacts> {
  const call = { requestId, deadline };
  type Covers = { issuerCover: readonly Readonly<{ unit: string; left: number }>[] };
  try {
    const [{ _entities }, { issuerCover }] = await Promise.all([
      peers.ask<{ _entities: (Issuer | null)[] }>(
        'merchants',
        MERCHANT,
        { r: [{ __typename: 'Merchant', id: merchantId }] },
        call,
      ),
      peers.ask<Covers>('points-ledger', COVER, { issuerId: merchantId }, call),
    ]);
    const merchant = _entities[0] ?? null;
    const contract = merchant?.contract ?? null;
    return {
      isIssuing: merchant?.status === 'ACTIVE' && merchant.issuing?.isIssuing === true,
      price: contract && {
        minor: contract.price.amountMinor,
        points: contract.pricePoints,
        currency: contract.price.currency,
      },
      units: (merchant?.programmes ?? []).map((programme) => programme.unit),
      coverLeft: issuerCover.find((cover) => cover.unit === unit)?.left ?? null,
    };
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'REMEDY_NOT_ASSESSED');
    throw error;
  }
}
