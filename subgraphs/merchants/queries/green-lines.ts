import type { Peers } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';

/** An order, as far as it decides which of its lines are green. */
export type AssessedOrder = Readonly<{
  /** Tells the orders of one question apart. */
  name: string;
  merchantId: string;
  purchasedAt: Date;
  lines: readonly Readonly<{
    number: number;
    sku: string | null;
    quantity: number;
    certificateNumber: string | null;
  }>[];
}>;

const QUERY = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Purchase { green { lines { number isCertified } } }
  }
}`;

/**
 * Whether the certificate that a line names was valid when it was bought and covers it, by the name of the
 * order and the number of the line. One question, however many orders; none when no line names one. Throws
 * PeerFailure when green-consumption does not answer.
 */
export async function greenLines(
  peers: Peers,
  orders: readonly AssessedOrder[],
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<ReadonlyMap<string, ReadonlyMap<number, boolean>>> {
  const asked = orders.flatMap((order) => {
    const lines = order.lines.filter(({ certificateNumber }) => certificateNumber !== null);
    return lines.length === 0 ? [] : [{ ...order, lines }];
  });
  if (asked.length === 0) return new Map();
  type Assessment = { lines: { number: number; isCertified: boolean }[] };
  type Answer = { _entities: ({ green: Assessment | null } | null)[] };
  const representations = asked.map(represented);
  const { _entities } = await peers.ask<Answer>(
    'green-consumption',
    QUERY,
    { representations },
    call,
  );
  return new Map(
    asked.map(({ name }, index) => {
      const lines = _entities[index]?.green?.lines ?? [];
      return [name, new Map(lines.map(({ number, isCertified }) => [number, isCertified]))];
    }),
  );
}

const represented = ({ name, merchantId, purchasedAt, lines }: AssessedOrder) => ({
  __typename: 'Purchase',
  id: name,
  merchant: { __typename: 'Merchant', id: merchantId },
  purchasedAt: purchasedAt.toISOString(),
  lines: lines.map(({ number, sku, quantity, certificateNumber }) => ({
    number,
    sku,
    quantity,
    returnedQuantity: 0,
    certificateNumber,
    behaviour: null,
  })),
});
