// @ts-check
import { randomUUID } from 'node:crypto';
import { webhookOf } from '../signature.js';

/** What the alliance allows an answer. */
export const allowedByPlatform = {
  /** Milliseconds until an answer is there, whole. */
  answerMs: 2_000,
  /** Bytes of an answer. */
  answerBytes: 1024 * 1024,
};

/** An answer is waited for so many times as long as it may take, so that its lateness can be told. */
const PATIENCE = 3;

/**
 * What came back from one call. `failure` says why nothing usable did.
 *
 * @typedef {object} Answer
 * @property {number} status 0 where there is none.
 * @property {number} ms
 * @property {number} bytes
 * @property {string} text
 * @property {any} json Undefined where the text is not JSON.
 * @property {string | null} failure
 */

/** @typedef {Record<string, string>} Headers */
/** @typedef {typeof allowedByPlatform} Allowed */

/**
 * Calls a subgraph as the alliance does, and remembers every answer.
 *
 * @typedef {object} Client
 * @property {readonly Answer[]} answers
 * @property {Allowed} allowed
 * @property {(body: string, changes?: Headers, method?: string) => Promise<Answer>} send
 *   Sends a text as it is, signed; headers that are given take the place of the right ones, and an
 *   empty text takes one away.
 * @property {(query: string, variables?: object, language?: string) => Promise<Answer>} ask
 * @property {(body: string, given?: { at?: Date, id?: string, secret?: string }) => Headers} sign
 */

/**
 * @param {{ url: string, secret: string, allowed: Allowed }} options
 * @returns {Client}
 */
export function createClient({ url, secret, allowed }) {
  /** @type {Answer[]} */
  const answers = [];

  /** @type {Client['sign']} */
  function sign(body, given = {}) {
    const { at = new Date(), id = `msg_${randomUUID()}` } = given;
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhookOf(given.secret ?? secret).sign(id, at, body),
    };
  }

  /** @type {Client['send']} */
  async function send(body, changes = {}, method = 'POST') {
    const right = { 'content-type': 'application/json', accept: 'application/json', ...sign(body) };
    const headers = Object.entries({ ...right, ...changes }).filter(([, value]) => value !== '');
    const answer = await receive(
      url,
      { method, headers, redirect: 'manual', ...(method === 'POST' && { body }) },
      allowed,
    );
    answers.push(answer);
    return answer;
  }

  return {
    answers,
    allowed,
    sign,
    send,
    ask: (query, variables = {}, language = 'en') =>
      send(JSON.stringify({ query, variables }), { 'accept-language': language }),
  };
}

/**
 * @param {string} url
 * @param {RequestInit} request
 * @param {Allowed} allowed
 * @returns {Promise<Answer>}
 */
async function receive(url, request, { answerMs, answerBytes }) {
  const start = performance.now();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let status = 0;
  let bytes = 0;
  let failure = null;
  try {
    const signal = AbortSignal.timeout(PATIENCE * answerMs);
    const response = await fetch(url, { ...request, signal });
    status = response.status;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > 2 * answerBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    failure = reasonOf(error, PATIENCE * answerMs);
  }
  const ms = performance.now() - start;
  const text = Buffer.concat(chunks).toString('utf8');
  return { status, ms, bytes, text, json: failure === null ? parsed(text) : undefined, failure };
}

/**
 * @param {unknown} error
 * @param {number} ms
 */
function reasonOf(error, ms) {
  if (!(error instanceof Error)) return 'the call failed';
  if (error.name === 'TimeoutError') return `there was no answer within ${ms / 1000} s`;
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
