import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

// Makes dist/ for the published package: compiled JavaScript plus the files that are read at run time.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});

for (const asset of globSync('src/**/*.{sql,bin}')) {
  const copy = asset.replace(/^src/, 'dist');
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(asset, copy);
}

process.exitCode = tsc.status ?? 1;
