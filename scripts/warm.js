import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { keepCompiledCode } from '../bin/code-cache.js';

// npm runs this after `npm ci` in a checkout, so that the first start is as quick and small as every later one.
// Best effort: nothing depends on it. A production install is kept small instead: there the first start keeps what it compiles.
if (process.env.npm_config_omit?.includes('dev')) process.exit(0);
keepCompiledCode();
for (const source of globSync('src/**/*.ts', { exclude: ['**/*.test.ts', '**/main.ts'] })) {
  // A worker thread's file does not run here, but is compiled all the same.
  await import(new URL(`../${source}`, import.meta.url).href).catch(() => {});
}
execFileSync(process.execPath, ['bin/tidings.js', '--version'], { stdio: 'ignore' });
process.exit(0);
