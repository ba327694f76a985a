import { Agent, request as sendRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deed, documentOf, kinds } from './deeds.ts';

/** How one request ended: as an answer, or as what broke the connection. */
// biome-ignore lint/suspicious/noExplicitAny: the answer of whatever was asked.
export type Reply = Readonly<{ status: number; body: any } | { broken: string }>;

export type Attempt = Readonly<{ deed: Deed; since: number; ended: Promise<Reply> }>;

/** What may come of a request whose processes die: all else is a defect. */
const PASSING = ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT'];
const BROKEN = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

/** Longer than the gateway's own deadline. */
const PATIENCE_MS = 20_000;
/** After so long without an answer a deed counts as lost. */
const LOST_MS = 60_000;

/** Where clients send their deeds, and as whom. */
export type Counter = Readonly<{ url: string; token: string }>;

/**
 * A till, or a phone: sends deeds on a connection that it keeps, and the same key again after
 * everything that is not an answer.
 */
export class Client {
  /** Answers that nobody should ever get. */
  readonly surprises: string[] = [];
  /** How many answers had an error. */
  errors = 0;
  /** The request under way. */
  underWay: Attempt | null = null;
  readonly #counter: Counter;
  #isClosed = false;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /**
   * Sends until there is an answer that settles it. `mayGiveUp` is asked after each failure; once it
   * says yes, the key is never asked again.
   */
  async settle(deed: Deed, mayGiveUp: () => boolean = () => false): Promise<void> {
    const until = performance.now() + LOST_MS;
    for (let failures = 0; performance.now() < until && !this.#isClosed; failures += 1) {
      const reply = await this.send(deed);
      this.#note(deed, reply);
      if (deed.acknowledged !== null) return;
      deed.isGivenUp = mayGiveUp();
      if (deed.isGivenUp) return;
      await sleep(Math.min(50 * 2 ** failures, 1_000) * (0.5 + Math.random()));
    }
  }

  async send(deed: Deed): Promise<Reply> {
    deed.attempts += 1;
    const input = { idempotencyKey: deed.key, ...deed.input };
    const ended = this.ask(documentOf(deed.kind), { input });
    this.underWay = { deed, since: performance.now(), ended };
    const reply = await ended;
    this.underWay = null;
    return reply;
  }

  ask(query: string, variables: object): Promise<Reply> {
    return new Promise((resolve) => {
      const request = sendRequest(`${this.#counter.url}/graphql`, {
        agent: this.#agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${this.#counter.token}`,
        },
        timeout: PATIENCE_MS,
      });
      const broken = (error: NodeJS.ErrnoException) =>
        resolve({ broken: error.code ?? error.message });
      request.on('timeout', () => request.destroy(new Error('no answer at all')));
      request.on('error', broken);
      request.on('response', async (response) => {
        try {
          const chunks = await response.toArray();
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
        } catch (error) {
          broken(error as NodeJS.ErrnoException); // Of the socket, or of JSON that is cut off.
        }
      });
      request.end(JSON.stringify({ query, variables }));
    });
  }

  /** Breaks off what is under way. */
  close(): void {
    this.#isClosed = true;
    this.#agent.destroy();
  }

  #note(deed: Deed, reply: Reply): void {
    if ('broken' in reply) {
      if (!BROKEN.includes(reply.broken)) this.#surprise(deed, reply);
      return;
    }
    const { data, errors = [] } = reply.body;
    const answer = data?.[deed.kind] ?? null;
    if (errors.length > 0) this.errors += 1;
    const isPassing = errors.every(({ extensions }: { extensions: { code: string } }) =>
      PASSING.includes(extensions.code),
    );
    if (!isPassing || (answer === null && errors.length === 0)) this.#surprise(deed, reply);
    if (answer === null) return;
    const { success, made } = kinds[deed.kind];
    const id: unknown = answer[made]?.id;
    if (typeof id === 'string') deed.ids.add(id);
    const { __typename: type } = answer;
    if (type === 'RedemptionPending') return;
    if (type !== success && type !== 'InsufficientPoints') this.#surprise(deed, reply);
    deed.acknowledged = type;
  }

  #surprise({ kind, key }: Deed, reply: Reply): void {
    this.surprises.push(`${kind} ${key}: ${JSON.stringify(reply)}`);
  }
}
