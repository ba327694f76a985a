import type { EntityManager } from 'typeorm';
import { type Factor, supersededBy } from '../../domain/factors.ts';
import { builtInFactors } from '../domain/built-in.ts';
import { FactorProposal, factorOf } from '../entities/factor-proposal.ts';

/**
 * All versions of all factors that may be used, those of the past included: the tables that come with the program,
 * and what two operators published. One statement.
 */
export async function readFactors(reader: EntityManager): Promise<readonly Factor[]> {
  const published = await reader.find(FactorProposal, {
    where: { state: 'CONFIRMED' },
    order: { since: 'ASC', id: 'ASC' },
  });
  const all = [...builtInFactors, ...published.map(factorOf)];
  // What was confirmed in between is what it supersedes, whatever was there when it was proposed.
  return all.map((one) => (one.since === 0 ? one : { ...one, supersedes: supersededBy(one, all) }));
}
