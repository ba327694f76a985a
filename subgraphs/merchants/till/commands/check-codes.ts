import { checkKey, type InvalidInput } from '../../../../shared/graphql/refusals.ts';
import { CODE_MAX } from '../../domain/order.ts';

/** The first code of a list that cannot be used or stands there twice, or null. `repeated` says the latter. */
export function checkCodes(
  list: string,
  codes: readonly string[],
  repeated: (code: string, field: string) => InvalidInput,
): InvalidInput | null {
  for (const [index, code] of codes.entries()) {
    const field = `${list}.${index}`;
    const unusable = checkKey(field, code, CODE_MAX);
    if (unusable !== null) return unusable;
    if (codes.indexOf(code) < index) return repeated(code, field);
  }
  return null;
}
