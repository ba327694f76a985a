import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';

/** So much money for so many points of a unit. */
export type UnitWorth = Readonly<{
  unit: string;
  minor: number;
  points: number;
  currency: string;
}>;

const QUERY = `query ($units: [String!]!) {
  highestWorths(units: $units) { unit minor points currency }
}`;

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

/** The most that rewards give for points of these units, by unit and currency; null: the catalogue does not answer. */
export async function highestWorths(
  { peers, requestId, deadline }: Asking,
  units: readonly string[],
): Promise<readonly UnitWorth[] | null> {
  if (units.length === 0) return [];
  const variables = { units: [...new Set(units)] };
  type Answer = { highestWorths: UnitWorth[] };
  try {
    const call = { requestId, deadline };
    return (await peers.ask<Answer>('rewards-catalog', QUERY, variables, call)).highestWorths;
  } catch (error) {
    if (error instanceof PeerFailure) return null;
    throw error;
  }
}

const asked = new WeakMap<object, Map<string, Promise<readonly UnitWorth[] | null>>>();

/**
 * The same of one unit, asked once in a request. While the catalogue does not answer nothing is known, and the
 * guard advises by the price of the contract; what is published waits for it.
 */
export function highestWorthsOf(
  context: Asking,
  unit: string,
): Promise<readonly UnitWorth[] | null> {
  const units = asked.get(context) ?? new Map<string, Promise<readonly UnitWorth[] | null>>();
  asked.set(context, units);
  const earlier = units.get(unit);
  if (earlier !== undefined) return earlier;
  const answer = highestWorths(context, [unit]);
  units.set(unit, answer);
  return answer;
}

/** That of one unit and currency; null: none is known. */
export const worthOf = (
  worths: readonly UnitWorth[] | null,
  unit: string,
  currency: string,
): UnitWorth | null =>
  worths?.find((worth) => worth.unit === unit && worth.currency === currency) ?? null;
