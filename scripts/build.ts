import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Makes dist/ for the published package: compiled JavaScript plus the files that are read at run time.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

for (const asset of globSync('src/**/*.{sql,bin,json}', { exclude: ['**/*.golden.json'] })) {
  copyFileSync(asset, asset.replace(/^src/, 'dist'));
}

// tsc rewrites the extension in imports, but not in the URL that names a worker thread's file.
for (const file of globSync('dist/**/*.js')) {
  const code = readFileSync(file, 'utf8');
  const rewritten = code.replaceAll(
    /new URL\((['"])(\.[^'"]+)\.ts\1, import\.meta\.url\)/g,
    "new URL('$2.js', import.meta.url)",
  );
  if (rewritten !== code) writeFileSync(file, rewritten);
}
