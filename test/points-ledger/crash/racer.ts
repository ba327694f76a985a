import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Failure, Outcome } from '../../../subgraphs/points-ledger/domain/command.ts';
import type { Dice } from './random-requests.ts';

const script = join(import.meta.dirname, 'crash-process.ts');

/** So many calls a client has under way at a time, of at most so many commands. */
const CALLS = 3;
const COMMANDS_MAX = 16;
/** Of so many calls, one asks again for what was answered before. */
const CALLS_PER_REPETITION = 12;
/** While the database is away, a client waits a little before it asks again. */
const PAUSE_MS = 50;

/** What a client was told, and when on the clock of all clients. */
export type Acknowledgement = Readonly<{ index: number; told: number; outcome: Outcome }>;

/** A clock that only counts, and when on it each command was first asked by anybody. */
export class History {
  readonly firstAsked = new Map<number, number>();
  #time = 0;

  tick(): number {
    this.#time += 1;
    return this.#time;
  }

  ask(indices: readonly number[]): void {
    const time = this.tick();
    for (const index of indices) {
      if (!this.firstAsked.has(index)) this.firstAsked.set(index, time);
    }
  }
}

export type RacerOptions = Readonly<{
  /** What the process is started with, each time. */
  words: readonly string[];
  /** How many commands there are, and from which one on this client walks them. */
  count: number;
  offset: number;
  dice: Dice;
  /** The file that takes every acknowledgement, as a line of JSON. */
  log: string;
  /** Of all clients together. */
  history: History;
}>;

type Reply = Readonly<{ id: number; outcomes?: (Outcome | Failure)[]; error?: string }>;

/**
 * A client with a process of the ledger of its own. It walks all commands, notes what it is told, starts
 * the process again whenever that ends, and asks again whatever was not answered.
 */
export class Racer {
  readonly #options: RacerOptions;
  readonly #underWay = new Map<number, readonly number[]>();
  readonly #again: (readonly number[])[] = [];
  #process: ChildProcessWithoutNullStreams | null = null;
  readonly #answered = new Set<number>();
  #isOver = false;
  #taken = 0;
  #calls = 0;
  /** Answers of the process that runs at the moment. */
  #answers = 0;
  acknowledged = 0;
  /** Commands that were answered FAILED, and calls that found the database away. */
  failed = 0;
  away = 0;

  constructor(options: RacerOptions) {
    this.#options = options;
  }

  /** Whether every command was answered. */
  get isDone(): boolean {
    return this.#answered.size === this.#options.count;
  }

  start(): void {
    const started = spawn(process.execPath, [script, ...this.#options.words], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process = started;
    this.#answers = 0;
    // What was written into the pipe of a process that is dead is asked again.
    started.stdin.on('error', () => undefined);
    started.stderr.pipe(process.stderr);
    createInterface({ input: started.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
    // Closed, and not only ended: what it still said is heard first.
    started.once('close', () => {
      for (const indices of this.#underWay.values()) this.#again.push(indices);
      this.#underWay.clear();
      if (!this.#isOver) this.start();
    });
    for (let call = 0; call < CALLS; call += 1) this.#ask();
  }

  /** Kills the process outright while it has calls under way. One that only starts is left alone. */
  kill(): boolean {
    const isAtWork = this.#answers > 0 && this.#underWay.size > 0;
    if (!isAtWork || this.#process?.exitCode !== null) return false;
    this.#answers = 0;
    return this.#process.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    const ending = this.#process;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const closed = new Promise((done) => ending.once('close', done));
    ending.kill('SIGKILL');
    await closed;
  }

  #ask(): void {
    if (this.#isOver) return;
    this.#calls += 1;
    const id = this.#calls;
    const indices = this.#choose();
    this.#options.history.ask(indices);
    this.#underWay.set(id, indices);
    this.#process?.stdin.write(`${JSON.stringify({ id, indices })}\n`);
  }

  /** What was left open first; then what was answered long ago, now and then; then what is new. */
  #choose(): readonly number[] {
    const open = this.#again.shift();
    if (open !== undefined) return open;
    const { count, offset, dice } = this.#options;
    const size = dice.roll(1, COMMANDS_MAX);
    const isRepetition = this.#taken >= count || dice.roll(1, CALLS_PER_REPETITION) === 1;
    const place = isRepetition ? dice.roll(0, Math.max(0, this.#taken - size)) : this.#taken;
    const end = Math.min(place + size, count);
    this.#taken = Math.max(this.#taken, end);
    return Array.from({ length: end - place }, (_, step) => (offset + place + step) % count);
  }

  #hear({ id, outcomes }: Reply): void {
    const indices = this.#underWay.get(id);
    if (indices === undefined) return;
    this.#answers += 1;
    this.#underWay.delete(id);
    if (outcomes === undefined) {
      this.away += 1;
      this.#again.push(indices);
      setTimeout(() => this.#ask(), PAUSE_MS);
      return;
    }
    const told = this.#options.history.tick();
    const lines: string[] = [];
    for (const [place, index] of indices.entries()) {
      const outcome = outcomes[place];
      if (outcome === undefined || outcome.status === 'FAILED') {
        this.failed += 1;
        this.#again.push([index]);
        continue;
      }
      this.#answered.add(index);
      const line: Acknowledgement = { index, told, outcome };
      lines.push(`${JSON.stringify(line)}\n`);
    }
    appendFileSync(this.#options.log, lines.join(''));
    this.acknowledged += lines.length;
    this.#ask();
  }
}
