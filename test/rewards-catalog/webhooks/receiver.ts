import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';

/** What a receiver got. */
export type Got = Readonly<{ headers: IncomingHttpHeaders; text: string; body: GotBody }>;

type GotBody = Readonly<{
  type: string;
  timestamp: string;
  data: Readonly<{ redemptionId: string }>;
}>;

type Answer = (got: Got, response: ServerResponse) => void;

const ok: Answer = (_, response) => void response.writeHead(204).end();

/** Answers with a status and nothing else. */
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end();

/** A merchant's own system: an HTTP server that can be killed, and comes back at the same address. */
export class Receiver {
  readonly got: Got[] = [];
  answer: Answer = ok;
  #server: Server | null = null;
  #port = 0;

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await receiver.start();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hooks`;
  }

  get types(): string[] {
    return this.got.map(({ body }) => body.type);
  }

  get ids(): unknown[] {
    return this.got.map(({ headers }) => headers['webhook-id']);
  }

  /** Forgets what it got, and takes everything from now on. */
  reset(): void {
    this.got.length = 0;
    this.answer = ok;
  }

  async start(): Promise<void> {
    const server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const got = { headers: request.headers, text, body: JSON.parse(text) };
      this.got.push(got);
      this.answer(got, response);
    });
    this.#server = server;
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done));
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    await new Promise<unknown>((done) => (server === null ? done(null) : server.close(done)));
  }
}

/** What the library says that a merchant uses, at the time at which it was sent. Throws when it is not genuine. */
export function verified({ headers, text }: Got, secret: string, at: Date): GotBody {
  vi.useFakeTimers({ toFake: ['Date'], now: at });
  try {
    const own = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return new Webhook(secret).verify(text, Object.fromEntries(own)) as GotBody;
  } finally {
    vi.useRealTimers();
  }
}
