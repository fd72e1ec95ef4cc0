import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../../config/config.ts';
import { Secret } from '../../../shared/secret.ts';
import { checkSharedSecrets } from './check-settings.ts';

test('two sources with one secret are warned of, by name; others are not', () => {
  const source = (name: string, ...secrets: readonly string[]) => ({
    name,
    secrets: secrets.map((each) => new Secret(each)),
  });
  const sources = [source('github', 'old', 'one'), source('mirror', 'one'), source('other', 'two'), source('none', '')];
  const findings = checkSharedSecrets({ sources } as unknown as Config);
  assert.deepEqual(
    findings.map(({ status }) => status),
    ['warn'],
  );
  assert.match(findings[0]?.detail ?? '', /sources github and mirror share a secret/);
});
