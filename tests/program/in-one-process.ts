import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startNoThreads } from '../support/without-threads.ts';

// The whole program, begun in the test's own process wherever no signal, stream or death is the subject: all in one, as
// tests/in-one-process.ts does it, and beside that one.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
for (const file of globSync('*.test.ts', { cwd: folder }).toSorted()) {
  await import(new URL(file, import.meta.url).href);
}
