/** The alliance in one process: `npm start`. Settings come from the environment, see `.env.example`. */
import { enableCompileCache } from 'node:module';
import { readConfig } from '../shared/config.ts';

/** How long an orderly stop may take before the process ends all the same, in milliseconds. */
const STOP_MAX_MS = 20_000;

// A second start reads compiled code instead of compiling a thousand files again.
enableCompileCache();

try {
  const config = readConfig(process.env);
  // Loaded only now, so that a setting that cannot be used is named at once.
  const { startAlliance } = await import('./start.ts');
  const { url, demo, stop } = await startAlliance(config);
  if (demo !== null) {
    const merchants = Object.keys(demo.merchants).length;
    const purchases = Object.keys(demo.purchases).length;
    console.log(`${merchants} merchants, ${purchases} purchases, you are 林小雨`);
  }
  if (demo !== null) {
    console.log('For development: on this machine anybody may be anybody, see the explorer.');
  }
  console.log(`Tongdui 通兑 is ready at ${url}`);
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

/** Says what is wrong in one line, and what to do where we know. */
function fail(error: unknown): void {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') {
    console.error('The port is in use. Stop the other program, or choose one: TONGDUI_PORT=4001');
  } else if (code === 'ECONNREFUSED' || code === 'ENOENT') {
    console.error(`The database cannot be reached (${code}). Check TONGDUI_DATABASE_URL.`);
  } else {
    console.error(message ?? error);
  }
  process.exit(1);
}
