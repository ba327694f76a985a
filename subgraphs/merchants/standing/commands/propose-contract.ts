import { dayOf, isoDay, parseIsoDay } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import { hasRole } from '../../../../shared/graphql/caller.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { ProposeContractInput } from '../../schema.generated.ts';
import { defectOfContract } from '../domain/contract.ts';
import { beginOf } from '../domain/document.ts';
import { Contract, type ContractRow } from '../entities/contract.ts';
import { requireDeed } from '../queries/staff.ts';
import { contractTerms } from './contract-terms.ts';

export type ContractProposed = Readonly<{
  kind: 'ContractProposed';
  merchantId: string;
  version: number;
}>;

/** A merchant's contracts, the latest first, behind its lock. Empty when there is no such merchant. */
export async function lockContracts(
  { manager, dialect }: Work,
  merchantId: string,
): Promise<ContractRow[]> {
  await manager.query(`SELECT id FROM merchants_merchant WHERE id = ? ${dialect.forUpdate}`, [
    merchantId,
  ]);
  const rows = await manager.find(Contract, { where: { merchantId }, order: { version: 'DESC' } });
  // MariaDB finds an id with blanks after it as well: that is not this merchant's.
  return rows.filter((row) => row.merchantId === merchantId);
}

/** On whose side a caller stands: an operator speaks for the alliance. */
export const sideOf = ({ caller }: Work): ContractRow['proposedAs'] =>
  hasRole(caller, 'OPERATOR', 'SERVICE') ? 'OPERATOR' : 'MERCHANT';

/** Proposes another version of a contract. It holds once the other side has agreed, and never for the past. */
export async function proposeContract(
  work: Work,
  input: ProposeContractInput,
): Promise<ContractProposed | Refused<'ContractProposalOpen'> | NotFound | InvalidInput> {
  const { merchantId } = input;
  await requireDeed(work, merchantId, 'CONTRACT');
  const contracts = await lockContracts(work, merchantId);
  const [last] = contracts;
  if (last === undefined) return notFound('MERCHANT_NOT_FOUND');
  if (last.state === 'PROPOSED') return refused('ContractProposalOpen', 'CONTRACT_PROPOSAL_OPEN');
  const agreed = contracts.find(({ state }) => state === 'AGREED') ?? null;
  const terms = contractTerms(input, input.terms);
  const found = defectOfContract(terms);
  if (found !== null) {
    const { code, field, parameters } = found;
    return invalidInput(code, /^price/.test(field) ? field : `terms.${field}`, parameters);
  }
  const earliest = Math.max(dayOf(work.at), agreed === null ? 0 : dayOf(agreed.effectiveAt));
  if (parseIsoDay(input.effectiveOn) < earliest) {
    return invalidInput('EFFECTIVE_TOO_EARLY', 'effectiveOn', { earliest: isoDay(earliest) });
  }

  // From here on the command must succeed.
  const version = last.version + 1;
  await work.manager.insert(Contract, {
    ...terms,
    merchantId,
    version,
    state: 'PROPOSED',
    proposedBy: work.caller.subject,
    proposedAs: sideOf(work),
    proposedAt: work.at,
    answeredBy: null,
    answeredAt: null,
    effectiveAt: beginOf(parseIsoDay(input.effectiveOn)),
    toldAt: null,
  });
  return { kind: 'ContractProposed', merchantId, version };
}
