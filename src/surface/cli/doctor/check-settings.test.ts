import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ANY, type OnFilter, type Rule } from '../../../model/rule.ts';
import { defaultRules } from '../../../route/default-rules.ts';
import { Secret } from '../../../shared/secret.ts';
import type { Config } from '../../config/config.ts';
import { checkPaths, checkSharedSecrets } from './check-settings.ts';

function config(on: Record<string, OnFilter>, token: string | null = null): Config {
  const [classics] = defaultRules(['team']);
  const rules: readonly Rule[] = classics ? [{ ...classics, name: 'api', on: new Map(Object.entries(on)) }] : [];
  return { rules, githubToken: token === null ? null : new Secret(token) } as Config;
}

const API = { ...ANY, paths: ['src/**'] };

test('a rule about the files of pull requests needs a token to ask for them', () => {
  const [finding, ...others] = checkPaths(config({ pull_request: API }));
  assert.deepEqual([finding?.status, others.length], ['warn', 0]);
  assert.match(finding?.detail ?? '', /^api: which files a pull request changes is not known/);
  assert.match(finding?.fix ?? '', /GITHUB_TOKEN/);
});

test('with a token, about pushes, and without paths there is nothing to say', () => {
  assert.deepEqual(checkPaths(config({ pull_request: API }, 'a-token')), []);
  assert.deepEqual(checkPaths(config({ push: API, pull_request: ANY })), []);
});

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
