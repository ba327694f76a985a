import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { columnsOf, type Mapping, parseMapping } from '../../subgraphs/merchants/import/mapping.ts';
import { guessMapping, readRecords } from '../../subgraphs/merchants/import/read-records.ts';
import { rowReader } from '../../subgraphs/merchants/import/read-row.ts';
import { problemsOfBooks } from '../rewards-catalog/stocks.ts';
import { engines } from '../support/engines.ts';
import { openAlliance, type World } from '../support/world.ts';
import { generateSales } from './generated-sales.ts';
import { importInto, shipped, temporaryFolder } from './importing.ts';
import { countPurchases } from './purchasing.ts';

const EXCERPT = join(import.meta.dirname, '../fixtures/online-retail-excerpt.csv');

/** What test/fixtures/README.md says of the excerpt. */
const expected = {
  rows: 72,
  rejectedRows: 20,
  recorded: 15,
  returned: 10,
  unchanged: 0,
  points: 9_945,
  problems: {
    NO_CUSTOMER: 11,
    RETURN_WITHOUT_PURCHASE: 8,
    PRICE_NOT_POSITIVE: 6,
    NEGATIVE_NOT_CANCELLED: 3,
  },
};

async function balances(world: World): Promise<number[]> {
  const { conservation } = await world.data('{ conservation { balance } }');
  return conservation.map(({ balance }: { balance: number }) => balance);
}

