/**
 * `npm run test:crash`: three processes race the same commands while they and the database are killed;
 * then everything that anybody was told is compared with the books. Ends with 1 when anything is wrong.
 * `-- --engine mariadb|sqlite --commands N --kills N --database-kills N --seed N`; without an engine both.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCrashes } from './crash-run.ts';

// Processes that are killed so often start in half the time.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'tongdui-compile-cache');
const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    commands: { type: 'string', default: '30000' },
    kills: { type: 'string', default: '100' },
    'database-kills': { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const engines = (['sqlite', 'mariadb'] as const).filter((engine) =>
  [undefined, engine].includes(values.engine as typeof engine | undefined),
);
if (engines.length === 0) throw new Error('--engine is mariadb or sqlite');
for (const engine of engines) {
  console.log(`${engine}, seed ${values.seed}: ${values.commands} commands, three times each`);
  const result = await runCrashes({
    engine,
    seed: Number(values.seed),
    racers: 3,
    commands: Number(values.commands),
    kills: Number(values.kills),
    databaseKills: Number(values['database-kills']),
    pauseMs: [300, 800],
    progress: (line) => console.log(`  ${line}`),
  });
  const { lost, contradictory, problems, kills, databaseKills } = result;
  for (const [what, lines] of Object.entries({ lost, contradictory, problems })) {
    for (const line of lines.slice(0, 10)) console.error(`${what}: ${line}`);
  }
  console.log(
    `  ${result.accepted} accepted, ${result.refused} refused; ${result.acknowledged} acknowledgements ` +
      `in ${result.seconds.toFixed(0)} s`,
  );
  const kinds = Object.entries(result.entries).map(([kind, count]) => `${kind} ${count}`);
  console.log(`  entries: ${kinds.join(', ')}`);
  console.log(
    `lost ${lost.length} contradictory ${contradictory.length} problems ${problems.length} ` +
      `kills ${kills} databaseKills ${databaseKills}`,
  );
  if (lost.length + contradictory.length + problems.length > 0) process.exitCode = 1;
}
