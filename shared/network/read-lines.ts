import type { IncomingMessage } from 'node:http';

const NEWLINE = 10;

/**
 * Hands over each line of a message as soon as it is there, and answers whether that were all: not when
 * there are more than `max` bytes; the rest is then left unread. What follows the last newline is no
 * line. Rejects when the connection breaks before the end.
 */
export function readLines(
  message: IncomingMessage,
  max: number,
  take: (line: string) => void,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let begun: Buffer[] = [];
    let size = 0;
    const read = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > max) {
        message.off('data', read);
        message.pause();
        resolve(false);
        return;
      }
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        take(Buffer.concat([...begun, chunk.subarray(start, end)]).toString('utf8'));
        begun = [];
        start = end + 1;
      }
      if (start < chunk.length) begun.push(chunk.subarray(start));
    };
    message.on('data', read);
    message.once('end', () => resolve(true));
    message.once('error', reject);
    message.once('close', () => {
      if (!message.complete) reject(new Error('the connection was closed'));
    });
  });
}
