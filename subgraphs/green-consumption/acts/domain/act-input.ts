import { addDays, type Day, dayOf } from '../../../../shared/calendar.ts';
import { type InvalidInput, invalidInput, isKey } from '../../../../shared/graphql/refusals.ts';
import type { Factor } from '../../domain/factors.ts';
import type { Behaviour, EvidenceKind } from './behaviours.ts';
import type { Evidence } from './claim.ts';
import {
  type ActNotPlausible,
  actNotPlausible,
  type TrackNotAccepted,
  trackNotAccepted,
} from './refusals.ts';
import { holdsTrack } from './tracks.ts';

/** What is said of an act by whoever records it. */
export type GivenAct = Readonly<{
  memberId: string;
  behaviour: string;
  /** Thousandths of the unit. */
  activityMilli: number;
  unit: string;
  occurredAt: Date;
  region: string;
  evidence: Evidence & Readonly<{ kind: EvidenceKind }>;
  merchantId?: string | null | undefined;
}>;

/** Until how many days after it an act may be recorded. Later nobody can say what it was. */
export const RECORDED_WITHIN_DAYS = 31;

const KEY_MAX = 64;

/** Refuses coordinates first of all, so that they are kept nowhere; then texts that are no names. */
export function refuseTexts(
  texts: Readonly<Record<string, string>>,
): TrackNotAccepted | InvalidInput | null {
  const named = Object.entries(texts);
  for (const [field, text] of named) if (holdsTrack(text)) return trackNotAccepted(field);
  for (const [field, text] of named) {
    // Full-width signs may become more of them when they are compared.
    const isUsable =
      isKey(text, KEY_MAX) && text.normalize('NFKC').length <= KEY_MAX && isName(text);
    if (!isUsable) return invalidInput('KEY_NOT_USABLE', field, { max: KEY_MAX });
  }
  return null;
}

/** It shows something to whoever reads it, on one line, and all of it: a sign that is not seen would make another number of it. */
const isName = (text: string): boolean =>
  /[\p{L}\p{N}]/u.test(text) && !/[\p{C}\p{M}\p{So}\p{Default_Ignorable_Code_Point}]/u.test(text);

/** The provinces of GB/T 2260, by the first two digits of the codes of all their divisions. */
const PROVINCES = [
  ...['11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37'],
  ...['41', '42', '43', '44', '45', '46', '50', '51', '52', '53', '54', '61', '62', '63', '64'],
  ...['65', '71', '81', '82'],
];

/** The whole country, or a division by its code of GB/T 2260, such as `310000`. Never a place. */
export const refuseRegion = (region: string): InvalidInput | null =>
  region === 'CN' || (/^\d{6}$/.test(region) && PROVINCES.includes(region.slice(0, 2)))
    ? null
    : invalidInput('REGION_NOT_USABLE', 'region');

/** Whether it is the code of a province, such as `310000`. */
export const isProvince = (code: string): boolean =>
  code.length === 6 && code.endsWith('0000') && PROVINCES.includes(code.slice(0, 2));

/** What the codes of a division and of all in it begin with: `31` of 310000, `3101` of 310100; nothing of the country. */
export const withinRegion = (region: string): string =>
  region === 'CN' ? '' : region.replace(/(?:0{4}|0{2})$/, '');

export function refuseTime(occurredAt: Date, at: Date): InvalidInput | null {
  if (occurredAt > at) return invalidInput('ACT_IN_FUTURE', 'occurredAt');
  const earliest: Day = addDays(dayOf(at), -RECORDED_WITHIN_DAYS);
  return dayOf(occurredAt) < earliest
    ? invalidInput('ACT_TOO_OLD', 'occurredAt', { days: RECORDED_WITHIN_DAYS })
    : null;
}

/** Refuses an activity in another unit, in parts where it is whole, or of more than can be. */
export function refuseActivity(
  { activityMilli, unit }: Pick<GivenAct, 'activityMilli' | 'unit'>,
  behaviour: Behaviour,
  factor: Pick<Factor, 'unit'>,
): InvalidInput | ActNotPlausible | null {
  if (unit !== factor.unit) {
    const { code } = behaviour;
    return invalidInput('UNIT_DOES_NOT_FIT', 'unit', { behaviour: code, unit: factor.unit });
  }
  if (activityMilli < 1) return invalidInput('AMOUNT_NOT_POSITIVE', 'activityMilli');
  if (behaviour.isWhole && activityMilli % 1_000 !== 0) {
    return invalidInput('ACTIVITY_NOT_WHOLE', 'activityMilli', { unit });
  }
  const mostMilli = behaviour.mostPerActMilli;
  return activityMilli > mostMilli ? actNotPlausible('ACT', behaviour, { unit, mostMilli }) : null;
}
