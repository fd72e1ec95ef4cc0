import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startNoThreads } from '../support/without-threads.ts';

// All in one process, so that there is one server with a source for each of them (server.ts).
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
for (const file of globSync('*.test.ts', { cwd: folder }).toSorted()) {
  await import(new URL(file, import.meta.url).href);
}
// Last: of all of them.
await import('./forwarded.ts');
