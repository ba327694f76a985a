import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Caller } from '../../shared/graphql/caller.ts';

export type Bytes = Readonly<{
  /** Status line, headers and body, as they came over the wire. */
  all: string;
  body: string;
}>;

/** Asks a gateway over a bare connection and answers every byte that comes back. */
export async function everyByte(url: string, query: string, as: Caller): Promise<Bytes> {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ query });
  const socket = connect(Number(port), hostname);
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      'host: gateway.example',
      'connection: close',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      `authorization: ${JSON.stringify(as)}`,
      ...['', body],
    ].join('\r\n'),
  );
  const all = await text(socket);
  return { all, body: all.slice(all.indexOf('\r\n\r\n') + 4) };
}

/** What only our own processes know: where they are, in what language they ask, and how they fail. */
const internals = [
  /\b(127\.\d+\.\d+\.\d+|localhost|::1)/i,
  /\b(https?|mysql|sqlite|file|node):/i,
  /\bE[A-Z]{4,}\b/, // The error numbers of the system, such as ECONNREFUSED.
  /\b(connect|socket|hang up|timed? ?out|aborted)\b/i,
  /stack|\n\s+at |node_modules|\.ts\b|\.js\b|Error:/i,
  /\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|JOIN|LIMIT)\b/,
  /\b(frame|members|merchants|points|rewards|green)_\w+/,
  /_entities|representations|serviceName/,
];

/** What of all that is in the bytes, with a little around it; nothing when all is well. */
export function internalsIn(bytes: string, addresses: readonly URL[]): string[] {
  const ports = addresses.map(({ port }) => new RegExp(`\\b${port}\\b`));
  return [...internals, ...ports].flatMap((internal) => {
    const { index, 0: found } = internal.exec(bytes) ?? { index: 0, 0: null };
    return found === null ? [] : [bytes.slice(Math.max(index - 40, 0), index + 80)];
  });
}
