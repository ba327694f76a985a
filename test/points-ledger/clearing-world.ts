import type { Caller } from '../../shared/graphql/caller.ts';
import type { SubgraphResponse } from '../../shared/graphql/request.ts';
import type { AloneOptions } from '../support/alone.ts';
import type { Engine } from '../support/engines.ts';
import { asMerchant, freshKey, operator } from '../support/people.ts';
import { accrue, burn, type OpenBooks, openBooks, rewards } from './books-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const CLOSE = `mutation ($input: CloseClearingCycleInput!) { closeClearingCycle(input: $input) {
  __typename ... on ClearingCycleClosed { cycle { id number firstSeq lastSeq
    volumes { claims gross { amountMinor currency } payments net { amountMinor } }
    payments { id payer { id } payee { id } amount { amountMinor currency } dueOn state }
    statements { id merchant { id } state
      totals { receivable { amountMinor } payable { amountMinor }
        net { amountMinor currency } fee { amountMinor } }
      lines { id number kind side debtor { id } creditor { id } price { amountMinor currency }
        pricePoints points amount { amountMinor currency } burnCount state correctsId note } } } }
  ... on Refusal { code message } } }`;

/** The names that merchants would give; each id stands for itself unless said otherwise. */
export const namesOf =
  (names: Readonly<Record<string, string>> = {}): NonNullable<AloneOptions['peer']> =>
  (peer, { query, variables, call }): SubgraphResponse | null => {
    if (peer !== 'merchants' || !query.includes('_entities')) return null;
    const { representations } = variables as { representations: { id: string }[] };
    const language = call.locale === 'zh-CN' ? '店' : '';
    return {
      data: {
        _entities: representations.map(({ id }) => ({
          id,
          name: `${names[id] ?? `Shop ${id}`}${language}`,
        })),
      },
    };
  };

/** The ledger alone, with what a test of clearing does. */
export async function openClearing(engine: Engine, options: AloneOptions = {}) {
  const books = await openBooks(engine, { peer: namesOf(), ...options });
  return Object.assign(books, clearingOf(books));
}

export type OpenClearing = Awaited<ReturnType<typeof openClearing>>;

export const clearingOf = (books: OpenBooks) => ({
  /** What closing answers, as the operator sees it. */
  close: async (idempotencyKey = freshKey()): Promise<Data> => {
    const { closeClearingCycle } = await books.data(CLOSE, { input: { idempotencyKey } });
    return closeClearingCycle;
  },

  /** The statement of a merchant in its newest cycle, with the asked fields, as it sees them itself. */
  statement: async (
    merchantId: string,
    fields: string,
    {
      as = asMerchant(merchantId),
      locale = 'en' as const,
    }: { as?: Caller; locale?: 'en' | 'zh-CN' } = {},
  ): Promise<Data> => {
    const { clearingStatements } = await books.data(
      `query ($id: ID!) { clearingStatements(first: 1, filter: { merchantId: { eq: $id } }) {
        nodes { ${fields} } } }`,
      { id: merchantId },
      { as, locale },
    );
    return clearingStatements.nodes[0];
  },

  /** Each member gets points of an issuer and spends them at an acceptor. The ids of the redemptions. */
  redeem: async (
    deals: readonly (readonly [issuer: string, acceptor: string, points: number])[],
  ): Promise<string[]> => {
    const ids = deals.map(() => freshKey());
    await books.post(
      deals.flatMap(([issuerId, acceptorId, points], index) => {
        const walletId = `of ${ids[index]}`;
        return [
          accrue({ walletId, issuerId, points }),
          burn({ walletId, acceptorId, points, causeId: String(ids[index]) }),
        ];
      }),
    );
    return ids;
  },

  events: async (): Promise<{ kind: string; payload: Data }[]> => {
    const { pointsLedgerFeed } = await books.data(
      '{ pointsLedgerFeed(after: 0, first: 1000) { kind payload } }',
      {},
      { as: rewards },
    );
    return pointsLedgerFeed
      .filter(({ kind }: { kind: string }) => kind.startsWith('clearing.'))
      .map(({ kind, payload }: { kind: string; payload: string }) => ({
        kind,
        payload: JSON.parse(payload),
      }));
  },
});

export { asMerchant, operator };
