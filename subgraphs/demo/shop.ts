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

/** Where the shop is looked for when it is started by itself, as its own README says. */
const ELSEWHERE = 'http://127.0.0.1:4100';

/**
 * Starts the jewellery shop of the demo, which serves its items from a subgraph of its own, over HTTP on
 * this machine. With `isElsewhere` it is only registered: it may run by itself, or not.
 */
export async function openDemoShop(merchantId: string, isElsewhere: boolean): Promise<DemoShop> {
  const shop = isElsewhere
    ? { url: ELSEWHERE, stop: async () => undefined }
    : await startShop({ host: '127.0.0.1', port: 0, secret: DEMO_SECRET });
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
