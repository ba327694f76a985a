import type { Started as GatewayStarted } from '../gateway/start.ts';
import type { DemoIds } from './demo/load.ts';

export type Started = Readonly<{
  url: string;
  /** What is there to be seen, or null where there is no demo. */
  demo: DemoIds | null;
  /** Merchants whose own subgraphs were left out, each with what is wrong and what to do. */
  refused: GatewayStarted['refused'];
  stop: () => Promise<void>;
}>;
