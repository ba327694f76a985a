import type { Clock } from '../clock.ts';
import { limits } from './limits.ts';

/**
 * Remembers the calls that were taken, for as long as their signatures are good: a minute before the
 * time they bear and a minute after it. Only calls with a right signature get here, so nobody else
 * can make it forget. Each process has its own memory.
 */
export function createSeenIds(
  clock: Clock,
  max: number = limits.seenMax,
): Readonly<{ isFirst: (id: string) => boolean }> {
  // A map keeps the order in which ids came, so what is oldest is in front.
  const untilById = new Map<string, number>();
  return {
    isFirst(id) {
      const now = clock.now().getTime();
      const known = untilById.get(id);
      if (known !== undefined && known >= now) return false;
      for (const [oldest, until] of untilById) {
        if (until >= now && untilById.size < max) break;
        untilById.delete(oldest);
      }
      untilById.set(id, now + 2 * limits.signatureMs);
      return true;
    },
  };
}
