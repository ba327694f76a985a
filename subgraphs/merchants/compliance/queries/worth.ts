import { PeerFailure, type Peers } from '../../../../shared/graphql/peers.ts';
import type { Call } from '../../../../shared/graphql/request.ts';
import type { UnitWorth } from '../domain/worth.ts';

const QUERY = `query ($units: [String!]!, $merchantIds: [ID!]!) {
  highestWorths(units: $units, merchantIds: $merchantIds) { unit merchantId minor points currency }
}`;

type Asking = Readonly<{ peers: Peers }> & Pick<Call, 'requestId' | 'deadline'>;

/**
 * The most that merchants give for points of these units: those that give the most, and these merchants in any case;
 * null: the catalogue does not answer.
 */
export async function highestWorths(
  { peers, requestId, deadline }: Asking,
  units: readonly string[],
  merchantIds: readonly string[],
): Promise<readonly UnitWorth[] | null> {
  if (units.length === 0) return [];
  const variables = { units: [...new Set(units)], merchantIds: [...new Set(merchantIds)] };
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
 * The same of the units of a merchant and whoever grants them, asked once in a request. While the catalogue does not answer nothing
 * is known, and the guard advises by the price of the contract; what is published waits for it.
 */
export function highestWorthsOf(
  context: Asking,
  units: readonly string[],
  own: readonly string[],
): Promise<readonly UnitWorth[] | null> {
  const answers = asked.get(context) ?? new Map<string, Promise<readonly UnitWorth[] | null>>();
  asked.set(context, answers);
  const key = [...units.toSorted(), '', ...own].join(' ');
  const earlier = answers.get(key);
  if (earlier !== undefined) return earlier;
  const answer = highestWorths(context, units, own);
  answers.set(key, answer);
  return answer;
}
