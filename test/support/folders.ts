import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** What the databases of a whole run take, with room to spare. Containers mostly have 64 MB there. */
const NEEDED_BYTES = 2 * 1024 ** 3;

/**
 * Where the databases of tests live: in memory when the machine has such a folder with enough room, since
 * nothing there has to outlast it.
 */
export const fastFolder = (): string => (hasRoom() ? MEMORY : tmpdir());

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= NEEDED_BYTES;
}
