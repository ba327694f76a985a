import { ApolloGateway } from '@apollo/gateway';
import { type DefinitionNode, type DirectiveNode, Kind, parse, print, visit } from 'graphql';
import { subgraphOf } from './alliance-sdl.ts';
import { nameOf } from './contract.ts';

/**
 * The names of what one supergraph says otherwise than another, besides what merchants of these prefixes
 * brought. Whatever a composer lets through, the platform's part must be the same to the word.
 */
export function changesOf(before: string, after: string, prefixes: readonly string[]): string[] {
  const [one, other] = [platformPart(before, []), platformPart(after, prefixes)];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name));
}

/** Throws when no gateway starts with this supergraph. What a composer accepts a gateway may not. */
export async function mustLoad(supergraphSdl: string): Promise<void> {
  const silent = () => undefined;
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    buildService: () => ({
      process: () => Promise.reject(new Error('nothing is asked of a gateway that is only tried')),
    }),
  });
  await gateway.load();
  await gateway.stop();
}

/**
 * What a supergraph says besides what merchants brought: the text of each definition by its name, with
 * all directives, and that of the schema itself, which names the features that a gateway must know. How
 * the subgraphs are joined is left out, since it names all of them.
 */
function platformPart(
  supergraphSdl: string,
  prefixes: readonly string[],
): ReadonlyMap<string, string> {
  const types = prefixes.map((prefix) => `${prefix}_`);
  const fields = prefixes.map((prefix) => `${subgraphOf(prefix)}_`);
  const isOfMerchant = (name: string, starts: readonly string[]): boolean =>
    starts.some((start) => name.startsWith(start));
  const texts = new Map<string, string>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    const name = nameOf(definition) ?? 'schema';
    if (isOfMerchant(name, types) || name === 'join__Graph') continue;
    const text = print(
      visit(withoutJoins(definition), {
        FieldDefinition: (field) =>
          name === 'Query' && isOfMerchant(field.name.value, fields) ? null : undefined,
      }),
    );
    texts.set(`${definition.kind === Kind.DIRECTIVE_DEFINITION ? '@' : ''}${name}`, text);
  }
  return texts;
}

const withoutJoins = (definition: DefinitionNode): DefinitionNode =>
  visit(definition, {
    Directive: {
      enter: ({ name }: DirectiveNode) => (name.value.startsWith('join__') ? null : undefined),
    },
  });
