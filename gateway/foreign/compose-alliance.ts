import {
  buildASTSchema,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  printType,
} from 'graphql';
import { composeSupergraph, type SubgraphSdl } from '../compose.ts';
import { admit } from './admit.ts';
import { allianceSdl, subgraphOf } from './alliance-sdl.ts';

/** A merchant's contract that asks to become part of the graph. */
export type Candidate = Readonly<{ prefix: string; sdl: string }>;

export type Composed<Merchant extends Candidate> = Readonly<{
  supergraphSdl: string;
  /** Those who are part of it. */
  admitted: readonly Merchant[];
  /** Those who are not, each with what is wrong and what to do. */
  refused: readonly Readonly<{ prefix: string; problems: readonly string[] }>[];
}>;

/**
 * Composes the platform's subgraphs with the merchants' own. Each merchant is tried by itself: one that
 * is not admitted, does not compose, or would change the platform's own part is left out, and costs
 * nobody else anything. Throws when the platform's own contracts do not compose.
 */
export function composeAlliance<Merchant extends Candidate>(
  platform: readonly SubgraphSdl[],
  candidates: readonly Merchant[],
): Composed<Merchant> {
  const admitted: (Merchant & { composedSdl: string })[] = [];
  const refused: { prefix: string; problems: readonly string[] }[] = [];
  const compose = (merchants: readonly (Candidate & { composedSdl: string })[]): string =>
    composeSupergraph([
      ...platform,
      { name: 'alliance', sdl: allianceSdl(merchants.map(({ prefix }) => prefix)) },
      ...merchants.map(({ prefix, composedSdl }) => ({
        name: subgraphOf(prefix),
        sdl: composedSdl,
      })),
    ]);
  let supergraphSdl = compose([]);
  const own = platformPart(supergraphSdl, []);
  for (const candidate of candidates) {
    const { prefix } = candidate;
    const admission = admit(prefix, candidate.sdl);
    if (admission.kind === 'Refused') {
      refused.push({ prefix, problems: admission.problems });
      continue;
    }
    const joined = { ...candidate, composedSdl: admission.sdl };
    try {
      const composed = compose([...admitted, joined]);
      const changed = changes(own, platformPart(composed, [...admitted, joined]));
      if (changed.length > 0) throw new Error(`It would change ${changed.join(', ')}.`);
      supergraphSdl = composed;
      admitted.push(joined);
    } catch (error) {
      refused.push({ prefix, problems: [error instanceof Error ? error.message : String(error)] });
    }
  }
  return { supergraphSdl, admitted, refused };
}

/** What a supergraph says besides what merchants brought: the text of each type by its name. */
function platformPart(
  supergraphSdl: string,
  merchants: readonly Candidate[],
): ReadonlyMap<string, string> {
  const schema = buildASTSchema(parse(supergraphSdl), { assumeValid: true, assumeValidSDL: true });
  const prefixes = merchants.map(({ prefix }) => `${prefix}_`);
  const types = Object.values(schema.getTypeMap()).filter(
    (type) =>
      !isIntrospectionType(type) &&
      !isSpecifiedScalarType(type) &&
      // How the subgraphs are joined; it names all of them.
      !/^(join|link)__/.test(type.name) &&
      !prefixes.some((prefix) => type.name.startsWith(prefix)),
  );
  return new Map([
    ...types
      .filter((type) => type !== schema.getQueryType())
      .map((type): [string, string] => [type.name, printType(type)]),
    ...rootFields(schema, merchants),
  ]);
}

function rootFields(schema: GraphQLSchema, merchants: readonly Candidate[]): [string, string][] {
  const query = schema.getQueryType();
  const starts = merchants.map(({ prefix }) => `${subgraphOf(prefix)}_`);
  if (!isObjectType(query)) return [];
  return Object.values(query.getFields())
    .filter(({ name }) => !starts.some((start) => name.startsWith(start)))
    .map(({ name, args, type }) => [
      `Query.${name}`,
      `${args.map((one) => `${one.name}: ${one.type}`).join(', ')} ${type}`,
    ]);
}

/** The names of what was added, removed or said otherwise. */
const changes = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
