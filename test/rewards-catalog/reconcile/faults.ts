import type { AnySubgraphDefinition } from '../../../shared/graphql/subgraph.ts';
import { members } from '../../../subgraphs/members/subgraph.ts';
import { merchants } from '../../../subgraphs/merchants/subgraph.ts';
import { pointsLedger } from '../../../subgraphs/points-ledger/subgraph.ts';
import { createRewardsCatalog } from '../../../subgraphs/rewards-catalog/subgraph.ts';
import type { Dice } from '../../points-ledger/crash/random-requests.ts';
import { catalogWith, interruption } from '../interruption.ts';

/** What goes wrong at random, and how often it did. */
export type Faults = {
  isOn: boolean;
  readonly counts: { refused: number; lost: number; stopped: number };
  readonly definitions: readonly AnySubgraphDefinition[];
};

/** Of a hundred calls to another subgraph so many do not reach it, and of as many the answer is lost. */
const PEER_PERCENT = 4;
/** Of a hundred moments before and after a step so many are the last one of their process. */
const STOP_PERCENT = 2;

/**
 * All subgraphs, of which the ledger, members and merchants are out of reach now and then, or do what they are asked
 * and their answer is lost; and whatever rewards-catalog does may end before or after each of its steps, as if
 * the process were gone.
 */
export function createFaults({ roll }: Dice): Faults {
  const counts = { refused: 0, lost: 0, stopped: 0 };
  const happens = (percent: number) => faults.isOn && roll(1, 100) <= percent;
  function unreliable(definition: AnySubgraphDefinition, type: string, field: string) {
    const interrupted = interruption(definition, type, field);
    Object.defineProperty(interrupted, 'isOut', {
      get() {
        const isOut = happens(PEER_PERCENT);
        if (isOut) counts.refused += 1;
        return isOut;
      },
    });
    interrupted.meanwhile = async () => {
      if (!happens(PEER_PERCENT)) return;
      counts.lost += 1;
      throw new Error('the answer is lost');
    };
    return interrupted.definition;
  }
  const mayStop = () => {
    if (!happens(STOP_PERCENT)) return;
    counts.stopped += 1;
    throw new Error('the process is gone');
  };
  const faults: Faults = {
    isOn: false,
    counts,
    definitions: catalogWith(
      unreliable(pointsLedger, 'Mutation', 'postPoints'),
      unreliable(members, 'Member', '__resolveReference'),
      unreliable(merchants, 'Merchant', '__resolveReference'),
      createRewardsCatalog({ onStep: mayStop, onIncidentStep: mayStop, incidentPageSize: 5 }),
    ),
  };
  return faults;
}
