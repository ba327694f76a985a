import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';
import type { RewardKind } from '../../domain/reward.ts';
import { CODE_PAYS_MINOR } from './offset.ts';

type Maybe<Value> = Value | null | undefined;

/** What a reward of the kind BILL_OFFSET cannot state: points that pay a part of a bill are the same for everybody. */
const NOT_WITH_IT = [
  'weekdays',
  'regions',
  'minTier',
  'cashPart',
  'tierPrices',
  'fulfilHours',
] as const;

type Given = Readonly<{
  kind: RewardKind;
  cashPrice: Readonly<{ amountMinor: number }>;
  details?: Maybe<Readonly<{ billOffset?: Maybe<Readonly<{ maxMinor?: Maybe<number> }>> }>>;
}> &
  Readonly<Partial<Record<(typeof NOT_WITH_IT)[number], unknown>>>;

/** The first thing that is wrong with a reward of this kind, or null. */
export function checkOffset(given: Given): InvalidInput | null {
  if (given.kind !== 'BILL_OFFSET') return null;
  const odd = NOT_WITH_IT.find((name) => given[name] != null);
  if (odd !== undefined) return invalidInput('NOT_WITH_BILL_OFFSET', odd);
  if (given.cashPrice.amountMinor < 1) {
    return invalidInput('AMOUNT_NOT_POSITIVE', 'cashPrice.amountMinor');
  }
  const maxMinor = given.details?.billOffset?.maxMinor ?? CODE_PAYS_MINOR;
  return maxMinor >= 1 && maxMinor <= CODE_PAYS_MINOR
    ? null
    : invalidInput('OFFSET_MAX_OUT_OF_RANGE', 'details.billOffset.maxMinor', {
        max: CODE_PAYS_MINOR,
      });
}
