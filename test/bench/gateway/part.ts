/**
 * One process of a stack that is measured. Its only argument is JSON, see `Part`. Tells its parent when
 * it is ready, and answers what the parent asks; ends when the parent does.
 */
import { enableCompileCache } from 'node:module';
import type { SubgraphName } from '../../../shared/addresses.ts';
import type { OurGateway } from './ours.ts';

type Addresses = Readonly<Record<SubgraphName, string>>;
type Of<Kind extends string, More> = Readonly<{ kind: Kind; databaseUrl: string | null } & More>;

export type Part =
  | Of<'plain subgraph', { name: SubgraphName }>
  | Of<'plain gateway', { addresses: Addresses }>
  | Of<'our subgraph', { name: SubgraphName; secret: string }>
  | Of<'our gateway', { addresses: Addresses; secret: string }>
  | Of<'embedded', object>
  | Of<'floor', object>;

/** Asked by the parent: the processor time so far, or so many listings made by this process itself. */
export type Question = Readonly<{ ask: 'cpu' } | { ask: 'run'; times: number; callers: number }>;

/** What a process tells its parent: where it is, then the answers to what it is asked. */
export type Told =
  | Readonly<{ told: 'ready' } & Partial<OurGateway>>
  | Readonly<{ told: 'cpu'; ms: number }>
  | Readonly<{ told: 'run'; answer: string; latencies: readonly number[] }>;

enableCompileCache();
// The same for both stacks: what they would do only for a developer they do not do here.
process.env.NODE_ENV = 'production';
process.env.APOLLO_TELEMETRY_DISABLED = '1';

const tell = (told: Told): void => void process.send?.(told);

process.on('disconnect', () => process.exit());
const part = JSON.parse(process.argv[2] ?? '') as Part; // Written by `stack.ts`.
const run = part.kind === 'floor' ? await floorOf(part.databaseUrl) : null;
process.on('message', async (question: Question) => {
  if (question.ask === 'cpu') {
    const { user, system } = process.cpuUsage();
    tell({ told: 'cpu', ms: (user + system) / 1000 });
  } else if (run !== null) {
    tell({ told: 'run', ...(await run(question)) });
  }
});
tell({ told: 'ready', ...(part.kind === 'floor' ? {} : await serve(part)) });

async function floorOf(databaseUrl: string | null) {
  const { openFloor } = await import('./floor.ts');
  const { atOnce } = await import('./at-once.ts');
  const floor = await openFloor(await allGrounds(databaseUrl));
  return ({ times, callers }: { times: number; callers: number }) => atOnce(floor, times, callers);
}

async function serve(
  part: Exclude<Part, { kind: 'floor' }>,
): Promise<Pick<OurGateway, 'url'> & Partial<OurGateway>> {
  const { groundOf } = await import('./ground.ts');
  const plain = () => import('./plain.ts');
  const ours = () => import('./ours.ts');
  switch (part.kind) {
    case 'plain subgraph': {
      const { servePlainSubgraph } = await plain();
      return { url: await servePlainSubgraph(await groundOf(part.name, part.databaseUrl)) };
    }
    case 'plain gateway': {
      const { servePlainGateway } = await plain();
      return { url: await servePlainGateway(part.addresses) };
    }
    case 'our subgraph': {
      const { serveOurSubgraph } = await ours();
      const grounded = await groundOf(part.name, part.databaseUrl);
      return { url: await serveOurSubgraph(grounded, part.secret) };
    }
    case 'our gateway': {
      const { serveOurGateway } = await ours();
      return serveOurGateway(part.addresses, part.secret);
    }
    case 'embedded': {
      const { serveEmbedded } = await ours();
      return serveEmbedded(await allGrounds(part.databaseUrl));
    }
  }
}

async function allGrounds(databaseUrl: string | null) {
  const { groundOf } = await import('./ground.ts');
  const { subgraphNames } = await import('../../../shared/addresses.ts');
  return Promise.all(subgraphNames.map((name) => groundOf(name, databaseUrl)));
}
