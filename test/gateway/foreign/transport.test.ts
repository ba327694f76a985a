import { expect, test } from 'vitest';
import { foreignTransport } from '../../../gateway/foreign/transport.ts';
import { systemClock } from '../../../shared/clock.ts';
import { newId } from '../../../shared/identifiers.ts';
import type { Logger } from '../../../shared/logger.ts';
import { anonymous } from '../../support/world.ts';
import { openMerchant, SECRET } from './merchants.ts';

/** One call to a merchant that answers this: what it was told, and what was written into the log. */
async function called(query: string, answer: unknown) {
  await using merchant = await openMerchant(() => ({ body: JSON.stringify(answer) }));
  const lines: unknown[] = [];
  const log = (line: unknown) => void lines.push(line);
  const { send, close } = foreignTransport({
    name: 'acme',
    url: merchant.url,
    secret: SECRET,
    clock: systemClock,
    newId,
    // Of a logger no more is used.
    logger: { debug: log, info: log, warn: log, error: log } as unknown as Logger,
  });
  const call = {
    caller: anonymous,
    locale: 'en',
    requestId: 'case-of-ann',
    deadline: null,
  } as const;
  const response = await send({ query, call }).catch((error: unknown) => ({ error }));
  close();
  return { response, log: JSON.stringify(lines), seen: merchant.state.seen };
}

test('a merchant is told neither the name of the request nor that of the operation', async () => {
  const query = `query CaseOfAnn__acme__0($first: Int!) { acme_items(first: $first) { ...OfAnn } }
    fragment OfAnn on Acme_ItemConnection { nodes { ...OfAnnToo } }
    fragment OfAnnToo on Acme_Item { id }`;

  const { seen, log } = await called(query, { data: null });

  expect(JSON.stringify(seen)).not.toMatch(/ann/i);
  expect(JSON.parse(seen[0]?.body ?? '').query).toBe(
    'query($first:Int!){acme_items(first:$first){...F0}}' +
      'fragment F0 on Acme_ItemConnection{nodes{...F1}}fragment F1 on Acme_Item{id}',
  );
  expect(log).toBe('[]');
});

test('of what a merchant says the log takes little, and which call it was', async () => {
  const errors = [
    { message: 'x'.repeat(100_000) },
    { message: { deep: [1] } },
    {},
    { message: 'y' },
  ];

  const { log, seen } = await called('{ a }', { data: null, errors });

  expect(log).toContain(`"${'x'.repeat(200)}"`);
  expect(log.length).toBeLessThan(600);
  expect(log).toContain(`"call":"${seen[0]?.headers['x-request-id']}","requestId":"case-of-ann"`);
});
