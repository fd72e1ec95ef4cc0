import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTests } from '../support/load-tests.ts';

// Whole servers, some of them in this process and with their threads: all in one, as tests/in-one-process.ts does it. What sends a lot,
// reads a lot or looks at memory has a process of its own.
const folder = fileURLToPath(new URL('./', import.meta.url));
const files = globSync('!(budget|crash|demo|slack-limits|slow-reader|walk).test.ts', { cwd: folder }).toSorted();
await loadTests(files.map((file) => join(folder, file)));
