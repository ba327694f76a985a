import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where the databases of tests live: in memory when the machine has such a folder, since nothing there has to outlast it. */
export const fastFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
