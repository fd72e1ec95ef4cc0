import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTests } from './support/load-tests.ts';
import { startNoThreads } from './support/without-threads.ts';

// More of them, as tests/in-one-process.ts does it and beside it: files of folders whose others start many processes, or are about memory
// and time, and have a process each.
startNoThreads();
const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync(
  '{admin-token,architecture,careful-start,attack/forged-headers,chaos/soak/soak,examples/*,library/{create-tidings,destinations},simulator/{shrink,story}}.test.ts',
  { cwd: folder },
).toSorted();
await loadTests(files.map((file) => join(folder, file)));
