import { type DefinitionNode, Kind, print } from 'graphql';
import { itemOf } from './alliance-sdl.ts';
import { catalogItemSdl, contractHead, PLATFORM_FIELDS } from './contract.ts';

/** What a merchant's subgraph refers to so that an item is complete; it serves none of it. */
const REFERENCES = `
type Merchant @key(fields: "id", resolvable: false) {
  id: ID!
}
`;

const EXTERNAL: Readonly<Record<string, string>> = { merchant: 'Merchant', unit: 'String' };

/**
 * The contract of a merchant's subgraph as it is composed: the platform's own text of everything shared,
 * and the merchant's types. Its item gets the fields that the platform says, as fields of another.
 */
export function foreignSdl(prefix: string, own: readonly DefinitionNode[]): string {
  const item = itemOf(prefix);
  const types = own.map((definition) => {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === item) {
      const said = PLATFORM_FIELDS.map((name) => `  ${name}: ${EXTERNAL[name]} @external`);
      return print(definition).replace(/\}$/, `${said.join('\n')}\n}`);
    }
    return print(definition);
  });
  return [contractHead(), catalogItemSdl, REFERENCES, ...types].join('\n\n');
}
