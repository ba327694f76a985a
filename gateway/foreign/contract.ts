import { readFileSync } from 'node:fs';
import {
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql';

/** What every subgraph of the platform shares, and what an item of the alliance is. */
const texts = ['shared.graphql', 'catalog-item.graphql'].map((file) =>
  readFileSync(new URL(`../../shared/graphql/${file}`, import.meta.url), 'utf8'),
);

export const sharedSdl = String(texts[0]);
export const catalogItemSdl = String(texts[1]);

/** What the platform says of every item itself, so that no merchant can say it otherwise. */
export const PLATFORM_FIELDS = ['merchant', 'unit'];

/** The types that a merchant's subgraph may use besides its own and those of GraphQL. */
const CONTRACT_TYPES = ['SafeInt', 'Money', 'PageInfo'];

/** The names of everything in the contract. */
export const CONTRACT_NAMES = [...CONTRACT_TYPES, 'CatalogItem'];

const link = (...directives: string[]): string => `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${directives.map((name) => `"${name}"`).join(', ')}])`;

/** The contract as a merchant gets it: `subgraphs/merchant-template/contract.graphql`. */
export function contractSdl(): string {
  const item = catalogItem();
  const fields = item.fields?.filter(({ name }) => !PLATFORM_FIELDS.includes(name.value)) ?? [];
  const part: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...sharedTypes(), { ...item, fields }],
  };
  return [
    '# The contract of a catalog subgraph in the alliance. Generated: the same for every merchant.',
    link('@key', '@shareable'),
    `${print(part)}\n`,
  ].join('\n\n');
}

/** How the contract of a merchant's subgraph begins when it is composed. */
export const contractHead = (): string =>
  [link('@key', '@shareable', '@external'), ...sharedTypes().map((type) => print(type))].join(
    '\n\n',
  );

const sharedTypes = (): DefinitionNode[] =>
  parse(sharedSdl).definitions.filter((definition) =>
    CONTRACT_TYPES.includes(nameOf(definition) ?? ''),
  );

/** The interface as the platform knows it, with what it says itself. */
export function catalogItem(): InterfaceTypeDefinitionNode {
  for (const definition of parse(catalogItemSdl).definitions) {
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) return definition;
  }
  throw new Error('catalog-item.graphql has no interface');
}

/** The name of a definition, or null where it has none. */
export const nameOf = (definition: DefinitionNode): string | null =>
  'name' in definition && definition.name ? definition.name.value : null;
