import type { Clock } from '../clock.ts';
import type { Command } from '../commands/run-command.ts';
import type { Together } from '../commands/run-together.ts';
import type { Database } from '../database/database.ts';
import type { NewId } from '../identifiers.ts';
import type { Logger } from '../logger.ts';
import type { Peers } from './peers.ts';
import type { Call } from './request.ts';

/** Secrets of a subgraph. Every process of the same subgraph has the same ones. */
export type Keys = Readonly<{
  /** Signs the cursors of lists. */
  cursor: string;
  /** Encrypts personal data at rest. */
  personal: string;
  /** Signs checkpoints of the books: under which name, and the folder where they are kept. Else none are made. */
  checkpoint?: Readonly<{ secret: string; name: string; folder: string }>;
  /** A signed list of certificates: the file, and the public key of who signs it. Else none is looked up. */
  certificates?: Readonly<{ file: string; publicKey: string }>;
}>;

/** What a subgraph is given to stand on. It cannot tell whether it runs alone or among others. */
export type Frame = Readonly<{
  database: Database;
  clock: Clock;
  newId: NewId;
  peers: Peers;
  logger: Logger;
  keys: Keys;
  /** Programs on this machine may be called for others. Never in production. */
  isDevelopment?: boolean;
}>;

/** What a resolver is given, besides what its own subgraph adds. */
export type BaseContext<Loaders, Services> = Call &
  Frame &
  Readonly<{
    /** Batched reads of this request. Emptied after each command. */
    loaders: Loaders;
    services: Services;
    /** Runs a command once per idempotency key, in one transaction. */
    run: <Input extends { idempotencyKey: string }, Outcome>(
      command: Command<Input, Outcome>,
      input: Input,
    ) => Promise<Outcome>;
    /** Runs a command once per idempotency key, in one transaction with what others ask at the same time. */
    runTogether: <Asked, Outcome>(
      together: Together<Asked, Outcome>,
      asked: Asked,
    ) => Promise<Outcome>;
  }>;
