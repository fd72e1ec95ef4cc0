import { spawnSync } from 'node:child_process';

// npm run test:install
// The tests of what a user installs, with a real `npm ci` and `npm install` from the registry: a minute or two, so `npm test` takes
// the packages of this checkout instead.
const files = ['tests/deploy/image-tree.test.ts', 'tests/library/packed.test.ts', 'tests/e2e/walk.test.ts'];
const env = { ...process.env, INSTALL: 'real', WALK_NPM_CI: '1' };
const options = ['--import', './scripts/keep-compiled.js', '--test', '--test-timeout=600000'];
process.exitCode = spawnSync(process.execPath, [...options, ...files], { stdio: 'inherit', env }).status ?? 1;
