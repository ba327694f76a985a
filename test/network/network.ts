import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { type SubgraphName, subgraphNames } from '../../shared/addresses.ts';
import { internalKeysFrom } from '../../shared/network/internal-keys.ts';

/** Keys of the processes of a test. */
export const keys = internalKeysFrom('k'.repeat(32));

export const NOW = '2026-11-22T02:00:00Z';

/** A server of the test's own making, gone at its end. */
export type Foreign = Readonly<{ address: URL }> & AsyncDisposable;

/** Answers over HTTP as the test says. */
export async function foreignServer(answer: RequestListener): Promise<Foreign> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return {
    address: addressOf(server.address() as AddressInfo), // Of a server that listens on a port.
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Does with a connection what the test says. `port` takes the place of one that was there. */
export async function foreignSocket(
  connected: (socket: Socket) => void,
  port = 0,
): Promise<Foreign> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    connected(socket);
  }).listen(port, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return {
    address: addressOf(server.address() as AddressInfo), // Of a server that listens on a port.
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const addressOf = ({ port }: AddressInfo): URL => new URL(`http://127.0.0.1:${port}`);

/** An address at which nobody listens. */
export async function deadAddress(): Promise<URL> {
  const { address, ...server } = await foreignServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return address;
}

/** The same address for every subgraph. */
export const everywhere = (address: URL) =>
  Object.fromEntries(subgraphNames.map((name) => [name, address])) as Record<SubgraphName, URL>;
