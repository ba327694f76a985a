import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../shared/config.ts';
import { DEMO_SECRET } from '../../subgraphs/demo/shop.ts';
import { startShop } from '../../subgraphs/merchant-template/server.js';
import { registrationsOf } from '../../subgraphs/own-subgraphs.ts';
import { SECRET } from '../gateway/foreign/merchants.ts';
import { deadAddress } from '../network/network.ts';
import { engines } from '../support/engines.ts';
import { ask, endAll, newFolder, start } from '../support/program.ts';
import { openAlliance } from '../support/world.ts';

afterEach(endAll);

const ITEMS =
  '{ allianceItems(first: 50) { nodes { __typename merchant { name } } } me { displayName } }';
const template = join(import.meta.dirname, '../../subgraphs/merchant-template');

const typesOf = (answer: {
  data: { allianceItems: { nodes: ({ __typename: string } | null)[] } };
}) => answer.data.allianceItems.nodes.map((node) => node?.__typename ?? null);

describe('the demo alliance', () => {
  test('without the shop only its items are missing, and they are there when it is started', async () => {
    const folder = newFolder();
    const { origin, port } = await deadAddress();
    const settings = { TONGDUI_URL_MERCHANT_TEMPLATE: origin };
    const program = start(folder, settings, '--without', 'merchant-template');
    const url = await program.url();

    const without = await ask(url, 'MEMBER', ITEMS);

    expect(typesOf(without).filter((type) => type !== 'Reward')).toEqual([null]);
    expect(without.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    expect(without.data.me.displayName).toBe('林小雨');
    const shop = await startShop({ port: Number(port), secret: DEMO_SECRET });
    const again = await ask(url, 'MEMBER', ITEMS);
    await shop.stop();
    expect(again.errors).toBeUndefined();
    expect(typesOf(again).filter((type) => type === 'Jinghua_Item')).toHaveLength(6);
  });

  test('a merchant that cannot be taken in is named with what to do, and left out', async () => {
    const folder = newFolder();
    const registration = {
      prefix: 'Jinghua',
      merchantId: 'demo:jewellery',
      url: 'http://127.0.0.1:1/graphql',
      schema: join(template, 'schema.graphql'),
      secret: SECRET,
    };
    writeFileSync(
      join(folder, 'evil.graphql'),
      'type Member @key(fields: "id") { id: ID! wallet: Int }',
    );
    const evil = { ...registration, prefix: 'Evil', schema: 'evil.graphql' };
    const file = join(folder, 'merchants.json');
    writeFileSync(file, JSON.stringify([evil, registration]));
    const program = start(folder, { TONGDUI_MERCHANT_SUBGRAPHS: file });

    const answer = await ask(await program.url(), 'MEMBER', ITEMS);

    expect(program.output).toContain('Evil was left out of the graph');
    expect(program.output).toContain('Member must be called Evil_Member');
    // The other is in the graph, though nobody answers there.
    expect(typesOf(answer).filter((type) => type === null)).toHaveLength(1);
  });

  test.each(engines)(
    'a merchant that the alliance does not have stops the start on $name',
    async (engine) => {
      const folder = newFolder();
      const registration = {
        prefix: 'Jinghua',
        merchantId: 'no-such-merchant',
        url: 'http://127.0.0.1:1/graphql',
        schema: join(template, 'schema.graphql'),
        secret: SECRET,
      };
      const file = join(folder, 'merchants.json');
      writeFileSync(file, JSON.stringify([registration]));
      const config = readConfig({ TONGDUI_MERCHANT_SUBGRAPHS: file });
      await using world = await openAlliance(engine);

      const registered = registrationsOf(config, null, world.embedded.transport);

      await expect(registered).rejects.toThrow(
        'Jinghua: the alliance has no merchant no-such-merchant',
      );
    },
  );

  test('a file of registrations that cannot be used stops the start, in one line', async () => {
    const program = start(newFolder(), { TONGDUI_MERCHANT_SUBGRAPHS: 'none.json' });

    expect(await program.ended).toBe(1);
    expect(program.output).toContain('none.json cannot be read');
  });
});
