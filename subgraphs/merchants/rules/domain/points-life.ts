import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  NEVER,
  parseIsoDay,
} from '../../../../shared/calendar.ts';
import type { Expiry, RuleTerms } from './terms.ts';

/** From when until when points can be spent. */
export type PointsLife = Readonly<{
  /** The first day on which they can be spent; null: at once, or when `vestsOnEvent` happens. */
  vestsOn: Day | null;
  vestsOnEvent: string | null;
  /** The first day on which they cannot be spent any more, or NEVER. */
  expiresOn: Day;
  /** They would lapse before anybody could spend them. */
  isOver: boolean;
}>;

/** The life of points that are recorded at an instant: it counts from that day on the books' calendar. */
export function lifeOf(
  { vesting, expiry }: Pick<RuleTerms, 'vesting' | 'expiry'>,
  recordedAt: Date,
): PointsLife {
  const today = dayOf(recordedAt);
  const expiresOn = endOf(expiry, today);
  const vestsOn = vesting.kind === 'AFTER_DAYS' ? addDays(today, vesting.days) : null;
  return {
    vestsOn,
    vestsOnEvent: vesting.kind === 'ON_EVENT' ? vesting.event : null,
    expiresOn,
    isOver: (vestsOn ?? today) >= expiresOn,
  };
}

function endOf(expiry: Expiry, today: Day): Day {
  switch (expiry.kind) {
    case 'NEVER':
      return NEVER;
    case 'ON':
      return addDays(parseIsoDay(expiry.day), 1);
    case 'MONTHS': {
      const day = addMonths(today, expiry.months);
      return expiry.end === 'DAY' ? day : addMonths(day - (day % 100) + 1, 1);
    }
  }
}
