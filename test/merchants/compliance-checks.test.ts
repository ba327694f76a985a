import { describe, expect, test } from 'vitest';
import { locales, word } from '../../shared/graphql/wording.ts';
import type {
  Finding,
  RewardSubject,
  RuleSubject,
} from '../../subgraphs/merchants/compliance/domain/finding.ts';
import {
  CHECKS,
  findingsOf,
  findingsOfReward,
} from '../../subgraphs/merchants/compliance/domain/findings-of.ts';
import { complianceWording } from '../../subgraphs/merchants/compliance/wording.ts';
import { pairs as ofAll } from './compliance-cases.ts';
import { industryPairs } from './compliance-industries.ts';

const pairs = [...ofAll, ...industryPairs];

const findingsIn = (subject: RuleSubject | RewardSubject): Finding[] =>
  'programme' in subject ? findingsOf(subject) : findingsOfReward(subject);

const idsOf = (subject: RuleSubject | RewardSubject): string[] =>
  findingsIn(subject).map(({ check }) => check);

describe.each(pairs)('$check, $about', ({ check, passes, found }) => {
  test('nothing stops the lawful one', () => {
    expect(findingsIn(passes).filter(({ severity }) => severity === 'BLOCKS')).toEqual([]);
    expect(idsOf(passes)).not.toContain(check);
  });

  test('the other one is found', () => {
    expect(idsOf(found)).toContain(check);
  });
});

test('every check has something that passes and something that is found', () => {
  expect([...new Set(pairs.map(({ check }) => check))].toSorted()).toEqual(
    CHECKS.map(({ id }) => id).toSorted(),
  );
});

test('every check says in both languages what it found, what would be lawful and what it looks at', () => {
  const silent = CHECKS.flatMap(({ id, source }) =>
    [id, `${id}_ALTERNATIVE`, `${id}_LOOKS_AT`, ...(source === null ? [] : [source])].filter(
      (code) => complianceWording[code] === undefined,
    ),
  );

  expect(silent).toEqual([]);
});

test.each(pairs)('$check, $about: its sentences name what they are about', ({ found }) => {
  for (const { check, parameters } of findingsIn(found)) {
    for (const locale of locales) {
      for (const code of [check, `${check}_ALTERNATIVE`]) {
        const text = word(complianceWording, code, locale, parameters);
        expect(text).not.toMatch(/[{}]|undefined|NaN/);
        expect(text).not.toBe(code);
      }
    }
  }
});
