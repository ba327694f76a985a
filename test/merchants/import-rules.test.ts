import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountText, parseAmount } from '../../subgraphs/merchants/domain/money-text.ts';
import { dateReader, isDateFormat } from '../../subgraphs/merchants/import/date-format.ts';
import { OrderGrouper } from '../../subgraphs/merchants/import/group-orders.ts';
import { mappingFrom, parseMapping } from '../../subgraphs/merchants/import/mapping.ts';
import { readRecords } from '../../subgraphs/merchants/import/read-records.ts';
import type { FileRow } from '../../subgraphs/merchants/import/read-row.ts';
import { shipped, temporaryFolder } from './importing.ts';

describe('amounts', () => {
  test.each([
    ['12.5', 1_250],
    ['12.50', 1_250],
    ['12.500', 1_250],
    ['-3', -300],
    ['+0.01', 1],
    [' 7. ', 700],
    ['0.29', 29],
    ['-0.00', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
    ['90071992547409.92', 'AMOUNT_TOO_LARGE'],
    ['12.505', 'AMOUNT_NOT_EXACT'],
    ['1,234.50', 'AMOUNT_NOT_A_NUMBER'],
    ['1e3', 'AMOUNT_NOT_A_NUMBER'],
    ['£5', 'AMOUNT_NOT_A_NUMBER'],
    ['.5', 'AMOUNT_NOT_A_NUMBER'],
    ['', 'AMOUNT_NOT_A_NUMBER'],
  ])('%j is %s', (text, amount) => {
    expect(parseAmount(text, 2)).toBe(amount);
  });

  test('an amount survives being written and read', () => {
    const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 4 }), (amount, decimals) => {
        expect(parseAmount(amountText(amount, decimals), decimals)).toBe(amount);
      }),
    );
  });
});

describe('dates', () => {
  test.each([
    ['yyyy-MM-dd HH:mm:ss', '+00:00', '2010-12-01 08:26:00', '2010-12-01T08:26:00.000Z'],
    ['yyyyMMdd', '+08:00', '20210101', '2020-12-31T16:00:00.000Z'],
    ['M/d/yyyy H:mm', '+00:00', '12/1/2010 8:26', '2010-12-01T08:26:00.000Z'],
    ['dd.MM.yyyy', '+01:00', '05.06.2026', '2026-06-04T23:00:00.000Z'],
    ['iso', '+08:00', '2026-05-01', '2026-04-30T16:00:00.000Z'],
    ['iso', '+08:00', '2026-05-01T10:00:00Z', '2026-05-01T10:00:00.000Z'],
    ['iso', '+08:00', '2026-05-01 10:00', '2026-05-01T02:00:00.000Z'],
    ['yyyyMMdd', '+08:00', '20210229', null],
    ['yyyyMMdd', '+08:00', '2021-01-01', null],
    ['M/d/yyyy H:mm', '+00:00', '13/1/2010 8:26', null],
    ['yyyy-MM-dd HH:mm:ss', '+00:00', '2010-12-01 25:00:00', null],
    ['iso', '+08:00', 'yesterday', null],
  ])('%s at %s reads %j', (format, offset, text, iso) => {
    expect(dateReader(format, offset)(text)?.toISOString() ?? null).toBe(iso);
  });

  test('a format names year, month and day once', () => {
    expect(['yyyy-MM-dd', 'd/M/yyyy H:mm', 'yyyyMMdd', 'iso'].filter(isDateFormat)).toHaveLength(4);
    expect(['yyyy-MM', 'yy-MM-dd', 'yyyy-MM-dd dd', 'YYYY-MM-DD', ''].filter(isDateFormat)).toEqual(
      [],
    );
  });
});

/** The values of every row, null for a damaged one. */
async function rowsOf(
  content: string | Uint8Array,
  mapping: Record<string, unknown> = {},
): Promise<(readonly [number, string[] | null])[]> {
  using folder = temporaryFolder();
  const file = folder.file('file', content);
  const records = await Array.fromAsync(
    readRecords(file, { ...shipped('plain'), ...tiny, ...mapping }),
  );
  return records.map(({ row, values }) => [row, values && [...values.values()]] as const);
}

const tiny = {
  columns: {
    customer: 'a',
    orderNumber: 'b',
    date: { column: 'c', format: 'iso', offset: '+08:00' },
    amount: 'c',
  },
};

