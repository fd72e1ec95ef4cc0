import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTests } from '../support/load-tests.ts';
import { startNoThreads } from '../support/without-threads.ts';

// What is not asked of a whole engine: in one process, and without threads, as tests/in-one-process.ts does it.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync('!(sqlite|postgres*|year).test.ts', { cwd: folder }).toSorted();
await loadTests(files.map((file) => join(folder, file)));
