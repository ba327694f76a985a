import { type Registration, readRegistrations } from '../gateway/foreign/registration.ts';
import type { Config } from '../shared/config.ts';
import { serviceCaller } from '../shared/graphql/caller.ts';
import type { SubgraphTransport } from '../shared/graphql/request.ts';
import { newId } from '../shared/identifiers.ts';
import type { DemoIds } from './demo/load.ts';
import { DEMO_SECRET, type DemoShop, openDemoShop } from './demo/shop.ts';

/**
 * The merchants' own subgraphs of the settings. `demo:CODE` names a merchant of the demo alliance. Throws an
 * Error that says what to do when the file cannot be used, or names a merchant that the alliance does not
 * have. While nobody can say whether it has, it is believed: the operator wrote it.
 */
export async function registrationsOf(
  config: Config,
  demo: DemoIds | null,
  transport: SubgraphTransport,
): Promise<Registration[]> {
  const { TONGDUI_MERCHANT_SUBGRAPHS: file, NODE_ENV } = config;
  if (file === undefined) return [];
  const isProduction = NODE_ENV === 'production';
  const registrations = readRegistrations(file, (given) => {
    if (!given.startsWith('demo:')) return given;
    if (isProduction) {
      throw new Error(
        `${file} names ${given}, and production has no demo. Give merchants of yours, or leave ` +
          'TONGDUI_MERCHANT_SUBGRAPHS empty for none.',
      );
    }
    return demo?.merchants[given.slice('demo:'.length)] ?? null;
  });
  if (isProduction && registrations.some(({ secret }) => secret === DEMO_SECRET)) {
    throw new Error(
      `${file} has the secret of the demo, which everybody knows. Make one of your own.`,
    );
  }
  for (const { prefix, merchantId } of registrations) {
    if (await isUnknown(merchantId, transport)) {
      throw new Error(`${file}: ${prefix}: the alliance has no merchant ${merchantId}`);
    }
  }
  return registrations;
}

async function isUnknown(merchantId: string, transport: SubgraphTransport): Promise<boolean> {
  const call = {
    caller: serviceCaller('gateway'),
    locale: 'en',
    requestId: newId(),
    deadline: null,
  } as const;
  const query = 'query ($id: ID!) { merchant(id: $id) { id } }';
  const request = { query, variables: { id: merchantId }, call };
  const answer = await transport('merchants', request).catch(() => null);
  return answer?.data?.merchant === null && answer.errors === undefined;
}

/** The shop of the demo, unless the settings say which merchants have subgraphs of their own. */
export async function shopOf(
  config: Config,
  demo: DemoIds | null,
  isElsewhere: boolean,
): Promise<DemoShop | null> {
  const { TONGDUI_MERCHANT_SUBGRAPHS: file, TONGDUI_URL_MERCHANT_TEMPLATE: url } = config;
  const merchantId = demo?.merchants.jewellery;
  if (merchantId === undefined || file !== undefined) return null;
  if (isElsewhere) {
    console.log(
      `The jewellery shop is asked for at ${url}. To start it: SIGNING_SECRET=${DEMO_SECRET} ` +
        'npx node subgraphs/merchant-template/server.js',
    );
  }
  return openDemoShop(merchantId, isElsewhere ? url : null);
}
