import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vitest',
  // Vite would load `graphql` as an ES module beside the CommonJS one that Apollo's packages load.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['**/*.test.ts'],
    globalSetup: ['support/global-setup.ts'],
    setupFiles: ['support/setup.ts'],
    pool: 'forks',
    // One more than the two cores of the smallest machine: tests of processes wait for these most of the time.
    maxWorkers: 3,
    // A file keeps its state in its own worlds, so files may share a process and what it has loaded.
    isolate: false,
    // A program that starts takes two seconds of processor time, on a busy machine minutes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
