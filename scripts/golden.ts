/**
 * `npm run golden` writes tests/golden/<provider>/, tests/golden/{destinations,bodies}/, docs/catalog.md and the tables in docs/sources/ anew:
 * what is told of every recorded payload, what arrives at each destination, what is shown of bots' and templates' bodies, and what becomes of every pair of event and action. Read the difference before you commit it. `npm run golden stripe` writes what is told of Stripe's alone, and the table in its page; `npm run golden discord` also what arrives there.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { bodyFiles } from '../tests/golden/bodies.ts';
import { catalogPage } from '../tests/golden/catalog.ts';
import { destinationFiles } from '../tests/golden/destinations.ts';
import { allGoldenFiles, sourcePages } from '../tests/golden/providers.ts';

const FOLDER = new URL('../tests/golden/', import.meta.url);
const PAGE = new URL('../docs/catalog.md', import.meta.url);

const only = process.argv.slice(2);
const bodies = only.length > 0 ? [] : bodyFiles();
const files = new Map([...(await allGoldenFiles(only)), ...(await destinationFiles(only)), ...bodies]);
const folders = [...new Set(Array.from(files.keys(), (name) => name.split('/', 1)[0] ?? name))];
for (const folder of folders) {
  const isWhole = only.length === 0 || only.includes(folder);
  if (isWhole) rmSync(new URL(folder, FOLDER), { recursive: true, force: true });
  mkdirSync(new URL(folder, FOLDER), { recursive: true });
}
for (const [name, text] of files) writeFileSync(new URL(name, FOLDER), text);
writeFileSync(PAGE, catalogPage());
for (const [name, text] of await sourcePages()) {
  writeFileSync(new URL(`../docs/sources/${name}.md`, import.meta.url), text);
}
console.log(`tests/golden/{${folders.join(',')}}/  ${files.size} events\ndocs/catalog.md`);
