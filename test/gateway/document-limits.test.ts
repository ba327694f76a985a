import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../gateway/document-limits.ts';
import { limits } from '../../gateway/limits.ts';

const times = (count: number, of: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => of(n)).join(' ');

const reasonOf = (source: string) => refusalOf(parse(source))?.reason ?? null;

describe('a document may go to the limit and not past it', () => {
  test.each<[reason: string, max: number, source: (count: number) => string]>([
    [
      'TOO_MANY_OPERATIONS',
      limits.operationsMax,
      (count) => times(count, (n) => `query q${n} { a }`),
    ],
    [
      'TOO_MANY_ROOT_FIELDS',
      limits.rootFieldsMax,
      (count) => `{ ${times(count, (n) => `f${n}`)} }`,
    ],
    [
      'TOO_MANY_ROOT_FIELDS',
      limits.rootFieldsMax,
      (count) => `{ a ...F } fragment F on Query { ${times(count - 1, (n) => `f${n}`)} }`,
    ],
    [
      'TOO_MANY_MUTATIONS',
      limits.rootMutationsMax,
      (count) => `mutation { ${times(count, (n) => `f${n}`)} }`,
    ],
    ['TOO_DEEP', limits.depthMax, (count) => `${'{ a '.repeat(count)}${'}'.repeat(count)}`],
    [
      'TOO_DEEP',
      limits.depthMax,
      (count) =>
        `{ a { ...F } } fragment F on A ${'{ a '.repeat(count - 1)}${'}'.repeat(count - 1)}`,
    ],
    [
      'TOO_MANY_ALIASES',
      limits.aliasesMax,
      (count) => `{ a { ${times(count, (n) => `x${n}: f`)} } }`,
    ],
    [
      'TOO_MANY_ALIASES',
      limits.aliasesMax,
      (count) =>
        `{ a { ...F } b { ...F } } fragment F on A { ${times(count / 2, (n) => `x${n}: f`)} }`,
    ],
    [
      'TOO_MANY_ALLIANCE_LISTS',
      limits.allianceListsMax,
      (count) => `{ ${times(count, (n) => `x${n}: allianceItems { a }`)} }`,
    ],
    [
      'TOO_MANY_ALLIANCE_LISTS',
      limits.allianceListsMax,
      (count) =>
        `{ allianceItems { a } ...F } fragment F on Query { ${times(count - 1, (n) => `x${n}: allianceItems { a }`)} }`,
    ],
    ['TOO_MANY_DIRECTIVES', limits.directivesMax, (count) => `{ a ${'@d '.repeat(count)} }`],
    [
      'TOO_MANY_DIRECTIVES',
      limits.directivesMax,
      (count) =>
        `query ($v: Int @d) @d { a { ...F @d } } fragment F on A ${'@d '.repeat(count - 3)} { a }`,
    ],
    ['TOO_MANY_REPEATS', limits.repeatsMax, (count) => `{ a { f ${'f '.repeat(count)} } }`],
    ['TOO_MANY_REPEATS', limits.repeatsMax, (count) => `{ a { f ${'...{ f } '.repeat(count)} } }`],
    [
      'TOO_MANY_REPEATS',
      limits.repeatsMax,
      (count) => `{ a { f } } fragment F on A { f ${'f '.repeat(count)} }`,
    ],
    [
      'TOO_MANY_FIELDS',
      limits.selectionsMax,
      (count) => `{ a { ${times(count - 1, (n) => `f${n}`)} } }`,
    ],
    [
      'VALUE_TOO_DEEP',
      limits.nestingMax,
      (count) => `{ a(v: ${'['.repeat(count)}1${']'.repeat(count)}) }`,
    ],
    [
      'VALUE_TOO_DEEP',
      limits.nestingMax,
      (count) => `query ($v: X = ${'{ a: '.repeat(count)}1${'}'.repeat(count)}) { a }`,
    ],
  ])('%s: %d', (reason, max, source) => {
    expect(reasonOf(source(max))).toBeNull();
    // Two more, since one of the sources can only be halved.
    expect(reasonOf(source(max + 2))).toBe(reason);
  });

  test('an alias that begins with two underscores is refused', () => {
    for (const source of [
      '{ __proto__: a }',
      '{ a { __typename: b } }',
      '{ ...F } fragment F on Q { a { __x: b } }',
    ]) {
      expect(reasonOf(source), source).toBe('RESERVED_ALIAS');
    }
    expect(reasonOf('{ a { __typename: __typename type: __typename _b: b } }')).toBeNull();
  });

  test('the same field of different types is not a repeat', () => {
    expect(reasonOf(`{ a { ${times(200, (n) => `... on T${n} { code message }`)} } }`)).toBeNull();
  });

  test('fragments that lead to themselves are left to the rules of GraphQL', () => {
    expect(
      reasonOf('{ ...A } fragment A on Q { ...B } fragment B on Q { a ...A ...C }'),
    ).toBeNull();
  });

  test('a number beyond all numbers is refused wherever it stands', () => {
    for (const number of ['1e400', '-1e400', '9'.repeat(400)]) {
      for (const source of [
        `{ a(v: ${number}) }`,
        `{ a(v: { b: [1, ${number}] }) }`,
        `{ a @d(v: ${number}) }`,
        `query ($v: Int = ${number}) { a }`,
        `{ ...F } fragment F on Q { a(v: ${number}) }`,
      ]) {
        expect(reasonOf(source), source.slice(0, 40)).toBe('NUMBER_TOO_LARGE');
      }
    }
    expect(reasonOf(`{ a(v: 1e300, w: ${'9'.repeat(40)}) }`)).toBeNull();
  });
});

test('the README tells the limits as they are', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../gateway/README.md'), 'utf8');
  const told = Object.fromEntries(
    [...readme.matchAll(/^\| `(\w+)` \| (\S+)/gm)].map(([, name, value]) => [name, value]),
  );
  const { shapesMax, shapesSizeMax, ...shown } = limits;
  expect(told).toMatchObject(
    Object.fromEntries(
      Object.entries(shown).map(([name, value]) => [name, value.toLocaleString('en')]),
    ),
  );
});
