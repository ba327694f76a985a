import { IsNull } from 'typeorm';
import type { Work } from '../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../shared/feeds/append.ts';
import { type NotFound, notFound } from '../../../shared/graphql/refusals.ts';
import { consentWithdrawn } from '../domain/consent-events.ts';
import { memberNotFound } from '../domain/refusals.ts';
import { Consent } from '../entities/consent.ts';
import { lockMember } from '../entities/lock-members.ts';
import { checkActsFor } from './act-for-member.ts';
import type { ConsentInput } from './grant-consent.ts';

export type ConsentWithdrawn = Readonly<{ kind: 'ConsentWithdrawn'; memberId: string }>;

/**
 * Ends every consent to the purpose, under whatever version it was granted: a withdrawal that left an
 * older one standing would not be one (R17). The history stays.
 */
export async function withdrawConsent(
  work: Work,
  { memberId, purpose, policyVersion }: ConsentInput,
): Promise<ConsentWithdrawn | NotFound> {
  checkActsFor(work.caller, memberId);
  if ((await lockMember(work, memberId)) === null) return memberNotFound();
  const open = { memberId, purpose, withdrawnAt: IsNull() };
  if (!(await work.manager.existsBy(Consent, open))) return notFound('CONSENT_NOT_FOUND');

  // From here on the command must succeed.
  await work.manager.update(Consent, open, {
    withdrawnAt: work.at,
    withdrawnVersion: policyVersion.slice(0, 64),
  });
  await appendEvents(work.manager, work.at, [consentWithdrawn({ memberId, purpose })]);
  return { kind: 'ConsentWithdrawn', memberId };
}
