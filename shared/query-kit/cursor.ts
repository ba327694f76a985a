import { createHmac, timingSafeEqual } from 'node:crypto';
import { fault } from '../graphql/faults.ts';
import { canonicalJson, sha256 } from '../identifiers.ts';

/**
 * A place in a list: the values of its order keys, signed, and bound to the list, order and filter
 * for which it was made. Clients cannot read meaning into it or make one up.
 */
export class Cursors {
  readonly #key: string;
  readonly #list: string;

  constructor(key: string, list: Readonly<Record<string, unknown>>) {
    this.#key = key;
    this.#list = sha256(canonicalJson(list)).slice(0, 16);
  }

  encode(values: readonly unknown[]): string {
    const body = Buffer.from(JSON.stringify([1, this.#list, ...values])).toString('base64url');
    return `${body}.${this.#sign(body)}`;
  }

  /** Throws BAD_USER_INPUT (INVALID_CURSOR) for a cursor that is not of this list. */
  decode(cursor: string): unknown[] {
    const [body = '', signature = ''] = cursor.split('.');
    const expected = Buffer.from(this.#sign(body));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalid();
    const [version, list, ...values] = JSON.parse(Buffer.from(body, 'base64url').toString());
    if (version !== 1 || list !== this.#list) throw invalid();
    return values;
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url').slice(0, 22);
  }
}

const invalid = () => fault('BAD_USER_INPUT', 'INVALID_CURSOR');
