import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { type Refused, refused } from '../../../../shared/graphql/refusals.ts';
import { Programme, type ProgrammeRow } from '../../entities/programme.ts';
import { requireOwnDeed } from '../../standing/queries/staff.ts';
import { Rule, type RuleRow } from '../entities/rule.ts';

export const secondPersonNeeded = (): Refused<'SecondPersonNeeded'> =>
  refused('SecondPersonNeeded', 'SECOND_PERSON_NEEDED');

export const notReady = (
  code: string,
  parameters: Readonly<Record<string, string | number>> = {},
): Refused<'RuleNotReady'> => refused('RuleNotReady', code, parameters);

/**
 * A programme that stays as it is until the transaction ends: whoever changes anything about its rules locks it,
 * so that of two publications at once the second sees the first. Null: there is none.
 */
export async function lockProgramme(
  { manager, dialect }: Pick<Work, 'manager' | 'dialect'>,
  id: string,
): Promise<ProgrammeRow | null> {
  await manager.query(`SELECT id FROM merchants_programme WHERE id = ? ${dialect.forUpdate}`, [id]);
  const found = await manager.findOneBy(Programme, { id });
  // MariaDB finds an id with blanks after it as well: that is not this one.
  return found?.id === id ? found : null;
}

/**
 * A rule with its programme locked. Null: there is none, or the caller may not act for its merchant. Throws
 * FORBIDDEN for staff who has nothing to do with rules.
 */
export async function lockRule(work: Work, id: string): Promise<RuleRow | null> {
  const { manager, caller } = work;
  const found = await manager.findOneBy(Rule, { id });
  if (found?.id !== id || !mayTouch(caller, found)) return null;
  await requireOwnDeed(work, 'RULES');
  await lockProgramme(work, found.programmeId);
  return manager.findOneBy(Rule, { id });
}

/** Its own merchant, who would pay for its points, and the operator. */
const mayTouch = (caller: Work['caller'], { merchantId, terms }: RuleRow): boolean =>
  actsForMerchant(caller, merchantId) ||
  (terms.sponsorId !== null && actsForMerchant(caller, terms.sponsorId));

/** `earliest` is told in the zone of the books as well, for people. */
export function noticeTooShort(earliest: Date, days: number): Refused<'NoticeTooShort'> {
  const time = new Date(earliest.getTime() + ZONE_MS).toISOString();
  const parameters = {
    earliest: earliest.toISOString(),
    days,
    time: `${time.slice(0, 10)} ${time.slice(11, 19)}`,
  };
  return refused('NoticeTooShort', 'RULE_NOTICE_TOO_SHORT', parameters);
}

/** UTC+08:00, the zone of the alliance's calendar. */
const ZONE_MS = 8 * 60 * 60 * 1000;
