/** `npm run bench NAME [arguments] [--json]`: runs one benchmark of this folder and prints its table. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What each benchmark exports as `run`. With `json` its last line is one JSON object. */
export type Bench = (
  options: Readonly<{ json: boolean; argv: readonly string[] }>,
) => Promise<void>;

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.slice(0, -'.ts'.length));
const [name, ...rest] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(`Usage: npm run bench NAME [-- --json]\nBenchmarks: ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  // As in production: otherwise libraries check their own callers at each step.
  process.env.NODE_ENV ??= 'production';
  const { run } = (await import(join(import.meta.dirname, `${name}.ts`))) as { run: Bench };
  // npm keeps `--json` for itself unless it stands behind `--`, and says so in the environment.
  const json = rest.includes('--json') || process.env.npm_config_json === 'true';
  await run({ json, argv: rest.filter((word) => word !== '--json') });
}
