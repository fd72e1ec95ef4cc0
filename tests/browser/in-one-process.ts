import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTests } from '../support/load-tests.ts';
import { startNoThreads } from '../support/without-threads.ts';

// What people do at the dashboard, in a real browser: all in one process, as tests/in-one-process.ts does it, with one Chromium.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync('*.test.ts', { cwd: folder }).toSorted();
await loadTests(files.map((file) => join(folder, file)));
