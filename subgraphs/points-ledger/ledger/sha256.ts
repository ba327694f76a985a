import { hash } from 'node:crypto';
import type { Hash } from '../domain/merkle.ts';

/** By way of text of one byte a sign, which is nearly twice as fast as asking Node for a buffer. */
export const sha256: Hash = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
