import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// node scripts/release-notes.ts 0.1.0
// Prints what CHANGELOG.md says of a version: the text of its release. Exit code 1 when it says nothing.
const [version = ''] = process.argv.slice(2);
const changelog = readFileSync(fileURLToPath(new URL('../CHANGELOG.md', import.meta.url)), 'utf8');
const sections = changelog.split(/^## /m).slice(1);
const section = sections.find((text) => text.startsWith(`[${version}]`));
const notes = section?.slice(section.indexOf('\n')).trim() ?? '';
if (notes === '') {
  process.stderr.write(`CHANGELOG.md says nothing about ${version}: name its section ## [${version}] - <date>\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${notes}\n`);
}
