import type { Work } from '../../../../shared/commands/run-command.ts';
import type { Frame } from '../../../../shared/graphql/context.ts';
import type { IncidentStep, OnIncidentStep } from '../domain/step.ts';
import { Incident, type IncidentRow } from '../entities/incident.ts';

/** What working an incident off needs. */
export type Hands = Readonly<{
  frame: Frame;
  onStep: OnIncidentStep;
  /** How many redemptions or members are worked off at once. */
  pageSize: number;
}>;

export type Writing = Pick<Work, 'manager' | 'dialect'>;

/** Tells of a step before and after it. */
export async function around<Result>(
  { onStep }: Pick<Hands, 'onStep'>,
  { id }: Pick<IncidentRow, 'id'>,
  step: IncidentStep,
  work: () => Promise<Result>,
): Promise<Result> {
  await onStep(step, 'before', id);
  const result = await work();
  await onStep(step, 'after', id);
  return result;
}

/** The incident as it stays until the transaction ends. */
export async function lockedIncident(
  { manager, dialect }: Writing,
  id: string,
): Promise<IncidentRow> {
  await manager.query(`SELECT id FROM rewards_incident WHERE id = ? ${dialect.forUpdate}`, [id]);
  return manager.findOneByOrFail(Incident, { id });
}
