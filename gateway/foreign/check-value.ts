import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { checkTexts } from '../../shared/graphql/checked-text.ts';
import type { Json } from '../prune.ts';
import { limits } from './limits.ts';

/**
 * Throws an Error unless the value is one of this type. A merchant's subgraph is not one of ours: what it
 * answers is believed to be neither of the right form nor fit to be shown.
 */
export function checkValue(value: Json, type: GraphQLOutputType): void {
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
      return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
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
