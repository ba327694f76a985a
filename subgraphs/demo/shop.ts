import { readFileSync } from 'node:fs';
import type { Registration } from '../../gateway/foreign/registration.ts';
import { startShop } from '../merchant-template/server.js';

export type DemoShop = Readonly<{ registration: Registration; stop: () => Promise<void> }>;

/**
 * Known to everybody who has read this, like all secrets of the demo. Compose gives it to the jewellery
 * shop's container; production does not start with it.
 */
export const DEMO_SECRET = 'whsec_Zm9yLWRldmVsb3BtZW50LW9ubHk6IGpld2VsbGVyeSE=';

const template = new URL('../merchant-template/', import.meta.url);

/**
 * Starts the jewellery shop of the demo, which serves its items from a subgraph of its own, over HTTP on
 * this machine. With `elsewhere` it is only registered: it may run there by itself, or not.
 */
export async function openDemoShop(
  merchantId: string,
  elsewhere: string | null,
): Promise<DemoShop> {
  const shop =
    elsewhere === null
      ? await startShop({ host: '127.0.0.1', port: 0, secret: DEMO_SECRET })
      : { url: elsewhere, stop: async () => undefined };
  return {
    registration: {
      prefix: 'Jinghua',
      merchantId,
      url: new URL('/graphql', shop.url),
      sdl: readFileSync(new URL('schema.graphql', template), 'utf8'),
      secret: DEMO_SECRET,
    },
    stop: shop.stop,
  };
}
