import { assert } from '../../shared/assert.ts';
import { asMerchant, freshKey, operator, type World } from '../support/world.ts';

export const KINDS = ['CREDIT_CERTIFICATE', 'THIRD_PARTY_ASSESSMENT', 'FILING'] as const;

export const aDocument = (given: Record<string, unknown> = {}) => ({
  kind: 'FILING',
  number: 'BA-1',
  issuingBody: 'Filing authority',
  issuedOn: '2026-01-01',
  expiresOn: '2027-01-01',
  ...given,
});

type As = Readonly<{ as?: typeof operator; locale?: 'en' | 'zh-CN' }>;

/** What a mutation answers: its result, or the code of its fault. */
export async function deed(
  world: World,
  name: string,
  fields: string,
  input: Record<string, unknown>,
  options: As = {},
) {
  const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await world.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
      __typename ... on Refusal { code message } ${fields} } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    options,
  );
  return errors === undefined ? data[name] : { fault: errors[0]?.extensions.code };
}

/** Hands a document in, as the merchant's staff. */
export const submit = (
  world: World,
  merchantId: string,
  document: Record<string, unknown> = {},
  options: As = { as: asMerchant(merchantId) },
) =>
  deed(
    world,
    'submitIssuerDocument',
    '... on IssuerDocumentSubmitted { document { id state } } ... on InvalidInput { field }',
    { merchantId, document: aDocument(document) },
    options,
  );

const DECIDED = '... on IssuerDocumentDecided { document { id state reason } }';

export const verify = (world: World, documentId: string, options: As = {}) =>
  deed(world, 'verifyIssuerDocument', DECIDED, { documentId }, options);

export const reject = (world: World, documentId: string, options: As = {}) =>
  deed(world, 'rejectIssuerDocument', DECIDED, { documentId, reason: 'Not its own' }, options);

/** Hands a document in and has it verified. */
export async function show(
  world: World,
  merchantId: string,
  document: Record<string, unknown> = {},
): Promise<string> {
  const { document: submitted } = await submit(world, merchantId, document);
  await verify(world, submitted.id);
  return submitted.id;
}

/** What anybody reads of a merchant before buying. */
export async function issuing(world: World, merchantId: string, options: As = {}) {
  const { merchant } = await world.data(
    `query ($id: ID!) { merchant(id: $id) {
      issuing { isIssuing code reason since until } notice { kind message since until } status } }`,
    { id: merchantId },
    options,
  );
  return merchant;
}

/** The kinds and payloads of the feed of merchants, from the beginning. */
export async function feedOf(world: World, kind: string) {
  const subgraph = world.embedded.subgraphs.get('merchants');
  assert(subgraph, 'merchants is there');
  const { data } = await subgraph.answer({
    query: '{ merchantsFeed(after: 0, first: 1000) { kind payload } }',
    call: {
      caller: { ...operator, subject: 'service:test', roles: ['SERVICE'] },
      locale: 'en',
      requestId: 'test',
      deadline: null,
    },
  });
  const events: { kind: string; payload: string }[] = JSON.parse(
    JSON.stringify(data?.merchantsFeed),
  );
  return events.filter((one) => one.kind === kind).map(({ payload }) => JSON.parse(payload));
}
