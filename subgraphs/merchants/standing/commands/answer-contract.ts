import type { Work } from '../../../../shared/commands/run-command.ts';
import { appendEvents } from '../../../../shared/feeds/append.ts';
import {
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { AnswerContractInput } from '../../schema.generated.ts';
import { Contract } from '../entities/contract.ts';
import { requireDeed } from '../queries/staff.ts';
import { lockContracts, sideOf } from './propose-contract.ts';

export type ContractAnswered = Readonly<{
  kind: 'ContractAnswered';
  merchantId: string;
  version: number;
}>;

/** Agrees to what the other side proposed, or declines it. */
export async function answerContract(
  work: Work,
  { merchantId, version, isAgreed }: AnswerContractInput,
): Promise<ContractAnswered | Refused<'ContractNotYours'> | NotFound> {
  const { manager, at, caller } = work;
  await requireDeed(work, merchantId, 'CONTRACT');
  const contracts = await lockContracts(work, merchantId);
  const asked = contracts.find((row) => row.version === version);
  if (asked?.state !== 'PROPOSED') return notFound('CONTRACT_NOT_FOUND');
  if (asked.proposedAs === sideOf(work)) return refused('ContractNotYours', 'CONTRACT_NOT_YOURS');

  // From here on the command must succeed.
  const effectiveAt = asked.effectiveAt < at ? at : asked.effectiveAt;
  await manager.update(
    Contract,
    { merchantId, version },
    {
      state: isAgreed ? 'AGREED' : 'DECLINED',
      answeredBy: caller.subject,
      answeredAt: at,
      effectiveAt,
    },
  );
  if (isAgreed) {
    const payload = { merchantId, version, effectiveAt: effectiveAt.toISOString() };
    await appendEvents(manager, at, [{ kind: 'merchant.contractAgreed', payload }]);
  }
  return { kind: 'ContractAnswered', merchantId, version };
}
