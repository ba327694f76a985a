import type { IncomingMessage } from 'node:http';

/**
 * All bytes of a message, or null when there are more than `max`; the rest is then left unread. Rejects
 * when the connection breaks before the end. By events: a loop over the stream is made of many promises,
 * and messages between our processes are small and many.
 */
export function readBytes(message: IncomingMessage, max: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= max) {
        chunks.push(chunk);
        return;
      }
      message.off('data', take);
      message.pause();
      resolve(null);
    };
    message.on('data', take);
    message.once('end', () => resolve(Buffer.concat(chunks, size)));
    message.once('error', reject);
    message.once('close', () => {
      if (!message.complete) reject(new Error('the connection was closed'));
    });
  });
}
