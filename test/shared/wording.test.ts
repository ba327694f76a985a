import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gatewayWording } from '../../gateway/wording.ts';
import {
  type Locale,
  localeOf,
  locales,
  sharedWording,
  word,
} from '../../shared/graphql/wording.ts';
import { catalog } from '../../subgraphs/catalog.ts';

const root = resolve(import.meta.dirname, '../..');

describe('what is said to people', () => {
  const wordings = [
    ['shared', sharedWording] as const,
    ['gateway', gatewayWording] as const,
    ...catalog.map(({ name, wording }) => [name, wording] as const),
  ];

  test.each(wordings)('every sentence of %s can be said in both languages', (_, wording) => {
    for (const [code, sentences] of Object.entries(wording)) {
      for (const locale of locales) {
        expect(sentences[locale]?.trim(), `${code} ${locale}`).toBeTruthy();
        const names = [...sentences[locale].matchAll(/\{(\w+)/g)].map(([, name]) => String(name));
        const parameters = Object.fromEntries(names.map((name) => [name, 1]));
        expect(word(wording, code, locale, parameters)).not.toContain('{');
      }
      expect(/[\u4e00-\u9fff]/.test(sentences['zh-CN']), `${code} is Chinese in zh-CN`).toBe(true);
    }
  });

  test.each([
    ['gateway', gatewayWording] as const,
    ...catalog.map(({ name, wording }) => [`subgraphs/${name}`, wording] as const),
  ])('every code that %s answers has its sentence', (path, wording) => {
    const folder = join(root, path);
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const said = [
      ...source.matchAll(/refused\(\s*'\w+',\s*'([A-Z_]+)'/g),
      ...source.matchAll(/(?:notFound|invalidInput)\(\s*'([A-Z_]+)'/g),
      ...source.matchAll(/fault\(\s*'[A-Z_]+',\s*'([A-Z_]+)'/g),
      // What gives a code to one of these, and what an import says.
      ...source.matchAll(/(?:defect|problem|sentence|say|new Unusable)\(\s*'([A-Z_]+)'/g),
      ...source.matchAll(/(?:rejected\([\w.]+,|code:)\s*'([A-Z_]+)',\s*(?:\{|parameters)/g),
    ].map(([, code]) => String(code));

    const known = { ...sharedWording, ...wording };
    expect(said.filter((code) => known[code] === undefined)).toEqual([]);
  });
});

test.each<[string | undefined, Locale]>([
  [undefined, 'en'],
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-Hans-CN;q=0.9', 'zh-CN'],
  ['zh-TW,zh;q=0.9', 'zh-CN'],
  ['fr-FR, zh-CN;q=0.5', 'zh-CN'],
  ['en-GB,en;q=0.9,zh-CN;q=0.1', 'en'],
  ['fr', 'en'],
  ['*', 'en'],
  ['', 'en'],
  [';;;===', 'en'],
  ['x'.repeat(10_000), 'en'],
])('Accept-Language %s is answered in %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale);
});
