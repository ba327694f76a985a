import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutant.ts';

const root = join(import.meta.dirname, '../../..');
const parts = ['gateway', 'shared', 'subgraphs', 'test', 'package.json', 'tsconfig.json'];

export type Verdict = Readonly<{
  /** The tests that failed, by their full names. */
  failed: readonly string[];
  passed: number;
  /** What kept tests from running at all, if anything did. */
  trouble: string | null;
}>;

/** A copy of the tree in which lines are taken away. The tree itself is never touched. */
export class Workshop {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#folder = mkdtempSync(join(tmpdir(), 'tongdui-mutants-'));
    this.#env = env;
    for (const part of parts) {
      const filter = (from: string) => !/(^|\/)(node_modules|\.git|\.data)$/.test(from);
      cpSync(join(root, part), join(this.#folder, part), { recursive: true, filter });
    }
    symlinkSync(realpathSync(join(root, 'node_modules')), join(this.#folder, 'node_modules'));
  }

  /** Runs the tests of mutants while their lines are missing. Answers those of each that failed. */
  async examine(bundle: readonly Mutant[]): Promise<Omit<Verdict, 'passed'>[]> {
    const whole = new Map<string, string>();
    for (const { file, find, replace } of bundle) {
      const path = join(this.#folder, file);
      const now = readFileSync(path, 'utf8');
      if (!whole.has(path)) whole.set(path, now);
      writeFileSync(path, mutated(now, find, replace, file));
    }
    try {
      const names = bundle.map(({ name }) => name);
      const { failed, trouble } = await this.run(
        [...new Set(bundle.map(({ test }) => test))],
        names,
      );
      return names.map((name) => {
        const isIts = new RegExp(escaped(name));
        return { failed: failed.filter((full) => isIts.test(full)), trouble };
      });
    } finally {
      for (const [path, text] of whole) writeFileSync(path, text);
    }
  }

  /** Runs the tests of some files whose names contain one of some texts. */
  async run(files: readonly string[], names: readonly string[]): Promise<Verdict> {
    const report = join(this.#folder, 'report.json');
    rmSync(report, { force: true });
    const words = [
      ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts'],
      ...['--reporter=json', `--outputFile=${report}`],
      ...['-t', names.map(escaped).join('|'), ...files],
    ];
    const output = await new Promise<string>((done) => {
      const options = { cwd: this.#folder, env: this.#env, maxBuffer: 2 ** 26 };
      execFile(process.execPath, words, options, (_, stdout, stderr) => done(stdout + stderr));
    });
    return verdictOf(report, output);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Throws when the line is not there, or there twice: then the table is out of date. */
export function mutated(whole: string, find: string, replace: string, file: string): string {
  const times = whole.split(find).length - 1;
  if (times !== 1) throw new Error(`found ${times} times in ${file}: ${find}`);
  return whole.replace(find, () => replace);
}

type Report = Readonly<{
  testResults: readonly Readonly<{
    message: string;
    assertionResults: readonly Readonly<{ status: string; fullName: string }>[];
  }>[];
}>;

function verdictOf(file: string, output: string): Verdict {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { failed: [], passed: 0, trouble: output.slice(-2_000) };
  }
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (status: string) =>
    results.filter((result) => result.status === status).map(({ fullName }) => fullName);
  const [failed, passed] = [named('failed'), named('passed').length];
  const message = report.testResults.map((result) => result.message).join('\n');
  // A file that does not even load has no results: that says nothing about the line.
  const trouble = failed.length + passed === 0 ? message || 'no test has this name' : null;
  return { failed, passed, trouble };
}

/** As a regular expression in which `…` is anything. */
const escaped = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' … ', '.*');
