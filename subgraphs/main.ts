/**
 * The alliance in one process: `npm start`. One subgraph, or the gateway, in this process: its name as
 * the argument. Settings come from the environment, see `.env.example`.
 */
import { enableCompileCache } from 'node:module';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { readRegistrations } from '../gateway/foreign/registration.ts';
import { requireProvider } from '../gateway/require-provider.ts';
import { type SubgraphName, subgraphNames } from '../shared/addresses.ts';
import { type Config, ownConfig } from '../shared/config.ts';
import { internalKeysOf, keysOf } from './keys.ts';
import type { Leavable } from './start.ts';
import type { Started } from './started.ts';

const USAGE = `Usage: node subgraphs/main.ts [NAME | --without NAME ...]

  (nothing)        the gateway and all subgraphs in this process
  --without NAME   as before, but without this subgraph (may be given several times), or without
                   merchant-template, the demo's jewellery shop that has a subgraph of its own
  NAME             only this subgraph, for the other processes
  gateway          only the gateway, before subgraphs in other processes

Subgraphs: ${subgraphNames.join(', ')}`;

/** How long an orderly stop may take before the process ends all the same, in milliseconds. */
const STOP_MAX_MS = 20_000;

// A second start reads compiled code instead of compiling a thousand files again.
enableCompileCache();

try {
  const { what, without } = readArguments();
  const config = ownConfig();
  const { url, demo, refused, stop } = await start(config, what, without);
  for (const { prefix, problems } of refused) {
    console.error(`${prefix} was left out of the graph:\n  ${problems.join('\n  ')}`);
  }
  if (demo !== null) {
    const merchants = Object.keys(demo.merchants).length;
    const purchases = Object.keys(demo.purchases).length;
    const hasProvider = config.TONGDUI_JWKS_URL !== undefined;
    console.log(
      `${merchants} merchants, ${purchases} purchases${hasProvider ? '' : ', you are 林小雨'}`,
    );
    if (!hasProvider) {
      console.log('For development: on this machine anybody may be anybody, see the explorer.');
    }
  }
  console.log(`${isSubgraph(what) ? what : 'Tongdui 通兑'} is ready at ${url}`);
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      setTimeout(() => process.exit(1), STOP_MAX_MS).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
} catch (error) {
  fail(error);
}

type What = SubgraphName | 'gateway' | 'everything';

function readArguments(): Readonly<{ what: What; without: readonly Leavable[] }> {
  const { positionals, values } = parseArgs({
    options: { without: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const [what = 'everything', ...more] = positionals;
  const without = values.without.filter(isLeavable);
  const isKnown = what === 'everything' || what === 'gateway' || isSubgraph(what);
  const isTooMuch = more.length > 0 || (what !== 'everything' && without.length > 0);
  if (!isKnown || isTooMuch || without.length !== values.without.length) throw new Error(USAGE);
  return { what, without };
}

function isSubgraph(name: string): name is SubgraphName {
  return subgraphNames.some((known) => known === name);
}

function isLeavable(name: string): name is Leavable {
  return name === 'merchant-template' || isSubgraph(name);
}

/** Rejects with EADDRINUSE when nobody else may listen there: better said before the alliance is made than after. */
async function requirePort({ TONGDUI_HOST: host, TONGDUI_PORT: port }: Config): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

async function start(config: Config, what: What, without: readonly Leavable[]): Promise<Started> {
  // What cannot be used is named at once: everything else is loaded after that.
  requireSettings(config, what);
  if (isSubgraph(what)) {
    const { startSubgraph } = await import('./start-subgraph.ts');
    return startSubgraph(config, what);
  }
  await requirePort(config);
  const { startAlliance, startGatewayAlone } = await import('./start.ts');
  return what === 'everything' ? startAlliance(config, without) : startGatewayAlone(config);
}

/** Throws an Error that says what to set, or what is wrong with a file that is named. */
function requireSettings(config: Config, what: What): void {
  if (config.NODE_ENV === 'production') {
    // The gateway alone keeps nothing, and has no key for it.
    if (what !== 'gateway') keysOf(config);
    if (what !== 'everything') internalKeysOf(config);
  }
  if (isSubgraph(what)) return;
  requireProvider(config);
  const { TONGDUI_MERCHANT_SUBGRAPHS: file } = config;
  if (file !== undefined) readRegistrations(file, (given) => given);
}

/** Says what is wrong in one line, and what to do where we know. */
function fail(error: unknown): void {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') {
    console.error(
      'The port is in use. Stop the other program, or choose one: TONGDUI_PORT=4010 for the gateway, ' +
        'TONGDUI_URL_… for a subgraph.',
    );
  } else if (code === 'ECONNREFUSED' || code === 'ENOENT') {
    console.error(`The database cannot be reached (${code}). Check TONGDUI_DATABASE_URL.`);
  } else if (code === 'ER_ACCESS_DENIED_ERROR' || code === 'ENOTFOUND') {
    console.error(`The database does not let us in (${code}). Check TONGDUI_DATABASE_URL.`);
  } else {
    console.error(message ?? error);
  }
  process.exit(1);
}
