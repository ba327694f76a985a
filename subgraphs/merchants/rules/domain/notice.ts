/**
 * How many days lie between the publication of a change and its effect, at the least. A day is 24 hours: the
 * calendar of the books has had no daylight saving since 1991, so it is the same time of day so many days later.
 */
export type NoticePolicy = Readonly<{
  /** Of any change of a rule that is in force. 电子商务法 34 [V]: published 7 days before it takes effect. */
  days: number;
  /** Of a change that takes something from members and concerns many: a policy of the alliance. */
  adverseDays: number;
  /** From how many members on it concerns many, counting those who have earned in the programme. */
  many: number;
  /** Of the end of a whole programme: its points stay good, but nobody earns any more (R11). */
  endDays: number;
}>;

/** One member is many: who has earned by a rule has relied on it. */
export const ALLIANCE_NOTICE: NoticePolicy = { days: 7, adverseDays: 15, many: 1, endDays: 30 };

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a publication does to a rule. */
export type Change = Readonly<{
  /** FIRST: nothing that is in force changes. END: a whole programme stops. */
  kind: 'FIRST' | 'CHANGE' | 'END';
  isAdverse: boolean;
  concernsMany: boolean;
}>;

/**
 * The notice that a publication needs, in days. What only gives needs none: a campaign has to be disclosed
 * before it begins, and publication is that disclosure. The law asks for days before *changes* of rules.
 */
export function noticeDays(change: Change, policy: NoticePolicy): number {
  const { kind, isAdverse, concernsMany } = change;
  if (kind === 'FIRST') return 0;
  if (kind === 'END') return Math.max(policy.endDays, policy.adverseDays);
  return isAdverse && concernsMany ? policy.adverseDays : policy.days;
}

/** The first lawful instant of a change whose notice begins at `from`. */
export const earliestEffect = (from: Date, days: number): Date =>
  new Date(from.getTime() + days * DAY_MS);
