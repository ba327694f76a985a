import { isCurrency } from '../../../shared/currency.ts';
import { checkKey, type InvalidInput, invalidInput } from '../../../shared/graphql/refusals.ts';

const UNIT_MAX = 64;

/** What is wrong with the name of a unit of points, if anything. No unit is money (S68). */
export const checkUnit = (field: string, unit: string): InvalidInput | null =>
  checkKey(field, unit, UNIT_MAX) ??
  (isCurrency(unit) ? invalidInput('UNIT_IS_MONEY', field) : null);
