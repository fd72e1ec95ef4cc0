import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// node scripts/build.ts [folder]
// Makes dist/ (or that folder) for the published package: compiled JavaScript plus the files that are read at run time.
const out = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)));
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync(out, { recursive: true, force: true });

// In one thread: several check the same types again, for twice the work.
const compile = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--singleThreaded', '--outDir', out];
const tsc = spawnSync(process.execPath, compile, { stdio: 'inherit' });

const declared = declarationsFrom(join(out, 'index.d.ts'));
for (const file of globSync('**/*.d.ts', { cwd: out })) if (!declared.has(join(out, file))) rmSync(join(out, file));

for (const asset of globSync('{src/**/*.{sql,bin},src/dashboard/assets/*.{css,js,svg}}')) {
  const copy = join(out, relative('src', asset));
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(asset, copy);
}

process.exitCode = tsc.status ?? 1;

/** It, and what it leads to: nothing else of the package can be imported, and nine files of ten are left out. */
function declarationsFrom(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/\b(?:from |import\()["'](\.[^"']+)\.[jt]s["']/g))
    declarationsFrom(join(dirname(file), `${path}.d.ts`), found);
  return found;
}
