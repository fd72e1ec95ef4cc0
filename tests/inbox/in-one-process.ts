import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startNoThreads } from '../support/without-threads.ts';

// What is not asked of a whole engine: in one process, and without threads, as tests/in-one-process.ts does it.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
for (const file of globSync('!(sqlite|postgres*|year).test.ts', { cwd: folder }).toSorted()) {
  await import(new URL(file, import.meta.url).href);
}
