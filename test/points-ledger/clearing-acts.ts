import { freshKey, operator } from '../support/people.ts';
import type { OpenClearing } from './clearing-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of its own document.
type Data = any;

const STATEMENT =
  'statement { state confirmedAt lines { number state disputeReason decisionNote } }';
const FIELDS: Readonly<Record<string, string>> = {
  confirmClearingStatement: `... on ClearingLinesConfirmed { ${STATEMENT} }`,
  disputeClearingLine: `... on ClearingLineDisputed { ${STATEMENT} }`,
  resolveClearingDispute: `... on ClearingDisputeResolved { statements {
    state merchant { id } lines { number state disputeReason decisionNote } } }`,
  recordSettlement: `... on SettlementRecorded { payment { state reference paidOn amount { amountMinor } } }
    ... on AmountDiffers { dueMinor }`,
  declareDefault: `... on DefaultDeclared { payments { payee { id } state defaultReason
    amount { amountMinor } guaranteed { amountMinor } uncovered { amountMinor } } }`,
  agreeClearingTerms: `... on ClearingTermsAgreed { merchant { id } terms { mode paymentDays feeNumerator
    feeDenominator guarantee { amountMinor currency } } } ... on InvalidInput { field }`,
};

/** Asks for a mutation of clearing under a fresh key. */
export async function act(
  books: OpenClearing,
  name: string,
  input: Record<string, unknown>,
  as = operator,
): Promise<Data> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await books.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
      __typename ${FIELDS[name]} ... on Refusal { code message } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    { as },
  );
  return data[name];
}

/** Yuan in fen. */
export const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });

/** One cycle in which A owes B 800 and C 400; the statements by merchant. */
export async function closed(books: OpenClearing) {
  await books.redeem([
    ['A', 'B', 1000],
    ['A', 'C', 500],
  ]);
  const { cycle } = await books.close();
  const of = (id: string) =>
    cycle.statements.find(({ merchant }: { merchant: { id: string } }) => merchant.id === id);
  return { cycle, a: of('A'), b: of('B'), c: of('C') };
}
