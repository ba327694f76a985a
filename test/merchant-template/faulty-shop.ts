import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { sign } from './calls.ts';

export type Call = Readonly<{ method: string; headers: Record<string, string>; body: string }>;

export type Answer = Readonly<{ status: number; text: string }>;

/** What a shop does wrong. `ask` is the shop that does everything right. */
export type Defect = (call: Call, ask: (call: Call) => Promise<Answer>) => Answer | Promise<Answer>;

/** A plain server in front of a right shop, which does one thing otherwise. */
export async function startFaultyShop(
  rightUrl: string,
  defect: Defect,
): Promise<{ url: string; stop: () => void }> {
  const ask = async ({ method, headers, body }: Call): Promise<Answer> => {
    const init = { method, headers, ...(method === 'POST' && { body }) };
    const response = await fetch(`${rightUrl}/graphql`, init);
    return { status: response.status, text: await response.text() };
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const call = { method: String(request.method), headers: passedOn(request.headers), body };
    const { status, text: answer } = await defect(call, ask);
    response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // Of a server that listens on a port.
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => void server.close().closeAllConnections(),
  };
}

const PASSED_ON = [
  'content-type',
  'accept-language',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
];

const passedOn = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    PASSED_ON.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])),
  );

/** The call as if it had been signed rightly: a shop that looks past its signature. */
export const signedAnew = (call: Call): Call => ({
  ...call,
  headers: { ...call.headers, ...sign(call.body) },
});

export const looksPast: Defect = (call, ask) => ask(signedAnew(call));

export const isUnsigned = ({ headers }: Call): boolean =>
  headers['webhook-signature'] === undefined;

// biome-ignore lint/suspicious/noExplicitAny: the answer of whatever was asked.
type Data = any;

/** Changes the data of right answers. */
export const withData =
  (change: (data: Data, variables: Data) => void): Defect =>
  async (call, ask) => {
    const answer = await ask(call);
    const json = JSON.parse(answer.text);
    if (answer.status !== 200 || !json.data) return answer;
    change(json.data, JSON.parse(call.body).variables ?? {});
    return { status: 200, text: JSON.stringify(json) };
  };

/** Changes each item of every page and list of entities. */
export const withItems = (change: (item: Data) => void): Defect =>
  withData((data) => {
    for (const item of [...(data.jinghua_items?.nodes ?? []), ...(data._entities ?? [])]) {
      if (item !== null) change(item);
    }
  });

/** Does something else to calls that ask for this. */
export const when =
  (isMeant: (call: Call) => boolean, defect: Defect): Defect =>
  (call, ask) =>
    isMeant(call) ? defect(call, ask) : ask(call);

/** Answers with this, whatever is asked. */
export const always =
  (status: number, answer: unknown): Defect =>
  () => ({ status, text: typeof answer === 'string' ? answer : JSON.stringify(answer) });

export const late =
  (ms: number): Defect =>
  async (call, ask) => {
    await setTimeout(ms);
    return ask(call);
  };
