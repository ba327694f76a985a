import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, isInterfaceType, isObjectType, isUnionType, parse } from 'graphql';
import { enforceAuth } from './auth.ts';
import type { Refused } from './refusals.ts';
import { scalars } from './scalars.ts';
import { enforceStaff, type StaffDeeds } from './staff.ts';
import { type Locale, type Wording, word } from './wording.ts';

/** The contract of a subgraph: its own SDL and the generated part, in alphabetical order of files. */
export function readSdl(folder: string): string {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

/** A resolver map as written by the subgraphs; each is typed by its own generated `Resolvers`. */
export type ResolverMap = Readonly<Record<string, unknown>>;

/** The executable schema: the resolvers, plus what all subgraphs do alike. */
export function buildSchema(
  sdl: string,
  resolvers: ResolverMap,
  wording: Wording,
  staff: StaffDeeds | null = null,
): GraphQLSchema {
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      // Apollo's type of a resolver map is looser than ours; ours is checked where it is written.
      resolvers: { ...scalars, ...resolvers } as never,
    },
  ]);
  for (const type of Object.values(schema.getTypeMap())) {
    // The kind of an outcome is the name of its type in the schema.
    if (isUnionType(type) && type.name !== '_Entity') type.resolveType ??= kindOf;
    if (isInterfaceType(type) && type.name === 'Refusal') type.resolveType ??= kindOf;
    if (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Refusal')) {
      for (const field of Object.values(type.getFields())) {
        // What a subgraph resolves itself, such as a list, is left to it.
        field.resolve ??= refusalField(field.name, wording);
      }
    }
  }
  // What wraps last is asked first: the role in the graph, then that at the merchant.
  if (staff !== null) enforceStaff(schema, staff);
  enforceAuth(schema);
  return schema;
}

const kindOf = (outcome: { kind: string }): string => outcome.kind;

const refusalField =
  (name: string, wording: Wording) =>
  (source: Refused, _: unknown, { locale }: { locale: Locale }): unknown => {
    if (name === 'code') return source.code;
    if (name === 'message') return word(wording, source.code, locale, source.parameters);
    return source.parameters[name];
  };
