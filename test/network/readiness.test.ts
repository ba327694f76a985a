import { expect, test, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { readConfig } from '../../shared/config.ts';
import { createLogger } from '../../shared/logger.ts';
import { serveSubgraph } from '../../shared/network/serve.ts';
import { startGatewayAlone } from '../../subgraphs/start.ts';
import { freeAddresses } from './alliances.ts';
import { keys } from './network.ts';

test('a gateway before other processes is ready as long as one of them answers', async () => {
  const addresses = await freeAddresses();
  const { url, stop } = await startGatewayAlone(
    readConfig({
      NODE_ENV: 'production',
      TONGDUI_PORT: '0',
      TONGDUI_LOG_LEVEL: 'silent',
      TONGDUI_INTERNAL_KEY: 'k'.repeat(32),
      TONGDUI_JWKS_URL: 'http://127.0.0.1:1/keys',
      TONGDUI_ISSUER: 'https://identity.example',
      ...Object.fromEntries(
        Object.entries(addresses).map(([name, { origin }]) => [
          `TONGDUI_URL_${name.toUpperCase().replaceAll('-', '_')}`,
          origin,
        ]),
      ),
    }),
  );
  const statusOf = async (path: string) => (await fetch(url + path)).status;
  const untilReadyzSays = (status: number) =>
    vi.waitFor(async () => expect(await statusOf('/readyz')).toBe(status), {
      timeout: 10_000,
      interval: 100,
    });

  expect(await statusOf('/readyz')).toBe(503);
  expect(await statusOf('/livez')).toBe(200);
  const members = await serveSubgraph(
    {
      name: 'members',
      sdl: '',
      workers: [],
      answer: async () => ({ data: {} }),
      isReady: async () => true,
      close: async () => undefined,
    },
    {
      host: '127.0.0.1',
      port: Number(addresses.members.port),
      keys,
      clock: systemClock,
      logger: createLogger('silent'),
    },
  );
  await untilReadyzSays(200);
  await members.stop();
  await untilReadyzSays(503);
  expect(await statusOf('/livez')).toBe(200);

  await stop();
});
