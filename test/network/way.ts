import { randomUUID } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import type { SubgraphName } from '../../shared/addresses.ts';
import { systemClock } from '../../shared/clock.ts';
import { anonymous } from '../../shared/graphql/caller.ts';
import { type RemoteOptions, remoteTransport } from '../../shared/network/remote.ts';
import { everywhere, type Foreign, foreignServer, keys } from './network.ts';

export type Asking = Readonly<{ name?: SubgraphName; query?: string; inMs?: number | null }>;

/** The way to subgraphs at this address. Answers the code of a failure, or `answered`. */
export function openWay(address: URL, options: Partial<RemoteOptions> = {}) {
  const remote = remoteTransport({
    addresses: everywhere(address),
    keys,
    clock: systemClock,
    timeoutMs: 5_000,
    ...options,
  });
  const ask = async ({ name = 'members', query = '{ a }', inMs = null }: Asking = {}) => {
    const deadline = inMs === null ? null : Date.now() + inMs;
    // Each is a request of its own, so no two of them travel together.
    const requestId = randomUUID();
    const call = { caller: anonymous, locale: 'en' as const, requestId, deadline };
    return remote.transport(name, { query, call }).then(
      () => 'answered',
      ({ code }) => String(code),
    );
  };
  return {
    ask,
    askOften: (times: number, asking?: Asking) =>
      Promise.all(Array.from({ length: times }, () => ask(asking))),
    circuit: () => remote.stateOf('members').circuit,
    stateOf: remote.stateOf,
    [Symbol.dispose]: remote.close,
  };
}

export const answer = (response: ServerResponse, body: object = { data: { a: 1 } }) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A server of which the test counts the calls and says anew each time how it behaves. */
export async function subgraph(
  behaviour: RequestListener,
): Promise<Foreign & { calls: number; behave: RequestListener }> {
  const state = { calls: 0, behave: behaviour };
  const server = await foreignServer((request, response) => {
    request.resume();
    state.calls += 1;
    state.behave(request, response);
  });
  return Object.assign(state, server);
}

export const works: RequestListener = (_, response) => answer(response);
export const fails: RequestListener = (_, response) => void response.writeHead(500).end();
export const hangs: RequestListener = () => undefined;
export const breaks: RequestListener = ({ socket }) => socket.resetAndDestroy();
