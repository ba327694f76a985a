/**
 * One subgraph, or the gateway, in a process of its own, with the ids and the clock of the test. Its
 * only argument is JSON, see `Part`. Prints its address when it is ready, and stops on SIGTERM.
 */
import { type SubgraphName, subgraphNames } from '../../shared/addresses.ts';
import { remoteTransport } from '../../shared/network/remote.ts';
import { clock, gatewayBefore, serveOne } from './alliances.ts';
import { keys } from './network.ts';

export type Part = Readonly<{
  name: SubgraphName | 'gateway';
  databaseUrl: string;
  /** By subgraph. */
  addresses: Readonly<Record<string, string>>;
}>;

const part = JSON.parse(process.argv[2] ?? '') as Part; // Written by the test that starts this.
const { name, databaseUrl } = part;
const addresses = Object.fromEntries(
  subgraphNames.map((known) => [known, new URL(String(part.addresses[known]))]),
) as Record<SubgraphName, URL>;

if (name === 'gateway') {
  const { url } = await gatewayBefore(remoteTransport({ addresses, keys, clock }).transport);
  console.log(`ready at ${url}`);
} else {
  const { url } = await serveOne(name, databaseUrl, addresses);
  console.log(`ready at ${url}`);
}
