import { join } from 'node:path';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { composeSupergraph } from '../../../gateway/compose.ts';
import { allianceSdl } from '../../../gateway/foreign/alliance-sdl.ts';
import { foreignSdl } from '../../../gateway/foreign/foreign-sdl.ts';
import { changesOf, mustLoad } from '../../../gateway/foreign/proof.ts';
import { subgraphNames } from '../../../shared/addresses.ts';
import { readSdl } from '../../../shared/graphql/build-subgraph.ts';
import { leastSdl } from './merchants.ts';

const root = join(import.meta.dirname, '../../..');

/** What is composed when a contract goes past `admit`. Null: without any merchant. */
const composed = (sdl: string | null): string =>
  composeSupergraph([
    ...subgraphNames.map((name) => ({ name, sdl: readSdl(join(root, 'subgraphs', name)) })),
    { name: 'alliance', sdl: allianceSdl(sdl === null ? [] : ['Acme']) },
    ...(sdl === null
      ? []
      : [{ name: 'acme', sdl: foreignSdl('Acme', parse(sdl, { noLocation: true }).definitions) }]),
  ]);

const least = leastSdl('Acme');
const onQuery = (text: string): string => least.replace('type Query', `type Query ${text}`);
const alone = composed(null);
const changes = (sdl: string): string[] => changesOf(alone, composed(sdl), ['Acme']);

test('a merchant that only brings its own changes nothing, and loads', async () => {
  expect(changes(least)).toEqual([]);
  await mustLoad(composed(least));
});

test.each<[string, string, string[]]>([
  ['a directive that a gateway must know', onQuery('@federation__authenticated'), ['schema']],
  ['a tag', onQuery('@federation__tag(name: "internal")'), ['schema', 'Query']],
  ['a description', `"Mine" ${least.trim()}`, ['Query']],
  [
    'an interface',
    `${onQuery('implements Acme_I')} interface Acme_I { acme_x: Int } extend type Query { acme_x: Int }`,
    ['Query'],
  ],
])('%s on Query is noticed by what it changes', (_, sdl, expected) => {
  expect(changes(sdl)).toEqual(expect.arrayContaining(expected));
});

test('a supergraph with which no gateway starts is noticed', async () => {
  await expect(mustLoad(composed(onQuery('@federation__authenticated')))).rejects.toThrow(
    /authenticated/,
  );
});
