import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTests } from '../support/load-tests.ts';
import { startNoThreads } from '../support/without-threads.ts';

// The whole program, begun in the test's own process wherever no signal, stream or death is the subject: all in one, as
// tests/in-one-process.ts does it, and beside that one.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync('*.test.ts', { cwd: folder }).toSorted();
await loadTests(files.map((file) => join(folder, file)));
