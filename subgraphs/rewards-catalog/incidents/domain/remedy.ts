import { addDays, type Day } from '../../../../shared/calendar.ts';
import { type InvalidInput, invalidInput } from '../../../../shared/graphql/refusals.ts';

export type RemedyKind = 'EXTEND' | 'BONUS' | 'SUBSTITUTE';

/** What is done for those whom an incident concerned (S62). */
export type Remedy =
  /** Their vouchers are good for so many days longer. */
  | Readonly<{ kind: 'EXTEND'; days: number }>
  /** Each of them gets points; `validDays` null: they never expire. */
  | Readonly<{ kind: 'BONUS'; points: number; unit: string; validDays: number | null }>
  /** Their vouchers become ones for another reward. */
  | Readonly<{ kind: 'SUBSTITUTE'; rewardId: string }>;

/** As a client states it: what belongs to another kind is left out. */
export type StatedRemedy = Readonly<{
  kind: RemedyKind;
  days?: number | null | undefined;
  points?: number | null | undefined;
  unit?: string | null | undefined;
  validDays?: number | null | undefined;
  rewardId?: string | null | undefined;
}>;

/** S62: at least as long as the incident lasted; a policy of the alliance: at least a week. */
const DAYS_LEAST = 7;
const DAYS_MAX = 3_660;
/** More than this is no goodwill; the same as the ledger has it. */
const POINTS_MAX = 10_000;
/** Points that lapse before anybody can spend them repair nothing. */
const VALID_DAYS_LEAST = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** How many days vouchers have to be extended by at least. */
export const leastDays = ({ from, until }: Readonly<{ from: Date; until: Date }>): number =>
  Math.max(DAYS_LEAST, Math.ceil((until.getTime() - from.getTime()) / DAY_MS));

/** The remedy that somebody states for an incident of this length, or what is wrong with it. */
export function readRemedy(
  stated: StatedRemedy,
  window: Readonly<{ from: Date; until: Date }>,
): Remedy | InvalidInput {
  const { kind, days, points, unit, validDays = null, rewardId } = stated;
  const foreign = fieldsOf(stated).find((field) => !FIELDS[kind].includes(field));
  if (foreign !== undefined) return invalidInput('REMEDY_FIELD_FOREIGN', `remedy.${foreign}`);
  if (kind === 'EXTEND') {
    const min = leastDays(window);
    if (days == null || days < min || days > DAYS_MAX) {
      return invalidInput('REMEDY_NUMBER_OUT_OF_RANGE', 'remedy.days', { min, max: DAYS_MAX });
    }
    return { kind, days };
  }
  if (kind === 'SUBSTITUTE') {
    if (rewardId == null) return invalidInput('REMEDY_REWARD_NEEDED', 'remedy.rewardId');
    return { kind, rewardId };
  }
  if (points == null || points < 1 || points > POINTS_MAX) {
    const range = { min: 1, max: POINTS_MAX };
    return invalidInput('REMEDY_NUMBER_OUT_OF_RANGE', 'remedy.points', range);
  }
  if (validDays !== null && (validDays < VALID_DAYS_LEAST || validDays > DAYS_MAX)) {
    const range = { min: VALID_DAYS_LEAST, max: DAYS_MAX };
    return invalidInput('REMEDY_NUMBER_OUT_OF_RANGE', 'remedy.validDays', range);
  }
  return { kind, points, unit: unit ?? 'ALLIANCE', validDays };
}

const FIELDS: Readonly<Record<RemedyKind, readonly string[]>> = {
  EXTEND: ['days'],
  BONUS: ['points', 'unit', 'validDays'],
  SUBSTITUTE: ['rewardId'],
};

const fieldsOf = ({ kind: _, ...fields }: StatedRemedy): string[] =>
  Object.entries(fields).flatMap(([field, value]) => (value == null ? [] : [field]));

/** Until when an extended voucher is good: what lapsed meanwhile is good for all its new days. */
export const extendedTo = (validUntil: Day, approvedOn: Day, days: number): Day =>
  addDays(Math.max(validUntil, approvedOn), days);
