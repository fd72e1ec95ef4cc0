import { readFileSync, writeFileSync } from 'node:fs';

// node scripts/engines.ts write|remove
// npm runs it around `npm pack` and `npm publish`. A checkout works with any Node that has npm, since it brings its own Node
// for whatever it runs; with `engines` in package.json, `npm ci` there would warn everybody with an older one. The package
// brings none, and has to say which it needs.
const description = new URL('../package.json', import.meta.url);
const needed = readFileSync(new URL('../.nvmrc', import.meta.url), 'utf8').trim();
const { engines: _, ...rest } = JSON.parse(readFileSync(description, 'utf8')) as Record<string, unknown>;

// `npm publish` reads it once more after packing, for the registry's own record; then `postpublish` calls.
const isPublishing = process.env['npm_command'] === 'publish' && process.env['npm_lifecycle_event'] === 'postpack';
if (!isPublishing) {
  const written = process.argv[2] === 'write' ? { ...rest, engines: { node: `>=${needed}` } } : rest;
  writeFileSync(description, `${JSON.stringify(written, null, 2)}\n`);
}
