import { dayOf, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  checkKey,
  checkText,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type {
  ConfirmCharityInput,
  EndCharityInput,
  RegisterCharityInput,
} from '../../schema.generated.ts';
import { isCharityCode } from '../domain/donation.ts';
import { Charity, type CharityRow } from '../entities/charity.ts';

export type CharityChanged = Readonly<{ kind: 'CharityChanged'; charityId: string }>;

const NAME_MAX = 200;
const NUMBER_MAX = 64;
const REASON_MAX = 500;

/** Proposes a charity with one of its qualifications; a renewed one is a new proposal (R32). */
export async function registerCharity(
  { manager, at, newId, caller }: Work,
  { name, registrationNumber, fundraisingNumber, qualifiedUntil }: RegisterCharityInput,
): Promise<CharityChanged | InvalidInput> {
  const wrong =
    checkText('name.zh', name.zh, NAME_MAX) ??
    checkText('name.en', name.en, NAME_MAX) ??
    (isCharityCode(registrationNumber)
      ? null
      : invalidInput('CHARITY_CODE_NOT_USABLE', 'registrationNumber')) ??
    checkKey('fundraisingNumber', fundraisingNumber, NUMBER_MAX);
  if (wrong !== null) return wrong;
  const until = parseIsoDay(qualifiedUntil);
  if (until < dayOf(at)) return invalidInput('QUALIFICATION_OVER', 'qualifiedUntil');

  // From here on the command must succeed.
  const id = newId();
  await manager.insert(Charity, {
    id,
    registrationNumber,
    nameZh: name.zh.trim(),
    nameEn: name.en.trim(),
    fundraisingNumber,
    qualifiedUntil: until,
    state: 'PROPOSED',
    proposedBy: caller.subject,
    proposedAt: at,
  });
  return { kind: 'CharityChanged', charityId: id };
}

/** Another person of the operator stands for it. A second time changes nothing. */
export async function confirmCharity(
  work: Work,
  { charityId }: ConfirmCharityInput,
): Promise<CharityChanged | Refused<'SecondPersonNeeded'> | NotFound | InvalidInput> {
  const charity = await lockCharity(work, charityId);
  if (charity === null) return notFound('CHARITY_NOT_FOUND');
  if (charity.state === 'ENDED') return invalidInput('CHARITY_ENDED', 'charityId');
  if (charity.proposedBy === work.caller.subject) {
    return refused('SecondPersonNeeded', 'CHARITY_NEEDS_SECOND_PERSON');
  }

  // From here on the command must succeed.
  if (charity.state === 'PROPOSED') {
    await work.manager.update(Charity, charityId, {
      state: 'CONFIRMED',
      confirmedBy: work.caller.subject,
      confirmedAt: work.at,
    });
  }
  return { kind: 'CharityChanged', charityId };
}

/** One person is enough to stop. A second time changes nothing. */
export async function endCharity(
  work: Work,
  { charityId, reason }: EndCharityInput,
): Promise<CharityChanged | NotFound | InvalidInput> {
  const wrong = checkText('reason', reason, REASON_MAX);
  if (wrong !== null) return wrong;
  const charity = await lockCharity(work, charityId);
  if (charity === null) return notFound('CHARITY_NOT_FOUND');

  // From here on the command must succeed.
  if (charity.state !== 'ENDED') {
    await work.manager.update(Charity, charityId, {
      state: 'ENDED',
      endedBy: work.caller.subject,
      endedAt: work.at,
      endReason: reason.trim(),
    });
  }
  return { kind: 'CharityChanged', charityId };
}

async function lockCharity({ manager, dialect }: Work, id: string): Promise<CharityRow | null> {
  await manager.query(`SELECT id FROM rewards_charity WHERE id = ? ${dialect.forUpdate}`, [id]);
  const charity = await manager.findOneBy(Charity, { id });
  // MariaDB finds an id with blanks after it as well: that is not this one.
  return charity?.id === id ? charity : null;
}
