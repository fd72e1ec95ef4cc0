/**
 * `npm run golden` writes tests/golden/github/ and docs/catalog.md anew: what is told of every recorded payload, and of every
 * pair of event and action. Read the difference before you commit it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { catalogPage } from '../tests/golden/catalog.ts';
import { goldenFiles } from '../tests/golden/entry.ts';

const FOLDER = new URL('../tests/golden/github/', import.meta.url);
const PAGE = new URL('../docs/catalog.md', import.meta.url);

const files = goldenFiles();
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of files) writeFileSync(new URL(name, FOLDER), text);
writeFileSync(PAGE, catalogPage());
console.log(`tests/golden/github/  ${files.size} events\ndocs/catalog.md`);
