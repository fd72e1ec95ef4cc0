import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployFile } from './deploy-file.ts';

interface Locked {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
}

test('no package that production installs runs a script when it is installed', () => {
  const { packages } = JSON.parse(deployFile('package-lock.json')) as { readonly packages: Record<string, Locked> };
  const production = Object.entries(packages).filter(([place, { dev }]) => place !== '' && dev !== true);
  assert.ok(production.length > 10, 'the lock file lists them');
  assert.deepEqual(
    production.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([place]) => place),
    [],
  );
});

test('every package that any platform may install is known by its digest', () => {
  const { packages } = JSON.parse(deployFile('package-lock.json')) as { readonly packages: Record<string, Locked> };
  const unknown = Object.entries(packages).filter(([place, { integrity }]) => place !== '' && integrity === undefined);
  assert.deepEqual(
    unknown.map(([place]) => place),
    [],
  );
});
