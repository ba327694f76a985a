import type { Work } from '../../../../shared/commands/run-command.ts';
import { actsForMerchant } from '../../../../shared/graphql/caller.ts';
import { type NotFound, notFound, type Refused } from '../../../../shared/graphql/refusals.ts';
import { secondPersonNeeded } from '../../rules/commands/lock.ts';
import { Rule } from '../../rules/entities/rule.ts';
import type { DropAppreciationInput, GrantAppreciationInput } from '../../schema.generated.ts';
import { requireDeed } from '../../standing/queries/staff.ts';
import { appreciationOf } from '../domain/appreciation.ts';
import type { NotIssuing } from '../domain/not-issuing.ts';
import {
  Appreciation,
  type AppreciationRow,
  type AppreciationState,
} from '../entities/appreciation.ts';
import type { AppreciationFacts } from '../queries/ask-around.ts';
import { paidByListed } from '../queries/earners.ts';
import {
  type AppreciationChanged,
  appreciationNotReady,
  changed,
  refuseTooMuch,
  refuseUnqualified,
  type TooMuch,
} from './propose-appreciation.ts';

type GrantOutcome =
  | AppreciationChanged
  | NotIssuing
  | TooMuch
  | Refused<'SecondPersonNeeded'>
  | Refused<'AppreciationNotReady'>
  | NotFound;

/** A second person approves of the shares as they are; then they are granted. */
export const grantAppreciationOf = (facts: AppreciationFacts | null) =>
  async function grantAppreciation(
    work: Work,
    { appreciationId: id }: GrantAppreciationInput,
  ): Promise<GrantOutcome> {
    const { manager, at, caller } = work;
    const found = await lockAppreciation(work, id);
    if (found === null || facts === null) return notFound('APPRECIATION_NOT_FOUND');
    if (found.state !== 'READY') return notReady(found);
    if (found.proposedBy === caller.subject) return secondPersonNeeded();
    if (found.members === 0) return appreciationNotReady('APPRECIATION_NOBODY');
    const rule = await manager.findOneByOrFail(Rule, { id: found.ruleId });
    const terms = appreciationOf(rule.terms);
    if (terms === null) return appreciationNotReady('APPRECIATION_RULE_NOT_USABLE');
    const { merchantId } = found;
    const paid = await paidByListed(manager, id, {
      merchantId,
      currency: facts.currency,
      ...terms,
    });
    const refusal =
      (await refuseUnqualified(manager, rule, at)) ?? refuseTooMuch(found.points, paid, facts);
    if (refusal !== null) return refusal;

    // From here on the command must succeed.
    await decide(work, found, 'GRANTING');
    return changed(id);
  };

/** Gives an appreciation up before anything is granted. It favours nobody, so one person is enough. */
export async function dropAppreciation(
  work: Work,
  { appreciationId: id }: DropAppreciationInput,
): Promise<AppreciationChanged | Refused<'AppreciationNotReady'> | NotFound> {
  const found = await lockAppreciation(work, id);
  if (found === null) return notFound('APPRECIATION_NOT_FOUND');
  if (found.state !== 'LISTING' && found.state !== 'READY') return notReady(found);

  // From here on the command must succeed.
  await decide(work, found, 'DROPPED');
  return changed(id);
}

const notReady = ({ state }: AppreciationRow) =>
  appreciationNotReady('APPRECIATION_IN_OTHER_STATE', { state });

/** As it stays until the transaction ends; null: there is none, or the caller may not act for its merchant. */
async function lockAppreciation(
  { manager, dialect, caller }: Work,
  id: string,
): Promise<AppreciationRow | null> {
  await manager.query(`SELECT id FROM merchants_appreciation WHERE id = ? ${dialect.forUpdate}`, [
    id,
  ]);
  const found = await manager.findOneBy(Appreciation, { id });
  if (found?.id !== id || !actsForMerchant(caller, found.merchantId)) return null;
  await requireDeed({ manager, caller }, found.merchantId, 'CAMPAIGNS');
  return found;
}

const decide = (
  { manager, at, caller }: Work,
  { id }: AppreciationRow,
  state: AppreciationState,
): Promise<unknown> =>
  manager.update(Appreciation, id, { state, decidedBy: caller.subject, decidedAt: at });
