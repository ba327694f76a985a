import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  allowedByPlatform,
  createClient,
} from '../../subgraphs/merchant-template/conformance/client.js';
import { createProbe } from '../../subgraphs/merchant-template/conformance/probe.js';
import { contractRules } from '../../subgraphs/merchant-template/conformance/rules-contract.js';
import { startShop } from '../../subgraphs/merchant-template/server.js';
import { secret } from './calls.ts';

const folder = join(import.meta.dirname, '../../subgraphs/merchant-template');
const schema = readFileSync(join(folder, 'schema.graphql'), 'utf8');
let shop: Awaited<ReturnType<typeof startShop>>;

beforeAll(async () => {
  shop = await startShop({ port: 0, secret, report: () => {} });
});
afterAll(() => shop.stop());

describe('a schema that the alliance would refuse is refused here', () => {
  test.each([
    [
      'prefix',
      'type Jinghua_ItemConnection',
      'type ItemPage { x: Int } type Jinghua_ItemConnection',
      'Jinghua_ItemPage',
    ],
    [
      'root field',
      '): Jinghua_ItemConnection',
      '): Jinghua_ItemConnection items: Int',
      'jinghua_items',
    ],
    [
      'rigid root',
      '): Jinghua_ItemConnection',
      '): Jinghua_ItemConnection jinghua_x: Int!',
      'nullable',
    ],
    ['directive', 'title: String', 'title: String @shareable', '@shareable on Jinghua_Item.title'],
    ['override', 'title: String', 'title: String @override(from: "x")', '@override'],
    ['second key', '@key(fields: "id")', '@key(fields: "id") @key(fields: "stock")', 'stock'],
    ['foreign type', 'description: String', 'description: String member: Member', 'Member'],
    ['foreign argument', 'description: String', 'description(of: Member): String', 'Member'],
    ['foreign interface', 'implements CatalogItem', 'implements CatalogItem & Refusal', 'Refusal'],
    ['merchant', 'description: String', 'merchant: ID', 'platform'],
    ['mutation', '"A piece', 'type Mutation { jinghua_buy: Int } "A piece', 'Mutation'],
    ['scalar', '"A piece', 'scalar Jinghua_Any "A piece', 'scalar'],
    ['no item', 'implements CatalogItem', '', 'implements CatalogItem'],
    ['no first', 'first: Int!', 'first: Int', 'first: Int!'],
    ['rigid items', '[Jinghua_Item]!', '[Jinghua_Item!]!', 'nodes: [Jinghua_Item]!'],
    ['root of a tag', 'type Query', 'type Query @federation__tag(name: "x")', '@federation__tag'],
    [
      'root with an interface',
      'type Query',
      'interface Jinghua_I { jinghua_items: Int } type Query implements Jinghua_I',
      'Query cannot implement',
    ],
    ['described root', 'type Query', '"Mine" type Query', 'no description'],
    ['item of anybody', 'description: String', 'near: CatalogItem', 'Jinghua_Item.near'],
    ['list of lists', 'description: String', 'x: [[Int]]', 'list of lists'],
    ['unreadable', 'type Query', 'type', 'cannot be read'],
  ])('%s', async (_, part, other, told) => {
    const { admit } = await import('../../gateway/foreign/admit.ts');
    const changed = schema.replace(part, other);
    const client = createClient({ url: shop.url, secret, allowed: allowedByPlatform });
    const probe = createProbe({ client, prefix: 'Jinghua', schema: changed });
    const rule = contractRules.find(({ rule }) => rule === 'own-types');

    expect(changed).not.toBe(schema);
    await expect(rule?.check(probe)).rejects.toThrow(told);
    expect(admit('Jinghua', changed)).toMatchObject({ kind: 'Refused' });
  });
});
