/**
 * `npm run new source NAME` and `npm run new destination NAME`: a folder and a row that work, with what only a person can know marked
 * as to be filled in. Overwrites nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isKind, KINDS, type KindName } from './new/kinds.ts';
import { report } from './new/report.ts';
import { problemOf } from './new/row-name.ts';
import { filesOf, type NewFile, withRow } from './new/template.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CATALOG = 'src/catalog.ts';

const [kind, name, ...more] = process.argv.slice(2);
if (!isKind(kind) || name === undefined || more.length > 0) {
  const lines = Object.entries(KINDS).map(([word, { what }]) => `  npm run new ${word.padEnd(11)} NAME   ${what}`);
  console.error(
    `Usage:\n${lines.join('\n')}\n\nNAME: lower-case letters, digits and dashes, such as acme or acme-shop.`,
  );
  process.exitCode = 2;
} else {
  const problem = problemOf(kind, name) ?? begin(kind, name, filesOf(kind, name));
  if (problem !== null) {
    console.error(problem);
    process.exitCode = 1;
  }
}

/** Null: it is begun. */
function begin(kind: KindName, name: string, files: readonly NewFile[]): string | null {
  const paths = files.map(({ path }) => path);
  const there = paths.filter((path) => existsSync(ROOT + path));
  if (there.length > 0) return `Nothing was written, because this is there already:\n  ${there.join('\n  ')}`;
  const catalog = withRow(readFileSync(ROOT + CATALOG, 'utf8'), kind, name);
  for (const { path, text } of files) write(path, text);
  writeFileSync(ROOT + CATALOG, catalog);
  const problem = finished(name, paths);
  if (problem === null) console.log(report({ kind, name, paths }, ROOT));
  return problem;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(ROOT + path), { recursive: true });
  writeFileSync(ROOT + path, text, { flag: 'wx' });
}

/** Formats what was written, and writes what follows from the table. */
function finished(name: string, paths: readonly string[]): string | null {
  const biome = fileURLToPath(import.meta.resolve('@biomejs/biome/bin/biome'));
  const code = [CATALOG, ...paths].filter((path) => path.endsWith('.ts'));
  return (
    failureOf('formatting them', [biome, 'check', '--write', ...code]) ??
    failureOf(`npm run golden ${name}`, ['scripts/golden.ts', name]) ??
    failureOf('npm run reference', ['scripts/write-reference.ts'])
  );
}

function failureOf(what: string, args: readonly string[]): string | null {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? null : `The files are written, but this failed: ${what}\n${stdout}${stderr}`;
}
