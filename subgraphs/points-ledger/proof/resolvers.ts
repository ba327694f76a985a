import type { Resolvers } from '../schema.generated.ts';
import { latestCheckpoint } from './checkpoints.ts';

/** What this folder adds to the contract. */
export const proof = {
  Query: {
    checkpoint: (_, __, { database }) => latestCheckpoint(database.reader),
  },

  Checkpoint: {
    verifierKey: (_, __, { services }) => services.checkpoints?.verifierKey ?? null,
  },
} satisfies Pick<Resolvers, 'Query' | 'Checkpoint'>;
