import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^checkpoints-\d{4}-\d{2}\.txt$/;
const NOTE = /^[^\n]+\n(?:0|[1-9]\d{0,15})\n[A-Za-z0-9+/]{43}=\n\n(?:— \S+ [A-Za-z0-9+/]+=*\n)+/gm;

/** As much of the end of a file as surely holds a whole note. */
const TAIL_BYTES = 16 * 1024;

/** The checkpoints in a text, one after the other. What was cut off in the middle is passed over. */
export const notesIn = (text: string): string[] => text.match(NOTE) ?? [];

/**
 * Adds a note to the file of its month (UTC), which is only ever added to. It is on the disk when this
 * comes back.
 */
export async function appendNote(folder: string, at: Date, note: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = await open(join(folder, `checkpoints-${at.toISOString().slice(0, 7)}.txt`), 'a+');
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    // A signature that a crash cut off must not look like a whole one.
    const ending = size > 0 && last.toString() !== '\n' ? ' (cut off)\n\n' : '';
    await file.write(`${ending}${note}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The newest note of a folder, or null when there is none. */
export async function newestNote(folder: string): Promise<string | null> {
  for (const name of (await noteFiles(folder)).toReversed()) {
    const file = await open(join(folder, name), 'r');
    try {
      const { size } = await file.stat();
      const length = Math.min(size, TAIL_BYTES);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      const note = notesIn(buffer.toString()).at(-1);
      if (note !== undefined) return note;
    } finally {
      await file.close();
    }
  }
  return null;
}

/** All notes of a folder, the oldest first. */
export async function* allNotes(folder: string): AsyncGenerator<string> {
  for (const name of await noteFiles(folder)) {
    yield* notesIn(await readFile(join(folder, name), 'utf8'));
  }
}

async function noteFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => NAME.test(name)).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