describe('rows', () => {
  test('a byte order mark, CRLF, empty lines and quoted line ends are read as they are meant', async () => {
    const text = '\ufeffa,b,c\r\n1,"x\r\ny",3\r\n\r\n4,"say ""hi""",6\r\n7," 8 ",9';

    expect(await rowsOf(text)).toEqual([
      [2, ['1', 'x\ny', '3']],
      [5, ['4', 'say "hi"', '6']],
      [6, ['7', ' 8 ', '9']],
    ]);
  });

  test('a quote that is never closed costs its own line, not the rest of the file', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `${index},x,y`);
    const rows = await rowsOf(['a,b,c', '1,"open,3', ...many].join('\n'));

    expect(rows[0]).toEqual([2, null]);
    expect(rows.slice(1).map(([, values]) => values?.join(','))).toEqual(many);
  });

  test('UTF-16, gzip and JSONL are read; what is no object is a damaged row', async () => {
    const expectedRow = [[2, ['1', '二', '3']]];

    expect(await rowsOf(Buffer.from('\ufeffa,b,c\n1,二,3', 'utf16le'))).toEqual(expectedRow);
    expect(await rowsOf(gzipSync('a,b,c\n1,二,3'))).toEqual(expectedRow);
    expect(await rowsOf('{"a":1,"b":"二","c":2.50}\n\n[1]\nnonsense', { format: 'jsonl' })).toEqual(
      [
        [1, ['1', '二', '2.5']],
        [3, null],
        [4, null],
      ],
    );
  });

  test.each([
    ['', 'FILE_EMPTY'],
    ['x,y\n1,2\n', 'COLUMNS_MISSING'],
    [Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0), 'FILE_NOT_TEXT'],
    [Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), 'FILE_DAMAGED'],
    ['x'.repeat(3_000_000), 'LINE_TOO_LONG'],
  ])('a file with which nothing can be done says so: %#', async (content, code) => {
    await expect(rowsOf(content)).rejects.toMatchObject({ code });
  });
});

describe('mappings', () => {
  test('a mapping that cannot be used names each field at fault', () => {
    const parse = (mapping: unknown) => () => parseMapping(JSON.stringify(mapping), 'm.json');
    const { columns } = shipped('plain');

    expect(parse({ columns: { ...columns, unitPrice: 'price' } })).toThrow(
      'either unitPrice or amount',
    );
    expect(parse({ columns, currency: 'yuan' })).toThrow('currency');
    expect(parse({ columns, kolumns: 1 })).toThrow('kolumns');
    expect(parse({ columns, format: 'whitespace' })).toThrow('header');
    expect(() => parseMapping('{', 'm.json')).toThrow('m.json');
    expect(() => mappingFrom('nowhere.json')).toThrow('plain, online-retail, cdnow');
  });
});

const row = (given: Partial<FileRow>): FileRow => ({
  row: 1,
  customer: 'k1',
  orderNumber: '1',
  purchasedAt: new Date('2026-05-01'),
  isCancelled: false,
  sku: 'A',
  description: null,
  category: null,
  certificateNumber: null,
  setting: null,
  quantity: 1,
  amountMinor: 100,
  ...given,
});

describe('orders', () => {
  const mapping = {
    ...shipped('plain'),
    cancelled: { column: 'orderNumber' as const, prefix: 'C' },
  };

  test('rows of one order need not stand together', () => {
    const grouper = new OrderGrouper(mapping);

    for (const orderNumber of ['1', '2', '1']) grouper.add(row({ orderNumber }));

    const orders = grouper.finish().map(({ orderNumber, lines }) => [orderNumber, lines.length]);
    expect(orders).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
  });

  test('a row that comes too long after its order is told from a new order', () => {
    const grouper = new OrderGrouper(mapping);

    for (let number = 0; number <= 1_001; number += 1) {
      grouper.add(row({ orderNumber: String(number) }));
    }

    expect(grouper.add(row({ orderNumber: '0' }))).toMatchObject({ code: 'ORDER_SCATTERED' });
  });

  test('a return takes from the latest earlier order that has enough left', () => {
    const grouper = new OrderGrouper(mapping);
    const bought = [
      ['1', '2026-05-01', 5],
      ['2', '2026-05-02', 2],
      ['3', '2026-05-09', 9],
    ] as const;
    for (const [orderNumber, day, quantity] of bought) {
      grouper.add(row({ orderNumber, quantity, purchasedAt: new Date(day) }));
    }

    for (const quantity of [2, 2, 9, 3]) {
      const purchasedAt = new Date('2026-05-05');
      grouper.add(row({ orderNumber: 'C1', isCancelled: true, quantity, purchasedAt }));
    }

    const returned = grouper.finish().flatMap(({ returns }) => returns);
    expect(returned.map(({ boughtWith }) => boughtWith)).toEqual(['2', '1', null, '1']);
  });
});
