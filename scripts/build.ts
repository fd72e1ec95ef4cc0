import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';
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

for (const asset of globSync('src/**/*.{sql,bin}')) {
  const copy = join(out, relative('src', asset));
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(asset, copy);
}

process.exitCode = tsc.status ?? 1;