describe.each(engines)('importing a file on $name', (engine) => {
  test('real invoices: every hard row has its code, the rest is recorded, the books balance', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const report = join(folder.path, 'report.jsonl');

    const summary = await importInto(world, EXCERPT, shipped('online-retail'), { report });

    expect(summary).toMatchObject(expected);
    expect(await countPurchases(world)).toBe(15);
    expect(await balances(world)).toEqual([0]);
    expect(await problemsOfBooks(world)).toEqual([]);
    const lines = readFileSync(report, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(20);
    expect(lines.map((line) => JSON.parse(line))).toContainEqual({
      row: 12,
      orderNumber: 'C536379',
      problems: [
        {
          code: 'RETURN_WITHOUT_PURCHASE',
          message:
            'The customer has no earlier purchase with 1 of D left to take back. Import the earlier purchases first.',
        },
      ],
    });
  });

  test('importing a file again changes nothing', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const report = join(folder.path, 'report.jsonl');
    await importInto(world, EXCERPT, shipped('online-retail'), { report });
    const query = `{ purchases(first: 100) { nodes { id returned { amountMinor }
      awards { points reversedPoints } member { wallet { available debt } } } } }`;
    const before = await world.data(query);

    const again = await importInto(world, EXCERPT, shipped('online-retail'), { report });

    const nothing = { recorded: 0, returned: 0, unchanged: 25, points: 0 };
    expect(again).toMatchObject({ ...expected, ...nothing });
    expect(await world.data(query)).toEqual(before);
  });

  test('a dry run says the same as the import and records nothing, not even the merchant', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const report = join(folder.path, 'report.jsonl');
    const mapping = shipped('online-retail');

    const fresh = await importInto(world, EXCERPT, mapping, { report, isDryRun: true });
    const { merchants } = await world.data('{ merchants(first: 1) { totalCount } }');
    await world.merchant({
      programmes: [{ earnPoints: 9, earnPer: { amountMinor: 100, currency: 'GBP' } }],
      name: 'UK',
    });
    const named = { ...mapping, merchant: { ...mapping.merchant, name: 'UK' } } as typeof mapping;
    const known = await importInto(world, EXCERPT, named, { report, isDryRun: true });

    expect(fresh).toMatchObject(expected);
    expect(known).toMatchObject(expected);
    expect(merchants.totalCount).toBe(0);
    expect(await countPurchases(world)).toBe(0);
    const { members } = await world.data('{ members(first: 1) { totalCount } }');
    expect(members.totalCount).toBe(0);
  });

  test('sales without order numbers, packed: each row is a purchase, equal ones are noticed', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const sales = generateSales(1_500);
    const file = folder.file('sales.txt.gz', gzipSync(sales.text));

    const summary = await importInto(world, file, shipped('cdnow'));
    const again = await importInto(world, file, shipped('cdnow'));

    const points = sales.amounts.reduce((all, amount) => all + Math.floor((amount * 7) / 100), 0);
    expect(summary).toMatchObject({
      rows: 1_500,
      rejectedRows: sales.notPaid,
      recorded: sales.amounts.length,
      points,
      problems: { NOTHING_PAID: sales.notPaid },
      repeated: sales.repeated,
    });
    expect(sales.notPaid).toBe(15);
    expect(sales.repeated.rows).toBe(7);
    expect(again).toMatchObject({ recorded: 0, unchanged: sales.amounts.length });
    expect(await balances(world)).toEqual([0]);
  });

  test('old purchases get points that live from the day of the import', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const file = folder.file(
      'old.csv',
      'customer,orderNumber,date,quantity,amount,sku,description\nk1,1,2001-01-01,1,10.00,A,\n',
    );
    const mapping = { ...shipped('plain'), merchant: { name: 'Old', ...terms } };

    await importInto(world, file, mapping);

    const { purchases } = await world.data(
      `{ purchases(first: 1) { nodes { purchasedAt
        member { wallet { available lots { expiresOn } } } } } }`,
    );
    expect(purchases.nodes).toEqual([
      {
        purchasedAt: '2000-12-31T16:00:00.000Z',
        member: { wallet: { available: 10, lots: [{ expiresOn: '2028-11-22' }] } },
      },
    ]);
  });

  test('a stranger’s file works with a mapping of its own: other columns, signs and encoding', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const mapping = parseMapping(
      JSON.stringify({
        merchant: { name: '老张饭店', industry: 'RESTAURANT', earn: { points: 2, minor: 100 } },
        delimiter: ';',
        encoding: 'gb18030',
        columns: {
          customer: '会员',
          orderNumber: '单号',
          date: { column: '时间', format: 'yyyy/M/d H:mm' },
          amount: '实付',
          description: '菜名',
        },
      }),
      'mapping.json',
    );
    // `鱼香肉丝` and the heading in GB 18030; Node only reads that encoding.
    const gb = Buffer.from(
      'bbe1d4b13bb5a5bac53bcab1bce43bcab5b8b63bb2cbc3fb0ac0cfd5c53b4130313b323032362f352f3120383a30353b33362e353b22d3e3cfe3c8e2cbbf220d0a',
      'hex',
    );

    const summary = await importInto(world, folder.file('饭店.csv', gb), mapping);

    expect(summary).toMatchObject({ rows: 1, rejectedRows: 0, recorded: 1, points: 73 });
  });

  test('a bad row never stops the others, and each says all that is wrong with it', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const rows = [
      'customer,orderNumber,date,quantity,amount,sku,description',
      'k1,1,2026-05-01,1,10.00,A,good',
      'k1,2,2026-05-01,1,10.005,A,not exact',
      ',3,2026-02-30,1.5,ten,A,four things',
      'k1,4,2026-05-01,1,10.00,A,"never closed',
      'k1,5,2026-05-01,1,10.00,A,good "with" quotes',
      'k1,6,2026-05-01,1,10.00',
      'k1,7,2026-05-01,1,10.00,A,\u202eturned',
      'k1,8,2999-05-01,1,10.00,A,in the future',
      `k1,9,2026-05-01,1,${2 ** 60}.00,A,too much`,
      'k1,10,2026-05-01,1,10.00,A,good',
      'k1,10,2026-05-01,1,-1.00,A,bad line of a good order',
      'k2,10,2026-05-01,1,1.00,A,of somebody else',
    ];
    const file = folder.file('bad.csv', `\ufeff${rows.join('\r\n')}`);
    const mapping = { ...shipped('plain'), merchant: { name: 'Bad', ...terms } };

    const summary = await importInto(world, file, mapping);

    expect(summary).toMatchObject({ rows: 12, rejectedRows: 9, recorded: 3 });
    const report = readFileSync(`${file}.report`, 'utf8').trimEnd().split('\n');
    const problems = report
      .map((line) => JSON.parse(line))
      .map(({ row, problems: found }) => [row, found.map(({ code }: { code: string }) => code)]);
    expect(Object.fromEntries(problems)).toEqual({
      3: ['AMOUNT_NOT_EXACT'],
      4: ['NO_CUSTOMER', 'DATE_NOT_USABLE', 'QUANTITY_NOT_WHOLE', 'AMOUNT_NOT_A_NUMBER'],
      5: ['ROW_MALFORMED'],
      7: ['ROW_MALFORMED'],
      8: ['CHARACTERS_NOT_USABLE'],
      9: ['PURCHASED_IN_FUTURE'],
      10: ['AMOUNT_TOO_LARGE'],
      12: ['NOTHING_PAID'],
      13: ['ORDER_HAS_OTHER_CUSTOMER'],
    });
  });

  test('what one file sold another takes back; an order number with other goods is refused', async () => {
    await using world = await openAlliance(engine);
    using folder = temporaryFolder();
    const header = 'customer,orderNumber,date,quantity,amount,sku,description';
    const may = folder.file('may.csv', `${header}\nk1,1,2026-05-01,3,30.00,A,\n`);
    const june = folder.file(
      'june.csv',
      `${header}\nk1,R1,2026-06-01,-2,0,A,\nk1,R2,2026-06-01,-2,0,A,\nk1,1,2026-06-01,1,99.00,B,\n`,
    );
    const mapping = {
      ...shipped('plain'),
      merchant: { name: 'Two', ...terms },
      cancelled: { column: 'orderNumber' as const, prefix: 'R' },
    };

    await importInto(world, may, mapping);
    const summary = await importInto(world, june, mapping);
    const again = await importInto(world, june, mapping);

    const problems = { RETURN_WITHOUT_PURCHASE: 1, ORDER_NUMBER_TAKEN: 1 };
    expect(summary).toMatchObject({ recorded: 0, returned: 1, unchanged: 0, problems });
    expect(again).toMatchObject({ recorded: 0, returned: 0, unchanged: 1, problems });
  });
});

