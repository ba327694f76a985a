import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutants } from './table.ts';
import { mutated } from './workshop.ts';

const root = join(import.meta.dirname, '../../..');

test('every safety line of the table is in its file once', () => {
  for (const { file, find, replace } of mutants) {
    const whole = readFileSync(join(root, file), 'utf8');
    expect(() => mutated(whole, find, replace, file)).not.toThrow();
  }
});

/** The words of a file that may be part of a test's name: literals, without what is put into them. */
function wordsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
  return [...text.matchAll(/'((?:[^'\n]|(?<=\w)'(?=\w))+)'|"([^"\n]+)"/g)]
    .flatMap(([, single, double]) => (single ?? double ?? '').split(/%\w|\$\w+/))
    .filter((words) => words.length > 9);
}

test('every test that the table names is in its file', () => {
  const words = new Map(mutants.map(({ test: file }) => [file, wordsOf(file)]));
  const strays = mutants.filter(({ test: file, name }) => {
    const last = name.split(' … ').at(-1) ?? '';
    return !words.get(file)?.some((part) => part.includes(last) || last.includes(part));
  });

  expect(strays.map(({ line, test: file, name }) => [line, file, name])).toEqual([]);
});
