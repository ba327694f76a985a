import type { Asking } from '../../commands/post-points.ts';

/** What a merchant owes for points that it issues. */
export type IssuingPrice = Readonly<{
  priceMinor: number;
  pricePoints: number;
  priceCurrency: string;
}>;

type Contract = Readonly<{
  price: Readonly<{ amountMinor: number; currency: string }>;
  pricePoints: number;
}>;

/** By its contract in force, asked of merchants; null: it has none. Throws PeerFailure when they do not answer. */
export async function issuingPrice(
  { frame, call }: Asking,
  merchantId: string,
): Promise<IssuingPrice | null> {
  const { _entities } = await frame.peers.ask<{
    _entities: ({ contract: Contract | null } | null)[];
  }>(
    'merchants',
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Merchant { contract { price { amountMinor currency } pricePoints } } } }`,
    { r: [{ __typename: 'Merchant', id: merchantId }] },
    call,
  );
  const contract = _entities[0]?.contract ?? null;
  return (
    contract && {
      priceMinor: contract.price.amountMinor,
      pricePoints: contract.pricePoints,
      priceCurrency: contract.price.currency,
    }
  );
}
