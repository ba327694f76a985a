import type { Fault } from '../shared/graphql/faults.ts';
import { refused } from './errors.ts';
import { limits } from './limits.ts';

/**
 * Why the variables of a request are refused by their size and shape alone, or null when they are not.
 * Goes level by level without recursion: the values are a stranger's.
 */
export function refusalOfVariables(variables: Readonly<Record<string, unknown>>): Fault | null {
  let level: unknown[] = [variables];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.nestingMax) return refused('VALUE_TOO_DEEP', { max: limits.nestingMax });
    const below: unknown[] = [];
    for (const value of level) {
      // JSON has no infinity, but `1e400` is read as one.
      if (typeof value === 'number' && !Number.isFinite(value)) return refused('NUMBER_TOO_LARGE');
      if (value === null || typeof value !== 'object') continue;
      const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
      if (Array.isArray(value) && parts.length > limits.listMax) {
        return refused('LIST_TOO_LONG', { max: limits.listMax });
      }
      count += parts.length;
      if (count > limits.valuesMax) return refused('TOO_MANY_VALUES', { max: limits.valuesMax });
      for (const part of parts) below.push(part);
    }
    level = below;
  }
  return null;
}
