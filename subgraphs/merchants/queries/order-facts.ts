import { PeerFailure } from '../../../shared/graphql/peers.ts';
import type { Call } from '../../../shared/graphql/request.ts';
import type { Context } from '../context.ts';
import type { RuleTerms } from '../rules/domain/terms.ts';
import { type AssessedOrder, greenLines } from './green-lines.ts';

/** What rules ask for that only other subgraphs know. */
export type Needs = Readonly<{ tier: boolean; green: boolean }>;

export const needsOf = (rules: readonly Readonly<{ terms: RuleTerms }>[]): Needs => ({
  tier: rules.some(({ terms }) => terms.condition.tiers !== null),
  green: rules.some(({ terms }) => terms.condition.isGreen !== null),
});

type Asking = Pick<Context, 'peers' | 'logger'> & Pick<Call, 'requestId' | 'deadline'>;

/**
 * Which lines of orders are green, by the name of the order. What is not in the answer is not known: either no
 * rule asks for it, or green-consumption did not answer, and what depends on it is awarded later.
 */
export async function knownGreen(
  { peers, logger, requestId, deadline }: Asking,
  needs: Needs,
  orders: readonly AssessedOrder[],
): ReturnType<typeof greenLines> {
  if (!needs.green) return new Map();
  try {
    return await greenLines(peers, orders, { requestId, deadline });
  } catch (error) {
    if (!(error instanceof PeerFailure)) throw error;
    logger.warn({ error }, 'awards that depend on certificates are worked out later');
    return new Map();
  }
}
