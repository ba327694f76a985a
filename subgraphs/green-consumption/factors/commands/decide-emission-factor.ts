import { dayOf } from '../../../../shared/calendar.ts';
import type { Work } from '../../../../shared/commands/run-command.ts';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type Refused,
  refused,
} from '../../../../shared/graphql/refusals.ts';
import type { ConfirmEmissionFactorInput } from '../../schema.generated.ts';
import { FactorProposal, type FactorProposalRow } from '../entities/factor-proposal.ts';
import { readFactors } from '../queries/read-factors.ts';

export type EmissionFactorConfirmed = Readonly<{
  kind: 'EmissionFactorConfirmed';
  code: string;
  version: string;
}>;
export type EmissionFactorWithdrawn = Readonly<{
  kind: 'EmissionFactorWithdrawn';
  proposalId: string;
}>;

/**
 * Another person stands for a proposed version: it is public, and counts from its first day on. When that day has
 * come meanwhile it is too late, because what happened on it has been reported by the version before.
 */
export async function confirmEmissionFactor(
  work: Work,
  { proposalId }: ConfirmEmissionFactorInput,
): Promise<EmissionFactorConfirmed | Refused<'SecondPersonNeeded'> | NotFound | InvalidInput> {
  const proposal = await lockOpen(work, proposalId);
  if (proposal === null) return notFound('FACTOR_NOT_PROPOSED');
  if (proposal.proposedBy === work.caller.subject) {
    return refused('SecondPersonNeeded', 'FACTOR_NEEDS_SECOND_PERSON');
  }
  if (proposal.since <= dayOf(work.at)) return invalidInput('FACTOR_TOO_LATE', 'proposalId');
  const { code, version, unit, basis, counted } = proposal;
  const [first] = (await readFactors(work.manager)).filter((one) => one.code === code);
  const isFit =
    first === undefined ||
    (first.unit === unit && first.basis === basis && first.counted === counted);
  // Another first version of a new behaviour was confirmed meanwhile, and measures something else.
  if (!isFit) return invalidInput('FACTOR_DIFFERS_BY_NOW', 'proposalId', { code });

  // From here on the command must succeed.
  const decided = { decidedBy: work.caller.subject, decidedAt: work.at };
  await work.manager.update(FactorProposal, proposalId, { ...decided, state: 'CONFIRMED' });
  return { kind: 'EmissionFactorConfirmed', code, version };
}

/** Takes a proposed version back. Its name and its day are free again; a confirmed one stays for ever. */
export async function withdrawEmissionFactor(
  work: Work,
  { proposalId }: ConfirmEmissionFactorInput,
): Promise<EmissionFactorWithdrawn | NotFound> {
  if ((await lockOpen(work, proposalId)) === null) return notFound('FACTOR_NOT_PROPOSED');

  // From here on the command must succeed.
  const decided = { decidedBy: work.caller.subject, decidedAt: work.at };
  const freed = { versionKey: null, dayKey: null };
  await work.manager.update(FactorProposal, proposalId, {
    ...decided,
    ...freed,
    state: 'WITHDRAWN',
  });
  return { kind: 'EmissionFactorWithdrawn', proposalId };
}

/** The open proposal, with its row locked. Null: there is none. */
async function lockOpen(
  { manager, dialect }: Work,
  proposalId: string,
): Promise<FactorProposalRow | null> {
  const table = 'green_factor_proposal';
  await manager.query(`SELECT id FROM ${table} WHERE id = ? ${dialect.forUpdate}`, [proposalId]);
  const found = await manager.findOneBy(FactorProposal, { id: proposalId, state: 'OPEN' });
  // MariaDB finds an id with blanks after it as well.
  return found?.id === proposalId ? found : null;
}
