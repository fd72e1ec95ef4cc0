import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startNoThreads } from './support/without-threads.ts';

// Suites that start few processes and set nothing that outlives them, in one process, as src/units.test.ts does: each file by itself takes
// half a second of CPU before its first test. Folders that are not named here have a process for each file. Databases
// are asked without their threads, which a file run by itself has.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
for (const file of globSync('{canary,cli,config,conformance,deploy,docs,doubles,github,golden,jobs}/**/*.test.ts', {
  cwd: folder,
}).toSorted()) {
  await import(new URL(`./${file.replaceAll('\\', '/')}`, import.meta.url).href);
}
