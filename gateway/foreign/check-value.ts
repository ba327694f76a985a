import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { checkTexts } from '../../shared/graphql/checked-text.ts';
import type { Demands, Json, Where } from '../prune.ts';
import { itemOf } from './alliance-sdl.ts';
import { limits } from './limits.ts';

/**
 * What is demanded of the subgraph of the merchant with this prefix. It is not one of ours: what it answers
 * is believed to be neither of the right form nor fit to be shown, nor is an item for less than nothing.
 */
export const demandsOn = (prefix: string): Demands => ({
  start: `${prefix}_`,
  check(value, type, where) {
    checkValue(value, type);
    if (typeof value === 'number' && value < 0 && isCount(where, prefix)) {
      throw new Error(`${value} where ${where.owner}.${where.field} is`);
    }
  },
});

/** Points, stock and amounts of money are from 0. */
const isCount = ({ owner, field }: Where, prefix: string): boolean =>
  owner === 'Money'
    ? field === 'amountMinor'
    : owner === itemOf(prefix) && ['points', 'stock'].includes(field);

/**
 * Throws an Error when an answer holds more objects and entries of lists than anything honest. A megabyte
 * has room for 300,000 empty ones, and each that lacks something becomes an error. Goes level by level
 * without recursion: how deep it is nested is the merchant's choice.
 */
export function checkSize(data: unknown): void {
  let count = 0;
  for (let level: unknown[] = [data]; level.length > 0; ) {
    const below: unknown[] = [];
    for (const value of level) {
      if (value === null || typeof value !== 'object') continue;
      const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
      count += Array.isArray(value) ? parts.length : 1;
      if (count > limits.partsMax)
        throw new Error(`more than ${limits.partsMax} objects and entries`);
      for (const part of parts) below.push(part);
    }
    level = below;
  }
}

/** Throws an Error unless the value is one of this type. */
function checkValue(value: Json, type: GraphQLOutputType): void {
  if (isNonNullType(type)) {
    if (value === null) throw wrong('null', String(type));
    checkValue(value, type.ofType);
    return;
  }
  if (value === null) return;
  if (isListType(type)) {
    if (!Array.isArray(value)) throw wrong('no list', String(type));
    if (value.length > limits.listMax) throw wrong(`a list of ${value.length}`, String(type));
    for (const item of value) checkValue(item, type.ofType);
    return;
  }
  if (isLeafType(type)) {
    if (!isOfLeaf(value, type)) throw wrong(typeof value, type.name);
    return;
  }
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong('no object', String(type));
}

const wrong = (found: string, type: string): Error => new Error(`${found} where ${type} is`);

function isOfLeaf(value: Json, type: GraphQLNamedType): boolean {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
  switch (type.name) {
    case 'Int':
      return Number.isInteger(value) && Number(value) === (Number(value) | 0);
    case 'SafeInt':
      return Number.isSafeInteger(value);
    case 'Float':
      return Number.isFinite(value);
    case 'Boolean':
      return typeof value === 'boolean';
    case 'ID':
    case 'String':
      return (
        typeof value === 'string' && value.length <= limits.textMax && checkTexts(value) === null
      );
    default:
      // No other scalar is admitted.
      return false;
  }
}
