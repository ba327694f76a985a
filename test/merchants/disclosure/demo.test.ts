import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../shared/identifiers.ts';
import { type DemoIds, loadDemo } from '../../../subgraphs/demo/load.ts';
import { engines } from '../../support/engines.ts';
import { anonymous, openAlliance, type World } from '../../support/world.ts';
import { secondOperator } from '../rules/life-cycle.ts';

/** Under it the README of the disclosure shows the demo. */
const HEADING = '## What the demo alliance tells its members';

const LANGUAGES = ['zh-CN', 'en'] as const;

const DISCLOSURE =
  'disclosure(language: $language) { language title summary text sha256 fileName }';

const [sqlite] = engines;

describe('S28, S60: the demo alliance discloses', () => {
  let world: World;
  let ids: DemoIds;

  beforeAll(async () => {
    if (sqlite === undefined) throw new Error('SQLite is always there');
    world = await openAlliance(sqlite);
    ids = await loadDemo(
      (query, variables) => world.data(query, variables),
      (query, variables) => world.data(query, variables, { as: secondOperator }),
    );
  });
  afterAll(async () => world[Symbol.asyncDispose]());

  /** The programmes of a merchant as somebody without an account reads them. */
  async function programmesOf(code: string, language: string) {
    const { merchant } = await world.data(
      `query ($id: ID!, $language: String) { merchant(id: $id) { programmes { id unit
        ${DISCLOSURE} rules { id key title ${DISCLOSURE} } } } }`,
      { id: ids.merchants[code], language },
      { as: anonymous },
    );
    return merchant.programmes as { id: string; unit: string; disclosure: Text; rules: Rule[] }[];
  }

  type Text = { title: string; summary: string[]; text: string; sha256: string; fileName: string };
  type Rule = { id: string; key: string; title: string; disclosure: Text };

  const merchants = [
    'supermarket',
    'mother-and-baby',
    'clothing',
    'pet',
    'scenic-spot',
    'bank',
    'restaurant',
    'jewellery',
    'telecom',
    'hotel',
    'airline',
    'rail',
  ];

  // What is checked in was read as a member reads it: `vitest -u` writes it anew, and then it is read again.
  test.each(merchants.flatMap((code) => LANGUAGES.map((language) => [code, language] as const)))(
    '%s in %s',
    async (code, language) => {
      for (const { id, unit, disclosure, rules } of await programmesOf(code, language)) {
        const nameless = [id, ...rules.map(({ key }) => key)].reduce(
          (text, key) => text.replaceAll(key, 'RULE'),
          disclosure.text,
        );
        await expect(nameless).toMatchFileSnapshot(
          `golden/${code}-${unit.toLowerCase()}.${language}.md`,
        );
        expect(disclosure.sha256).toBe(sha256(disclosure.text));
        expect(disclosure.fileName).toMatch(/^[^\s/\\:]+\.md$/);
      }
    },
  );

  test('S23: the campaign stands beside the basic rule, and by itself', async () => {
    const [programme] = await programmesOf('clothing', 'zh-CN');
    const campaign = programme?.rules[1];

    expect(programme?.rules.map(({ title }) => title)).toEqual([
      'Alliance points',
      'Double points on dresses',
    ]);
    await expect(campaign?.disclosure.text.replaceAll(campaign.key, 'RULE')).toMatchFileSnapshot(
      'golden/clothing-campaign.zh-CN.md',
    );
  });

  test('the README shows what every programme of the demo tells its members', async () => {
    const file = '../../../subgraphs/merchants/disclosure/README.md';
    const [head] = readFileSync(join(import.meta.dirname, file), 'utf8').split(HEADING);
    const sections: string[] = [];
    for (const code of merchants) {
      const [chinese, english] = [
        await programmesOf(code, 'zh-CN'),
        await programmesOf(code, 'en'),
      ];
      for (const [index, { disclosure: zh }] of chinese.entries()) {
        const en = english[index]?.disclosure;
        const rows = zh.summary
          .slice(0, -1)
          .map((line, row) => `| ${line} | ${en?.summary[row]} |`);
        sections.push(
          `### ${zh.title} · ${en?.title}\n\n| 要点 | In short |\n|---|---|\n${rows.join('\n')}\n`,
        );
      }
    }

    // `vitest -u` writes them anew.
    await expect(`${head}${HEADING}\n\n${sections.join('\n')}`).toMatchFileSnapshot(file);
  });

  test('what the README of merchants quotes is what members read', async () => {
    const readme = readFileSync(
      join(import.meta.dirname, '../../../subgraphs/merchants/README.md'),
      'utf8',
    );
    const quoted = [...readme.matchAll(/```\n(# .*?)\n```/gs)].map(([, text]) => String(text));
    const texts: string[] = [];
    for (const [code, language] of [
      ['clothing', 'zh-CN'],
      ['rail', 'en'],
    ] as const) {
      for (const { disclosure, rules } of await programmesOf(code, language)) {
        texts.push(disclosure.text, ...rules.map((rule) => rule.disclosure.text));
      }
    }

    expect(quoted).toHaveLength(2);
    for (const text of quoted)
      expect(
        texts.some((whole) => whole.startsWith(text)),
        text,
      ).toBe(true);
  });

  test('L15: every text says that points are no money, in both languages', async () => {
    for (const [language, words] of [
      ['zh-CN', '积分是发放商家给予的消费优惠，不是货币'],
      ['en', 'They are not money, not a deposit, not a security and not an investment.'],
    ] as const) {
      for (const code of merchants) {
        for (const { disclosure } of await programmesOf(code, language)) {
          expect(disclosure.text, code).toContain(words);
          expect(disclosure.summary.at(-1), code).toContain(words);
        }
      }
    }
  });

  test('nothing of the programs shows through: no code, no placeholder, no empty sentence', async () => {
    for (const language of LANGUAGES) {
      for (const code of merchants) {
        for (const { disclosure } of await programmesOf(code, language)) {
          expect(disclosure.text, code).not.toMatch(/undefined|null|NaN|\{|\}|^- \**$|“/m);
        }
      }
    }
  });
});
