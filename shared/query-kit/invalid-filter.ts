import { type Fault, fault } from '../graphql/faults.ts';
import type { Parameters } from '../graphql/wording.ts';

/** What is wrong with a filter or an order; the sentence INVALID_FILTER says each in both languages. */
type FilterDefect =
  | 'TOO_MANY_CONDITIONS'
  | 'TOO_DEEP'
  | 'IS_NULL'
  | 'IS_EMPTY'
  | 'TOO_MANY_VALUES'
  | 'TOO_SHORT'
  | 'TOO_MANY_ORDERS'
  | 'ORDER_REPEATED';

/** BAD_USER_INPUT with the reason INVALID_FILTER. `where` is the part at fault, `max` and `min` its bound. */
export const invalidFilter = (what: FilterDefect, parameters: Parameters = {}): Fault =>
  fault('BAD_USER_INPUT', 'INVALID_FILTER', { what, ...parameters });