const terms = {
  industry: 'RETAIL' as const,
  price: { fen: 80, points: 100 },
  earn: { points: 1, minor: 100 },
  expiryMonths: 24,
};

describe('the mapping of a file', () => {
  test('is found by the heading when it is one of ours', async () => {
    expect(await guessMapping(EXCERPT)).toEqual(shipped('online-retail'));
  });

  test('plain columns need no mapping, as CSV or as JSONL', async () => {
    using folder = temporaryFolder();
    const csv = folder.file('a.csv', 'date,customer,amount,orderNumber\n');
    const jsonl = folder.file('a.jsonl', '{"customer":1,"orderNumber":2,"date":"","amount":3}\n');

    expect((await guessMapping(csv)).columns).toMatchObject({ amount: 'amount' });
    expect(await guessMapping(jsonl)).toMatchObject({ format: 'jsonl' });
  });

  test('plain columns have Chinese names as well, and a category when the file has one', async () => {
    using folder = temporaryFolder();
    const heading = 'customer,orderNumber,date,amount,category';
    const files = {
      en: folder.file('en.csv', `${heading}\nk1,1,2026-05-01,10.00,dress\nk1,1,2026-05-01,5,\n`),
      zh: folder.file('zh.csv', '会员,单号,时间,金额,类别\nk1,1,2026-05-01,10.00,连衣裙\n'),
      none: folder.file('none.csv', '会员,单号,时间,数量,金额\nk1,1,2026-05-01,1,10.00\n'),
    };
    const categoriesIn = async (file: string, mapping: Mapping) => {
      const read = rowReader(mapping);
      const records = await Array.fromAsync(readRecords(file, mapping));
      return records.map(read).map((row) => ('row' in row ? row.category : row));
    };

    expect(await categoriesIn(files.en, await guessMapping(files.en))).toEqual(['dress', null]);
    expect(await categoriesIn(files.zh, await guessMapping(files.zh))).toEqual(['连衣裙']);
    expect(await categoriesIn(files.none, await guessMapping(files.none))).toEqual([null]);
    // Named by itself it is a column that a file may lack; the others are not.
    expect(columnsOf(shipped('plain-zh'))).toEqual([
      '会员',
      '单号',
      '数量',
      '金额',
      '货号',
      '品名',
      '时间',
    ]);
  });

  test('is asked for otherwise, with the columns that the file has', async () => {
    using folder = temporaryFolder();
    const file = folder.file('mine.csv', 'Kunde;Betrag\n1;2\n');

    await expect(guessMapping(file)).rejects.toMatchObject({
      code: 'MAPPING_NEEDED',
      parameters: { columns: 'Kunde;Betrag' },
    });
  });
});
