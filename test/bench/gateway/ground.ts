import { randomBytes } from 'node:crypto';
import type { SubgraphName } from '../../../shared/addresses.ts';
import { assert } from '../../../shared/assert.ts';
import { systemClock } from '../../../shared/clock.ts';
import { addressUnder } from '../../../shared/database/address.ts';
import { Database } from '../../../shared/database/database.ts';
import type { Caller } from '../../../shared/graphql/caller.ts';
import type { Frame } from '../../../shared/graphql/context.ts';
import { peersOf } from '../../../shared/graphql/peers.ts';
import { SubgraphFailure } from '../../../shared/graphql/request.ts';
import type { AnySubgraphDefinition } from '../../../shared/graphql/subgraph.ts';
import { newId } from '../../../shared/identifiers.ts';
import { createLogger } from '../../../shared/logger.ts';
import { catalog } from '../../../subgraphs/catalog.ts';
import { memoryCatalog } from './memory.ts';

export const HOST = '127.0.0.1';

export const logger = createLogger('error');

/** Who asks for the listing. */
export const operator: Caller = {
  subject: 'operator:bench',
  roles: ['PUBLIC', 'OPERATOR'],
  memberId: null,
  merchantId: null,
};

/** A subgraph and what it stands on. Its work in the background rests. */
export type Grounded = Readonly<{ definition: AnySubgraphDefinition; frame: Frame }>;

/** With the address of its database, or with null on resolvers that answer from memory. */
export async function groundOf(name: SubgraphName, databaseUrl: string | null): Promise<Grounded> {
  const definitions = databaseUrl === null ? memoryCatalog : catalog;
  const definition = definitions.find((known) => known.name === name);
  assert(definition, `the catalog has ${name}`);
  const { entities, migrations } = definition;
  const database =
    databaseUrl === null
      ? noDatabase
      : await Database.open({ address: addressUnder(databaseUrl, name), entities, migrations });
  return {
    definition,
    frame: {
      database,
      clock: systemClock,
      newId,
      // As in the world that the tests and this bench fill.
      keys: { cursor: 'c'.repeat(32), personal: 'p'.repeat(32) },
      logger,
      peers: peersOf(name, async () => {
        throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'a listing asks no other subgraph');
      }),
    },
  };
}

/** What resolvers that answer from memory are given: they never look at it. */
const noDatabase = {
  reader: null,
  isReady: async () => true,
  close: async () => undefined,
} as unknown as Database;

/** A secret for the processes of one run. */
export const freshSecret = (): string => randomBytes(32).toString('base64url');
