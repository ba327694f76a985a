import { createDevelopmentIdentities } from '../../../gateway/development-identities.ts';
import { createGateway } from '../../../gateway/gateway.ts';
import { type SubgraphName, subgraphNames } from '../../../shared/addresses.ts';
import { systemClock } from '../../../shared/clock.ts';
import type { SubgraphTransport } from '../../../shared/graphql/request.ts';
import { createSubgraph, type Subgraph } from '../../../shared/graphql/subgraph.ts';
import { newId } from '../../../shared/identifiers.ts';
import { internalKeysFrom } from '../../../shared/network/internal-keys.ts';
import { remoteTransport } from '../../../shared/network/remote.ts';
import { serveSubgraph } from '../../../shared/network/serve.ts';
import { type Grounded, HOST, logger, operator } from './ground.ts';

const clock = systemClock;

/** Where a gateway of ours is, and the access token with which it is asked. */
export type OurGateway = Readonly<{ url: string; token: string }>;

/** A subgraph of ours for other processes: calls are signed, and everything else is checked. */
export async function serveOurSubgraph(
  { definition, frame }: Grounded,
  secret: string,
): Promise<string> {
  const subgraph = createSubgraph(definition, frame);
  const keys = internalKeysFrom(secret);
  const { url } = await serveSubgraph(subgraph, { host: HOST, port: 0, keys, clock, logger });
  return url;
}

/** Our gateway in front of subgraphs in other processes. */
export async function serveOurGateway(
  addresses: Readonly<Record<SubgraphName, string>>,
  secret: string,
): Promise<OurGateway> {
  const urls = subgraphNames.map((name) => [name, new URL(addresses[name])] as const);
  const { transport } = remoteTransport({
    // Each name of a subgraph is there: they are made from the list of names.
    addresses: Object.fromEntries(urls) as Record<SubgraphName, URL>,
    keys: internalKeysFrom(secret),
    clock,
  });
  return serveBefore(transport);
}

/** Our gateway and all subgraphs in this process. */
export async function serveEmbedded(grounded: readonly Grounded[]): Promise<OurGateway> {
  const subgraphs = new Map<SubgraphName, Subgraph>(
    grounded.map(({ definition, frame }) => [definition.name, createSubgraph(definition, frame)]),
  );
  return serveBefore((name, request) => {
    const subgraph = subgraphs.get(name);
    if (subgraph === undefined) throw new Error(`no such subgraph: ${name}`);
    return subgraph.answer(request);
  });
}

/** As in production, but that the provider of identities is of our own making. */
async function serveBefore(transport: SubgraphTransport): Promise<OurGateway> {
  const { identify, tokens } = await createDevelopmentIdentities({
    identities: [{ name: { zh: '运营', en: 'Operator' }, caller: operator }],
    audience: 'bench',
    clock,
  });
  const { supergraphSdl } = await import('./supergraph.ts');
  const gateway = await createGateway({
    supergraphSdl,
    transport,
    identify,
    clock,
    newId,
    logger,
  });
  const { url } = await gateway.listen(HOST, 0);
  const [first] = await tokens();
  return { url: `${url}/graphql`, token: first?.token ?? '' };
}
