import { isoDay } from '../../../../shared/calendar.ts';
import { beginOf } from './document.ts';
import { hasLeft, issuingAt, type Obstacle, type Standing } from './issuing.ts';

/** What members are told of a merchant. The code and the parameters word its sentence. */
export type MerchantNotice = Readonly<{
  kind: 'SUSPENDED' | 'LEAVING' | 'LEFT' | 'NOT_ISSUING';
  code: string;
  parameters: Readonly<Record<string, string>>;
  since: Date | null;
  until: Date | null;
}>;

/** What the sentence of an obstacle names. */
export const parametersOf = ({ document, day }: Obstacle): Readonly<Record<string, string>> => ({
  ...(document && { document }),
  ...(day && { day: isoDay(day) }),
});

/** The gravest of what there is to say to members of a merchant at an instant (S32, S54, R11), or null. */
export function noticeAt(standing: Standing, at: Date): MerchantNotice | null {
  const { leaving, suspensions } = standing;
  const left = leaving !== null && hasLeft(standing, at) ? leaving : null;
  if (left !== null) {
    const parameters = { day: isoDay(left.leavesOn), reason: sentenceOf(left.reason) };
    const since = beginOf(left.leavesOn);
    return { kind: 'LEFT', code: 'NOTICE_LEFT', parameters, since, until: null };
  }
  const suspension = suspensions.find(
    ({ from, until }) => from <= at && (until === null || at < until),
  );
  if (suspension !== undefined) {
    const parameters = { reason: sentenceOf(suspension.reason) };
    const { from: since, until } = suspension;
    return { kind: 'SUSPENDED', code: 'NOTICE_SUSPENDED', parameters, since, until };
  }
  const { isIssuing, obstacles, since, until } = issuingAt(standing, at);
  const [obstacle] = obstacles;
  if (!isIssuing && obstacle !== undefined) {
    const parameters = parametersOf(obstacle);
    return { kind: 'NOT_ISSUING', code: obstacle.code, parameters, since, until };
  }
  if (leaving === null) return null;
  const parameters = { day: isoDay(leaving.leavesOn), reason: sentenceOf(leaving.reason) };
  const end = beginOf(leaving.leavesOn);
  return {
    kind: 'LEAVING',
    code: 'NOTICE_LEAVING',
    parameters,
    since: leaving.announcedAt,
    until: end,
  };
}

/** A reason as it was given, ended like a sentence. */
const sentenceOf = (reason: string): string =>
  /[.!?。！？]$/.test(reason) ? reason : `${reason}${/[\u4e00-\u9fff]$/.test(reason) ? '。' : '.'}`;
