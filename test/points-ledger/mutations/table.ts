import { batches } from './batches.ts';
import { belts, rules } from './books.ts';
import { clearing } from './clearing.ts';
import { commands } from './commands.ts';
import { covers } from './covers.ts';
import { freezing } from './freezing.ts';
import { merges } from './merges.ts';
import type { Mutant } from './mutant.ts';
import { parties } from './parties.ts';
import { programmes } from './programmes.ts';
import { proof } from './proof.ts';
import { sharing } from './sharing.ts';
import { tables as furtherTables } from './tables.ts';

/** Safety lines, each of which is missed by a test. `npm run test:mutations` shows it. */
export const mutants: readonly Mutant[] = [
  ...[...batches, ...belts, ...rules, ...commands, ...sharing, ...freezing, ...covers, ...parties],
  ...[...programmes, ...clearing, ...merges, ...furtherTables, ...proof],
];
