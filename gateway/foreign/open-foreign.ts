import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subgraphNames } from '../../shared/addresses.ts';
import type { Clock } from '../../shared/clock.ts';
import { readSdl } from '../../shared/graphql/build-subgraph.ts';
import type { NewId } from '../../shared/identifiers.ts';
import type { Logger } from '../../shared/logger.ts';
import { subgraphOf } from './alliance-sdl.ts';
import { composeAlliance } from './compose-alliance.ts';
import type { Registration } from './registration.ts';
import type { Remembered } from './remembered.ts';
import type { ForeignSubgraph } from './sources.ts';
import { foreignTransport } from './transport.ts';

export type ForeignOptions = Readonly<{
  registrations: readonly Registration[];
  clock: Clock;
  newId: NewId;
  logger: Logger;
  /** What was proven before, outside of production. */
  remembered?: Remembered | null;
}>;

/** The graph with the merchants' own subgraphs in it, and the way to each of them. */
export type Foreign = Readonly<{
  supergraphSdl: string;
  foreign: readonly ForeignSubgraph[];
  /** Merchants that were left out, each with what is wrong and what to do. */
  refused: readonly Readonly<{ prefix: string; problems: readonly string[] }>[];
  close: () => void;
}>;

const root = join(import.meta.dirname, '../..');

/**
 * Takes the registered merchants into the graph. One whose contract cannot be admitted is left out, with a
 * line in the log, and the graph is what it is without it.
 */
export async function openForeign({
  registrations,
  remembered = null,
  ...ground
}: ForeignOptions): Promise<Foreign> {
  const alone = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
  if (registrations.length === 0) {
    return { supergraphSdl: alone, foreign: [], refused: [], close: () => undefined };
  }
  const platform = subgraphNames.map((name) => ({
    name,
    sdl: readSdl(join(root, 'subgraphs', name)),
  }));
  const composition = { platform, candidates: registrations, alone };
  const known = remembered?.find(composition) ?? null;
  const composed =
    known === null
      ? await composeAlliance(platform, registrations, alone)
      : { supergraphSdl: known, admitted: registrations, refused: [] };
  // One that lacks somebody is composed anew, so that the reasons are told each time.
  if (known === null && composed.refused.length === 0) {
    remembered?.keep(composition, composed.supergraphSdl);
  }
  const { supergraphSdl, admitted, refused } = composed;
  for (const { prefix, problems } of refused) {
    ground.logger.error({ prefix, problems }, 'a merchant was left out of the graph');
  }
  const opened = admitted.map(({ prefix, merchantId, url, secret }) => {
    const { send, close } = foreignTransport({ ...ground, name: subgraphOf(prefix), url, secret });
    return { foreign: { prefix, merchantId, send }, close };
  });
  return {
    supergraphSdl,
    foreign: opened.map(({ foreign }) => foreign),
    refused,
    close: () => {
      for (const { close } of opened) close();
    },
  };
}
