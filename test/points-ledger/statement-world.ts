import { asMember, type operator } from '../support/people.ts';
import type { OpenBooks } from './books-world.ts';

const BALANCE = 'unit available pending held debt';
const LINE = `id kind recordedAt causeKind causeId ruleVersion purchase { id } redemption { id }
  acceptor { id } changes { unit points balance change { ${BALANCE} } after { ${BALANCE} }
    lots { account issuer { id } points expiresOn } }`;

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

type Options = Readonly<{ memberId?: string; as?: typeof operator; locale?: 'en' | 'zh-CN' }>;

/** Asks for a field of a wallet. */
export async function ofWallet(
  books: OpenBooks,
  field: string,
  options: Options = {},
): Promise<Data> {
  const { memberId = 'ann', as = asMember(memberId), locale = 'en' } = options;
  const [member] = await books.entities(
    `... on Member { wallet { ${field} } }`,
    [{ __typename: 'Member', id: memberId }],
    { as, locale },
  );
  return member.wallet;
}

/** A page of the statement of a member. */
export const page = async (books: OpenBooks, args: string, options: Options = {}): Promise<Data> =>
  (
    await ofWallet(
      books,
      `statement(${args}) { nodes { ${LINE} } totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
      options,
    )
  ).statement;

/** The balances of a member at an instant. */
export const balanceAt = async (books: OpenBooks, at: string, memberId = 'ann'): Promise<Data[]> =>
  (await ofWallet(books, `balanceAt(at: "${at}") { ${BALANCE} }`, { memberId })).balanceAt;
