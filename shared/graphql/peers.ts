import type { SubgraphName } from '../addresses.ts';
import { serviceCaller } from './caller.ts';
import { type Call, SubgraphFailure, type SubgraphTransport } from './request.ts';
import type { Locale } from './wording.ts';

/** Another subgraph did not answer as it should. It may be down; the request may be made again. */
export class PeerFailure extends Error {
  readonly peer: SubgraphName;
  /** The first error code of the answer, or that of the outage. */
  readonly peerCode: string | null;

  /** Whether it did not answer at all, or not in time. */
  get isOutage(): boolean {
    return this.peerCode === 'SUBGRAPH_UNAVAILABLE' || this.peerCode === 'SUBGRAPH_TIMEOUT';
  }

  constructor(peer: SubgraphName, peerCode: string | null, cause?: unknown) {
    super(`${peer} answered ${peerCode ?? 'nothing'}`, { cause });
    this.peer = peer;
    this.peerCode = peerCode;
  }
}

/** `language` is that of names and sentences in the answer; English when it is not given. */
type PeerCall = Pick<Call, 'requestId' | 'deadline'> & Readonly<{ language?: Locale }>;

/** Asks another subgraph on this subgraph's own account, with the role SERVICE. */
export type Peers = Readonly<{
  ask: <Data>(
    peer: SubgraphName,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    call?: PeerCall,
  ) => Promise<Data>;
}>;

export const peersOf = (self: SubgraphName, transport: SubgraphTransport): Peers => ({
  async ask<Data>(
    peer: SubgraphName,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    call: PeerCall = { requestId: `${self}-internal`, deadline: null },
  ): Promise<Data> {
    const answer = await transport(peer, {
      query,
      variables,
      // Picked one by one: a whole context fits the type, and its caller must not get in.
      call: {
        caller: serviceCaller(self),
        locale: call.language ?? 'en',
        requestId: call.requestId,
        deadline: call.deadline,
      },
    }).catch((cause: unknown) => {
      throw new PeerFailure(peer, cause instanceof SubgraphFailure ? cause.code : null, cause);
    });
    if (answer.errors !== undefined || answer.data === null || answer.data === undefined) {
      throw new PeerFailure(peer, String(answer.errors?.[0]?.extensions?.code ?? '') || null);
    }
    // The caller states the shape of its own document; the peer's schema answers for it.
    return answer.data as Data;
  },
});
