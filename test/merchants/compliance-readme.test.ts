import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { word } from '../../shared/graphql/wording.ts';
import { CHECKS } from '../../subgraphs/merchants/compliance/domain/findings-of.ts';
import { complianceWording } from '../../subgraphs/merchants/compliance/wording.ts';

const readme = readFileSync(
  join(import.meta.dirname, '../../subgraphs/merchants/compliance/README.md'),
  'utf8',
);

const PLACEHOLDERS = { effective: '…', earliest: '…', event: '…', least: '…', min: 7 };

const told = (code: string): string => word(complianceWording, code, 'en', PLACEHOLDERS);

test('the table of checks in the README says what the checks say', () => {
  const rows = CHECKS.map(({ id, rows: of, source, override }) =>
    [
      '',
      `\`${id}\``,
      told(`${id}_LOOKS_AT`),
      source === null ? 'policy of the alliance' : told(source),
      told(`${id}_ALTERNATIVE`),
      of.join(', '),
      override === null ? '' : 'two persons',
      '',
    ]
      .join(' | ')
      .trim(),
  );
  const table = readme.split('\n').filter((line) => line.startsWith('| `'));

  expect(table).toEqual(rows);
});
