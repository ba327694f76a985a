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
