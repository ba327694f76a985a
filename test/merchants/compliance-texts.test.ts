import { describe, expect, test } from 'vitest';
import { word } from '../../shared/graphql/wording.ts';
import { findingsOfTexts } from '../../subgraphs/merchants/compliance/domain/findings-of.ts';
import { complianceWording } from '../../subgraphs/merchants/compliance/wording.ts';
import { lawfulSentences, unlawfulSentences } from './compliance-sentences.ts';

const checksOf = (text: string, about: 'POINTS' | 'MERCHANT' = 'POINTS'): string[] =>
  findingsOfTexts([{ field: 'text', text }], { about }).map(({ check }) => check);

describe('words alone never condemn', () => {
  test.each(lawfulSentences)('lawful: %s', (text) => {
    expect(findingsOfTexts([{ field: 'text', text }], { about: 'POINTS' })).toEqual([]);
  });
});

describe('what a sentence says is found', () => {
  test.each(unlawfulSentences)('unlawful: %s', (text, check) => {
    expect(checksOf(text)).toContain(check);
  });
});

test('S41, S42: whoever is refused a dividend or a share is offered an appreciation in its place', () => {
  const wanted = /分红|分紅|股权|原始股|持股|股份|股东|利润|dividend|equity|profits/iu;
  const refusedOnes = unlawfulSentences.filter(([text]) => wanted.test(text));
  const silent = refusedOnes.filter(([text]) => {
    const findings = findingsOfTexts([{ field: 'text', text }], { about: 'POINTS' });
    return !(['zh-CN', 'en'] as const).every((locale) =>
      findings.some(({ check, parameters }) =>
        word(complianceWording, `${check}_ALTERNATIVE`, locale, parameters).includes(
          locale === 'en' ? 'appreciation' : '会员答谢',
        ),
      ),
    );
  });

  expect(refusedOnes.length).toBeGreaterThan(15);
  expect(silent).toEqual([]);
});

test('R33: a green claim is found on a page that speaks of the merchant itself as well', () => {
  expect(checksOf('我们是一家零碳门店。', 'MERCHANT')).toEqual(['GREEN_CLAIM']);
  expect(checksOf('我们2026年的门店运营碳中和，证书编号 CN-1。', 'MERCHANT')).toEqual([]);
});
