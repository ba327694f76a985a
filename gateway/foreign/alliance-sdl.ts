import { catalogItem, catalogItemSdl, PLATFORM_FIELDS, sharedSdl } from './contract.ts';

const OWN = `
type Query {
  "Everything to be had for points: the rewards of the catalogue, then what merchants serve from subgraphs of their own. A source that does not answer is one null with an error."
  allianceItems(
    "How many, 1 to 100."
    first: Int!
    "The \`endCursor\` of the page before."
    after: String
    "Only what this merchant offers."
    merchantId: ID
  ): CatalogItemConnection! @auth(requires: [["PUBLIC"]])
    @listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])
}

"A page of items."
type CatalogItemConnection {
  edges: [CatalogItemEdge!]!
  "Null where a source did not answer."
  nodes: [CatalogItem]!
  pageInfo: PageInfo!
}

"An item and its place in the list."
type CatalogItemEdge {
  node: CatalogItem
  "Pass as \`after\` for the items behind this one."
  cursor: String!
}

type Merchant @key(fields: "id", resolvable: false) {
  # Owned by merchants; we refer to it.
  id: ID!
}
`;

/**
 * The contract of the `alliance` subgraph: one list over the catalogue and the merchants' own
 * subgraphs, and what the platform itself says of a merchant's item. Made anew from the prefixes of
 * those who take part.
 */
export function allianceSdl(prefixes: readonly string[]): string {
  const external = (said: readonly string[]): string =>
    (catalogItem().fields ?? [])
      .filter(({ name }) => name.value !== 'id')
      .map(({ name: { value: name }, type }) => {
        const named = type.kind === 'NamedType' ? type.name.value : '';
        return `  ${name}: ${named}${said.includes(name) ? '' : ' @external'}`;
      })
      .join('\n');
  const reward = `
type Reward implements CatalogItem @key(fields: "id", resolvable: false) {
  # Owned by rewards-catalog; we refer to it.
  id: ID!
${external([])}
}`;
  const items = prefixes.map(
    (prefix) => `
type ${itemOf(prefix)} implements CatalogItem @key(fields: "id") {
  id: ID!
${external(PLATFORM_FIELDS)}
}`,
  );
  return [sharedSdl, catalogItemSdl, OWN, reward, ...items].join('\n');
}

/** The type of the items of the merchant with this prefix. */
export const itemOf = (prefix: string): string => `${prefix}_Item`;

/** The name of its subgraph in the supergraph, and what its root fields begin with. */
export const subgraphOf = (prefix: string): string => prefix.toLowerCase();
