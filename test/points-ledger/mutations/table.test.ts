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
