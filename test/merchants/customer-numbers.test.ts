import { describe, expect, test } from 'vitest';
import { inputHash } from '../../shared/commands/idempotency.ts';
import { addressUnder } from '../../shared/database/address.ts';
import { Database } from '../../shared/database/database.ts';
import { members } from '../../subgraphs/members/subgraph.ts';
import { merchants } from '../../subgraphs/merchants/subgraph.ts';
import { engines } from '../support/engines.ts';
import { freshKey, openAlliance, type World } from '../support/world.ts';
import { importInto, shipped, temporaryFolder } from './importing.ts';

const PHONE = '13812345678';
const HEADING = 'customer,orderNumber,date,quantity,amount,sku,description\n';

/** All that stands in the tables of a subgraph, as one text. */
async function allOf(
  { databaseUrl }: World,
  { name, entities, migrations }: typeof members | typeof merchants,
): Promise<string> {
  const address = addressUnder(databaseUrl, name);
  const database = await Database.open({ address, entities, migrations });
  try {
    const tables = await database.reader.query<{ name: string }[]>(
      address.engine === 'sqlite'
        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    expect(tables.length).toBeGreaterThan(8);
    const rows: unknown[] = [];
    for (const table of tables) {
      rows.push(await database.reader.query(`SELECT * FROM ${table.name}`));
    }
    return JSON.stringify(rows);
  } finally {
    await database.close();
  }
}

describe.each(engines)('customer numbers on $name', (engine) => {
  test('a number that is a phone stands nowhere in the books, nor a plain hash of what named it', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const merchantId = await world.merchant();
    const input = {
      idempotencyKey: freshKey(),
      merchantId,
      currency: 'CNY',
      dryRun: false,
      purchases: [
        {
          row: 1,
          customer: PHONE,
          orderNumber: 'N1',
          purchasedAt: '2026-05-01T10:00:00.000Z',
          lines: [{ sku: 'A', quantity: 2, amountMinor: 10_000 }],
          returns: [{ sku: 'B', quantity: 1 }],
        },
      ],
    };
    const file = folder.file(
      'sales.csv',
      `${HEADING}${PHONE},N2,2026-05-01,1,9,A,\n${PHONE},,x,1,0,,\n`,
    );

    const { importPurchases } = await world.data(
      `mutation ($input: ImportPurchasesInput!) { importPurchases(input: $input) {
        ... on PurchasesImported { recorded rejected { row } } } }`,
      { input },
    );
    const mapping = { ...shipped('plain'), merchant: { id: merchantId } };
    const summary = await importInto(world, file, mapping);
    await world.settle();
    const books = [await allOf(world, members), await allOf(world, merchants)].join();

    expect(importPurchases).toEqual({ recorded: 1, rejected: [{ row: 1 }] });
    expect(summary).toMatchObject({ recorded: 1, rejectedRows: 1 });
    expect(books).toContain('"N1"');
    expect(books).not.toContain(PHONE);
    expect(books).not.toContain(inputHash(input));
  });

  test('an enrolled member without a name is called a customer in the language of whoever looks', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const merchantId = await world.merchant();
    const file = folder.file('s.csv', `${HEADING}${PHONE},1,2026-05-01,1,9,A,\n`);
    await importInto(world, file, { ...shipped('plain'), merchant: { id: merchantId } });
    const seen = async (locale: 'en' | 'zh-CN') =>
      (await world.data('{ members(first: 1) { nodes { displayName } } }', {}, { locale })).members
        .nodes[0].displayName;

    expect([await seen('en'), await seen('zh-CN')]).toEqual(['Customer', '顾客']);
  });
});
