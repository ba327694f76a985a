import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { readBytes } from '../../../shared/network/read-bytes.ts';
import { AddressRefused, checkLiteral, guardedLookup } from './address-guard.ts';
import { type Attempt, attemptOf } from './domain/outcome.ts';

export type Posting = Readonly<{
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Allows this machine to be called. */
  isDevelopment: boolean;
  /** From the looking up of the name to the last byte of the answer. */
  timeoutMs: number;
  lookup?: ReturnType<typeof guardedLookup>;
}>;

/** Bytes of an answer that are waited for. Nothing of it is kept. */
const ANSWER_BYTES_MAX = 16 * 1024;
const HEAD_BYTES_MAX = 16 * 1024;

/**
 * Sends one event to where a merchant wants it. It never throws, never follows elsewhere, never calls an address that
 * is not of the public internet, and takes no more time than it is given, whatever the other side does.
 */
export async function postEvent(posting: Posting): Promise<Attempt> {
  try {
    const url = new URL(posting.url);
    checkLiteral(url, posting.isDevelopment);
    return await post(url, posting);
  } catch (error) {
    return failed(error instanceof AddressRefused ? 'ADDRESS_NOT_ALLOWED' : 'NO_CONNECTION');
  }
}

const failed = (failure: Attempt['failure']): Attempt => ({ status: null, failure });

function post(url: URL, posting: Posting): Promise<Attempt> {
  const { headers, body, isDevelopment, timeoutMs } = posting;
  const options: RequestOptions = {
    method: 'POST',
    // A connection of its own, so that the name is looked up and looked at each time.
    agent: false,
    lookup: posting.lookup ?? guardedLookup(isDevelopment),
    maxHeaderSize: HEAD_BYTES_MAX,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'tongdui-webhooks',
    },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    let answered: Attempt | null = null;
    const end = (): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(answered ?? failed('NOT_IN_TIME'));
    };
    const timer = setTimeout(end, timeoutMs);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.on('response', (response: IncomingMessage) => {
      // The status is the answer. The rest is taken as far as it is short, so that the other side can end well.
      answered = attemptOf(response.statusCode ?? 0);
      readBytes(response, ANSWER_BYTES_MAX).then(end, end);
    });
    request.end(body);
  });
}
