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

/**
 * The most that rewards give for points of these units, by unit and currency. While the catalogue is out of
 * reach nothing is known, and the guard counts with the prices of the contracts.
 */
export async function highestWorths(
  peers: Peers,
  units: readonly string[],
  call: Pick<Call, 'requestId' | 'deadline'>,
): Promise<readonly UnitWorth[]> {
  if (units.length === 0) return [];
  const variables = { units: [...new Set(units)] };
  try {
    const answer = await peers.ask<{ highestWorths: UnitWorth[] }>(
      'rewards-catalog',
      QUERY,
      variables,
      call,
    );
    return answer.highestWorths;
  } catch (error) {
    if (error instanceof PeerFailure) return [];
    throw error;
  }
}

export const worthOf = (
  worths: readonly UnitWorth[],
  unit: string,
  currency: string,
): UnitWorth | null =>
  worths.find((worth) => worth.unit === unit && worth.currency === currency) ?? null;
