import type { Defect } from '../../domain/order.ts';

/** How a merchant sells that has declared nothing else. */
export const DEFAULT_CHANNELS: readonly string[] = ['ONLINE', 'STORE'];

/** An order names a channel that its merchant has declared, or none. */
export const defectOfChannel = (channel: string | null, known: readonly string[]): Defect | null =>
  channel === null || known.includes(channel)
    ? null
    : {
        code: 'CHANNEL_UNKNOWN',
        field: 'channel',
        parameters: { channel, known: known.join(', ') },
      };
