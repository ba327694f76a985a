import { IsNull } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import { checkKey, type InvalidInput, type NotFound } from '../../../shared/graphql/refusals.ts';
import { consentGranted } from '../domain/consent-events.ts';
import { memberNotFound } from '../domain/refusals.ts';
import { Consent, type ConsentRow } from '../entities/consent.ts';
import { lockMember } from '../entities/lock-members.ts';
import { checkActsFor } from './act-for-member.ts';

export type ConsentInput = Readonly<{
  idempotencyKey: string;
  memberId: string;
  purpose: ConsentRow['purpose'];
  policyVersion: string;
}>;

export type ConsentGranted = Readonly<{ kind: 'ConsentGranted'; memberId: string }>;

/** Records a consent for one purpose under one version of the policy. It may be granted again (R17). */
export async function grantConsent(
  work: Work,
  { memberId, purpose, policyVersion }: ConsentInput,
): Promise<ConsentGranted | NotFound | InvalidInput> {
  checkActsFor(work.caller, memberId);
  const unusable = checkKey('policyVersion', policyVersion, 64);
  if (unusable !== null) return unusable;
  if ((await lockMember(work, memberId)) === null) return memberNotFound();

  // From here on the command must succeed.
  const open = { memberId, purpose, policyVersion, withdrawnAt: IsNull() };
  if (!(await work.manager.existsBy(Consent, open))) {
    await work.manager.insert(Consent, {
      id: work.newId(),
      memberId,
      purpose,
      policyVersion,
      grantedAt: work.at,
      withdrawnAt: null,
      withdrawnVersion: null,
    });
    await appendEvents(work.manager, work.at, [consentGranted({ memberId, purpose })]);
  }
  return { kind: 'ConsentGranted', memberId };
}
