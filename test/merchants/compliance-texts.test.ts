import { describe, expect, test } from 'vitest';
import { findingsOfTexts } from '../../subgraphs/merchants/compliance/domain/findings-of.ts';
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

test('R33: a green claim is found on a page that speaks of the merchant itself as well', () => {
  expect(checksOf('我们是一家零碳门店。', 'MERCHANT')).toEqual(['GREEN_CLAIM']);
  expect(checksOf('我们2026年的门店运营碳中和，证书编号 CN-1。', 'MERCHANT')).toEqual([]);
});
