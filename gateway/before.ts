import { SubgraphFailure } from '../shared/graphql/request.ts';

/** Waits for an answer so many milliseconds at most; null waits for ever. Throws SUBGRAPH_TIMEOUT. */
export async function before<T>(ms: number | null, answer: Promise<T>): Promise<T> {
  if (ms === null) return answer;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // Made only when it happens: an error that is never thrown costs as much as one that is.
    const failure = () => new SubgraphFailure('SUBGRAPH_TIMEOUT', 'no answer in time');
    timer = setTimeout(() => reject(failure()), Math.max(ms, 0));
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
