import { apply } from './apply.ts';
import type { Books } from './books.ts';
import { type Outcome, type PointsCommand, refusal } from './command.ts';
import type { Applied, Moment } from './commands/accept.ts';

/** A command under its idempotency key. */
export type Request = Readonly<{
  /** Who asks. Keys of different callers never meet. */
  scope: string;
  key: string;
  /** Tells whether two requests under one key ask for the same. */
  requestHash: string;
  command: PointsCommand;
}>;

export type Answered = Readonly<{ requestHash: string; outcome: Outcome }>;

/** What has been answered before, refusals included, by `requestText`. */
export type Memory = Map<string, Answered>;

export const requestText = ({ scope, key }: Pick<Request, 'scope' | 'key'>): string =>
  `${scope}\n${key}`;

/**
 * One key, one effect, one answer. A repeated request gets the first answer and changes nothing, also
 * when it was refused and would pass now. The same key with another command is refused, and the
 * first answer stays.
 */
export function answer(
  books: Books,
  memory: Memory,
  request: Request,
  moment: Moment,
): Applied & Readonly<{ isNew: boolean }> {
  const text = requestText(request);
  const earlier = memory.get(text);
  if (earlier !== undefined) {
    const isSame = earlier.requestHash === request.requestHash;
    const outcome = isSame ? earlier.outcome : refusal('IDEMPOTENCY_KEY_REUSED');
    return { outcome, entry: null, isNew: false };
  }
  const applied = apply(books, request.command, moment);
  memory.set(text, { requestHash: request.requestHash, outcome: applied.outcome });
  return { ...applied, isNew: true };
}
