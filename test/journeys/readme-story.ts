import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../../shared/assert.ts';

/** One operation of the story in a README, and what it says that the graph answers. */
export type StoryStep = Readonly<{ name: string; query: string; answer: unknown }>;

/** The operations under a heading of a README at the top, in order. Each is followed by its answer. */
export function storyIn(file: string, heading: string): StoryStep[] {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  const start = text.indexOf(`\n## ${heading}\n`);
  assert(start >= 0, `${file} has a heading "${heading}"`);
  const end = text.indexOf('\n## ', start + 1);
  const section = text.slice(start, end);
  return [...section.matchAll(/```graphql\n(.*?)```\s+```json\n(.*?)```/gs)].map(
    ([, query = '', answer = '']) => ({
      name: /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '',
      query,
      answer: JSON.parse(answer),
    }),
  );
}

/** The same answer with `…` for every string where the README has one: ids, codes and tokens differ each time. */
export function asTold(answer: unknown, told: unknown): unknown {
  if (told === '…') return typeof answer === 'string' && answer !== '' ? '…' : answer;
  if (Array.isArray(told) && Array.isArray(answer)) {
    return answer.map((one, index) => asTold(one, told[index]));
  }
  if (isRecord(told) && isRecord(answer)) {
    return Object.fromEntries(
      Object.entries(answer).map(([key, value]) => [key, asTold(value, told[key])]),
    );
  }
  return answer;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
