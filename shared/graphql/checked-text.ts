import { type DocumentNode, visit } from 'graphql';
import { type Fault, fault } from './faults.ts';

// Control characters but tab and line ends, and the signs that turn the direction of writing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNUSABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/**
 * Looks through all variables of a request for text that cannot be stored or would be shown as
 * something else: lone surrogates, control characters, signs that reverse the direction of writing.
 */
export function checkTexts(value: unknown, name = 'variables'): Fault | null {
  const way = wayToUnusable(value);
  if (way === null) return null;
  const detail = `${[name, ...way].join('.')} has unusable characters`;
  return fault('BAD_USER_INPUT', 'INVALID_VALUE', { detail });
}

/** The names that lead to the first such text, or null: mostly there is none, and of an import 20,000 are fine. */
function wayToUnusable(value: unknown): string[] | null {
  if (typeof value === 'string') {
    return value.isWellFormed() && !UNUSABLE.test(value) ? null : [];
  }
  if (value === null || typeof value !== 'object') return null;
  for (const name of Object.keys(value)) {
    const way = wayToUnusable(value[name as keyof typeof value]);
    if (way !== null) return [name, ...way];
  }
  return null;
}

/** The same for text that stands in the document itself. */
export function checkLiterals(document: DocumentNode): Fault | null {
  let found: Fault | null = null;
  visit(document, {
    StringValue(node) {
      found ??= checkTexts(node.value, 'a text in the document');
    },
  });
  return found;
}
