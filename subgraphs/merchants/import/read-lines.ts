import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Mapping } from './mapping.ts';
import { Unusable } from './unusable.ts';

/** One physical line of a file, counted from 1, without its end. */
export type Line = Readonly<{ number: number; text: string }>;

/** How far the reading is, in bytes of the file as it lies there. */
export type Reading = { done: number; total: number };

const LINE_MAX = 1_000_000;

/**
 * Reads a text file as a stream of lines: CSV, JSONL, the same with gzip. `reading` is kept up to
 * date. Throws Unusable for a file that is missing, empty, damaged or not a text.
 */
export async function* readLines(
  file: string,
  encoding: Mapping['encoding'],
  reading: Reading = { done: 0, total: 0 },
): AsyncGenerator<Line> {
  const start = firstBytes(file);
  reading.total = statSync(file).size;
  let number = 0;
  let open = '';
  for await (const text of decoded(file, start, encoding, reading)) {
    const lines = (open + text).split('\n');
    open = lines.pop() ?? '';
    if (open.length > LINE_MAX) throw new Unusable('LINE_TOO_LONG', { file, line: number + 1 });
    for (const line of lines) {
      number += 1;
      yield { number, text: line.endsWith('\r') ? line.slice(0, -1) : line };
    }
  }
  if (open !== '') yield { number: number + 1, text: open };
}

async function* decoded(
  file: string,
  start: Buffer,
  encoding: Mapping['encoding'],
  reading: Reading,
): AsyncGenerator<string> {
  const isUtf16 = start[0] === 0xff && start[1] === 0xfe;
  const decoder = new TextDecoder(isUtf16 ? 'utf-16le' : encoding);
  let isFirst = true;
  try {
    for await (const bytes of unpacked(file, start, reading)) {
      const text = decoder.decode(bytes, { stream: true });
      // Spreadsheets and pictures have zero bytes at their beginning; no text has.
      if (isFirst && text.includes('\u0000')) throw new Unusable('FILE_NOT_TEXT', { file });
      isFirst = false;
      yield text;
    }
  } catch (error) {
    if (error instanceof Unusable) throw error;
    const detail = error instanceof Error ? error.message : '';
    throw new Unusable('FILE_DAMAGED', { file, detail });
  }
  yield decoder.decode();
}

function unpacked(file: string, start: Buffer, reading: Reading): AsyncIterable<Buffer> {
  const packed = createReadStream(file);
  packed.on('data', (bytes) => {
    reading.done += bytes.length;
  });
  if (start[0] !== 0x1f || start[1] !== 0x8b) return packed;
  const unzip = createGunzip();
  packed.on('error', (error) => unzip.destroy(error));
  return packed.pipe(unzip);
}

function firstBytes(file: string): Buffer {
  if (!existsSync(file)) throw new Unusable('FILE_NOT_FOUND', { file });
  if (!statSync(file).isFile()) throw new Unusable('FILE_IS_FOLDER', { file });
  const bytes = Buffer.alloc(4);
  let read: number;
  try {
    const descriptor = openSync(file, 'r');
    read = readSync(descriptor, bytes, 0, bytes.length, 0);
    closeSync(descriptor);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw new Unusable('FILE_DAMAGED', { file, detail });
  }
  if (read === 0) throw new Unusable('FILE_EMPTY', { file });
  return bytes.subarray(0, read);
}
