import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** The secret of every shop in these tests. */
export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export type Reply = Readonly<{
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the answer of whatever was asked.
  json: any;
}>;

export type Signing = Readonly<{ at?: Date; secret?: string; id?: string }>;

export function sign(body: string, signing: Signing = {}): Record<string, string> {
  const { at = new Date(), id = randomUUID() } = signing;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(signing.secret ?? secret).sign(id, at, body),
  };
}

/** Sends a text as it is, signed unless other headers are given. */
export async function send(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = sign(body),
): Promise<Reply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}

export function ask(
  url: string,
  query: string,
  variables: object = {},
  language?: string,
): Promise<Reply> {
  const body = JSON.stringify({ query, variables });
  return send(url, body, {
    ...sign(body),
    ...(language !== undefined && { 'accept-language': language }),
  });
}
