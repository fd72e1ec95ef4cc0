import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTests } from './support/load-tests.ts';
import { startNoThreads } from './support/without-threads.ts';

// Suites that start few processes and set nothing that outlives them, in one process, as src/units.test.ts does: each file by itself takes
// half a second of CPU before its first test. Folders that are not named here have a process for each file. Databases
// are asked without their threads, which a file run by itself has.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync('{canary,cli,config,conformance,deploy,docs,doubles,github,golden,jobs,sources}/**/*.test.ts', {
  cwd: folder,
}).toSorted();
// Every text that follows is searched for each secret that the process has seen, and of those the canaries have most.
const isLast = (file: string) => file.startsWith('canary');
const sorted = [...files.filter((each) => !isLast(each)), ...files.filter(isLast)];
await loadTests(sorted.map((file) => join(folder, file)));
