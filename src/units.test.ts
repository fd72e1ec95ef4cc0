import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTests } from '../tests/support/load-tests.ts';

// The unit tests beside the sources, in one process: a process for each of 120 files took 38 s of CPU, this takes 13. It stands
// here to begin first: the longest should not be the last. One by itself is run by its name: node --test src/accept/byte-budget.test.ts
const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync('*/**/*.test.ts', { cwd: folder }).toSorted();
await loadTests(files.map((file) => join(folder, file)));
