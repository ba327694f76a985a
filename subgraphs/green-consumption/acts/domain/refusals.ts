import { addDays, addMonths, type Day, isoDay } from '../../../../shared/calendar.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import type { Behaviour, Cap } from './behaviours.ts';

/** The same deed was claimed before, by an act of any programme or by the line of a purchase. */
export type ActClaimed = Refused<'ActClaimed'>;
/** It cannot have been so much. */
export type ActNotPlausible = Refused<'ActNotPlausible'>;
/** No more of it counts in this day or month. */
export type ActCapReached = Refused<'ActCapReached'> & Readonly<{ resetsOn: string }>;
/** No factor is in force for it, so nothing can be said of what it saves. */
export type FactorNotInForce = Refused<'FactorNotInForce'>;
/** Coordinates or a track: distance and mode are enough (R20). */
export type TrackNotAccepted = Refused<'TrackNotAccepted'> & Readonly<{ field: string }>;

export const actClaimed = (claim: string): ActClaimed =>
  refused('ActClaimed', 'ACT_CLAIMED', { claim });

export const actNotPlausible = (
  period: 'ACT' | 'DAY',
  { code }: Pick<Behaviour, 'code'>,
  { unit, mostMilli }: Readonly<{ unit: string; mostMilli: number }>,
): ActNotPlausible =>
  refused('ActNotPlausible', period === 'ACT' ? 'ACT_TOO_MUCH' : 'DAY_TOO_MUCH', {
    behaviour: code,
    most: mostMilli / 1_000,
    unit,
  });

/** `resetsOn` is the first day on which such an act counts again. */
export function actCapReached(
  { period, measure, most, source }: Cap,
  { day, unit }: Readonly<{ day: Day; unit: string }>,
): ActCapReached {
  const next = period === 'DAY' ? addDays(day, 1) : addMonths(day - (day % 100) + 1, 1);
  const resetsOn = isoDay(next);
  return {
    ...refused('ActCapReached', `CAP_OF_${measure}_REACHED`, {
      period,
      most: measure === 'ACTS' ? most : most / 1_000,
      unit,
      source,
      resetsOn,
    }),
    resetsOn,
  };
}

export const factorNotInForce = (behaviour: string): FactorNotInForce =>
  refused('FactorNotInForce', 'FACTOR_NOT_IN_FORCE', { behaviour });

export const trackNotAccepted = (field: string): TrackNotAccepted => ({
  ...refused('TrackNotAccepted', 'TRACK_NOT_ACCEPTED', { field }),
  field,
});

export type ProjectTaken = Refused<'ProjectTaken'>;

export const projectTaken = (code: string): ProjectTaken =>
  refused('ProjectTaken', 'PROJECT_TAKEN', { project: code });
